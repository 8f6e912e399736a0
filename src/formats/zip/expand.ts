import { createInflateRaw, inflateRawSync } from 'node:zlib';
import { errnoOf } from '../../errors.ts';
import { quoteName } from '../entry-name.ts';
import type { ByteSource } from '../source.ts';
import { type ContentCheck, type ContentDefect, longer } from './content.ts';
import type { PlacedEntry } from './tiling.ts';

/** Below this an entry is expanded in one call, which costs a fifth of a stream's; above it, memory counts. */
const wholeBytes = 4 * 1024 * 1024;
/** Measured: smaller chunks cost time, larger ones memory. */
const chunkBytes = 256 * 1024;

/** What inflating in one call gives with `info: true`, which the types of Node do not know. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** Whether an entry is small enough for `expandWhole`. */
export function isSmall({ size, compressedSize }: PlacedEntry): boolean {
  return size < wholeBytes && compressedSize < wholeBytes;
}

/** Expands a small entry at once, never beyond its declared size. @returns its SHA-256, or a defect */
export function expandWhole(source: ByteSource, entry: PlacedEntry, check: ContentCheck): string | ContentDefect {
  const bytes = source.read(entry.dataOffset, entry.compressedSize);
  const expanded = entry.method === 0 ? { content: bytes, consumed: bytes.length } : inflateWhole(bytes, entry);
  if ('check' in expanded) return expanded;
  const { content, consumed } = expanded;
  return (content.length > 0 ? check.take(content) : undefined) ?? check.finish(consumed);
}

function inflateWhole(bytes: Buffer, entry: PlacedEntry): { content: Buffer; consumed: number } | ContentDefect {
  const options = { info: true, chunkSize: Math.max(64, entry.size + 1), maxOutputLength: Math.max(1, entry.size) };
  try {
    const { buffer, engine } = inflateRawSync(bytes, options) as unknown as Inflated;
    return { content: buffer, consumed: engine.bytesWritten };
  } catch (error) {
    return errnoOf(error) === 'ERR_BUFFER_TOO_LARGE' ? longer(entry) : damaged(entry, error);
  }
}

/** Expands an entry of any size chunk by chunk. @returns its SHA-256, or a defect */
export async function expandStream(
  source: ByteSource,
  entry: PlacedEntry,
  check: ContentCheck,
): Promise<string | ContentDefect> {
  if (entry.method === 8) return inflateStream(source, entry, check);
  for (const chunk of chunks(source, entry)) {
    const defect = check.take(chunk);
    if (defect !== undefined) return defect;
  }
  return check.finish(entry.compressedSize);
}

function* chunks(source: ByteSource, { dataOffset, compressedSize }: PlacedEntry): Generator<Buffer> {
  for (let at = 0; at < compressedSize; at += chunkBytes) {
    yield source.read(dataOffset + at, Math.min(chunkBytes, compressedSize - at));
  }
}

function inflateStream(source: ByteSource, entry: PlacedEntry, check: ContentCheck): Promise<string | ContentDefect> {
  const inflate = createInflateRaw({ chunkSize: chunkBytes });
  const input = chunks(source, entry);
  return new Promise<string | ContentDefect>((resolve, reject) => {
    // Deflate may end before its input does; then no more is asked for, and `finish` finds the surplus.
    const feed = (): void => {
      try {
        const { done, value } = input.next();
        if (done) inflate.end();
        else inflate.write(value, feedUnlessBroken);
      } catch (error) {
        reject(error);
      }
    };
    const feedUnlessBroken = (error?: Error | null): void => {
      if (!error && !inflate.destroyed) feed();
    };
    inflate.on('data', (chunk: Buffer) => {
      try {
        const defect = check.take(chunk);
        if (defect === undefined) return;
        resolve(defect);
      } catch (error) {
        reject(error);
      }
      inflate.destroy();
    });
    inflate.on('end', () => resolve(check.finish(inflate.bytesWritten)));
    inflate.on('error', (error) => resolve(damaged(entry, error)));
    feed();
  }).finally(() => inflate.destroy());
}

function damaged({ path }: PlacedEntry, error: unknown): ContentDefect {
  const reason = error instanceof Error ? error.message : 'unknown';
  return { check: 'archive-corrupt', message: `The compressed content of ${quoteName(path)} is damaged (${reason}).` };
}
