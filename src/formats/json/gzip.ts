import { inflateRawSync } from 'node:zlib';
import { errnoOf } from '../../errors.ts';
import { crc32 } from '../zip/crc32.ts';

/** The content of a gzip file, or what is wrong with it, as the rest of a sentence. */
export type Unzipped = { readonly content: Buffer } | { readonly defect: string };

const trailerBytes = 8;

/**
 * Inflates a gzip file of exactly one member (RFC 1952). Node's own gunzip reads on into further members and passes
 * over what follows the last, so that two readers would see two contents.
 * @param limit bytes of content allowed; inflating stops there
 */
export function unzipMember(bytes: Buffer, limit: number): Unzipped {
  const start = headerEnd(bytes);
  if (start === undefined) return { defect: 'does not begin with the header of a gzip file' };
  const inflated = inflate(bytes.subarray(start), limit);
  if ('defect' in inflated) return inflated;
  const { buffer: content, engine } = inflated;
  const trailer = start + engine.bytesWritten;
  const rest = bytes.length - trailer;
  if (rest < trailerBytes) return { defect: 'is a gzip file that is cut short' };
  if (bytes.readUInt32LE(trailer) !== crc32(content)) return { defect: 'is a gzip file whose CRC does not fit' };
  if (bytes.readUInt32LE(trailer + 4) !== content.length) return { defect: 'is a gzip file whose size does not fit' };
  if (rest > trailerBytes) return { defect: `goes on for ${rest - trailerBytes} bytes behind its first gzip member` };
  return { content };
}

/** What inflating with `info: true` gives, which the types of Node do not know. */
interface Inflated {
  readonly buffer: Buffer;
  /** `bytesWritten` counts the input up to the end of the deflate stream. */
  readonly engine: { readonly bytesWritten: number };
}

function inflate(bytes: Buffer, limit: number): Inflated | { readonly defect: string } {
  try {
    return inflateRawSync(bytes, { info: true, maxOutputLength: Math.max(1, limit) }) as unknown as Inflated;
  } catch (error) {
    const bomb = errnoOf(error) === 'ERR_BUFFER_TOO_LARGE';
    return {
      defect: bomb ? `expands to more than ${limit} bytes` : 'is a gzip file whose compressed bytes are damaged',
    };
  }
}

/** The offset behind the header; undefined where there is none, or a cut one, or one of another method. */
function headerEnd(bytes: Buffer): number | undefined {
  const flags = bytes[3] ?? 0xff;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || (flags & 0xe0) !== 0) return undefined;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  // Name and comment end with a NUL each; the CRC of the header has two bytes.
  for (const flag of [8, 16]) {
    const nul = flags & flag ? bytes.indexOf(0, at) : at - 1;
    if (nul < 0) return undefined;
    at = nul + 1;
  }
  if (flags & 2) at += 2;
  return at < bytes.length ? at : undefined;
}
