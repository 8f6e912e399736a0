import { createDeflateRaw, type DeflateRaw, deflateRawSync } from 'node:zlib';
import { compareText } from '../../domain/diagnostic.ts';
import { Failure } from '../../errors.ts';
import { quoteName } from '../entry-name.ts';
import { crc32 } from './crc32.ts';
import { beyond32 } from './layout.ts';
import { dataDescriptor, directoryRecord, endRecords, localHeader, type WrittenEntry } from './records.ts';

/** A file to be written into a zip. */
export interface ZipInput {
  /** Name in the archive, `/` between its parts, already checked. */
  readonly path: string;
  /** Bytes of content: exactly what `open` gives. */
  readonly size: number;
  /** Its chunks; one may be reused as soon as the next is asked for. */
  open(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** zlib's own default, and Info-ZIP's: written out because it decides on the bytes. */
const level = 6;
/** Below this an entry is compressed in memory, so that its sizes stand in its local header. */
const wholeBytes = 16 * 1024 * 1024;
/** Deflate adds at most 5 bytes to each block of 16 KiB; entries that might pass 4 GiB so are written as zip64. */
const zip64From = beyond32 - 2 * 1024 * 1024;

/**
 * Writes a zip as a stream of bytes that depend on paths and contents alone, for one build of zlib: sorted by code
 * unit, deflate level 6 (an empty file is stored), time 1980-01-01 00:00, mode 0644, no folders, no extra fields but
 * zip64's. Entries of 16 MiB or more are written with a data descriptor, so that memory stays bounded.
 * @param onWritten told of each entry behind it: its path, and the bytes that its content takes in the archive
 * @throws Failure `file-changed` when an entry gives other than `size` bytes, and whatever `open` throws
 */
export async function* zipStream(
  inputs: readonly ZipInput[],
  onWritten?: (path: string, compressedSize: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  const records: Buffer[] = [];
  let offset = 0;
  for (const input of [...inputs].sort((a, b) => compareText(a.path, b.path))) {
    const { entry, length } = yield* input.size < wholeBytes ? writeWhole(input, offset) : writeStreamed(input, offset);
    records.push(directoryRecord(entry));
    onWritten?.(input.path, entry.compressedSize);
    offset += length;
  }
  const directory = Buffer.concat(records);
  if (directory.length > 0) yield directory;
  yield endRecords(records.length, offset, directory.length);
}

/** What became of an input, and the bytes it takes in the archive, headers included. */
interface Written {
  readonly entry: WrittenEntry;
  readonly length: number;
}

async function* writeWhole(input: ZipInput, offset: number): AsyncGenerator<Buffer, Written, undefined> {
  const counted = new Counted(input);
  const content: Buffer[] = [];
  for await (const chunk of counted.chunks()) content.push(Buffer.from(chunk));
  const bytes = Buffer.concat(content);
  const stored = bytes.length === 0;
  const compressed = stored ? bytes : deflateRawSync(bytes, { level });
  const entry: WrittenEntry = {
    ...frame(input, offset),
    method: stored ? 0 : 8,
    streamed: false,
    zip64: false,
    crc: counted.crc,
    compressedSize: compressed.length,
  };
  const header = localHeader(entry);
  yield header;
  if (!stored) yield compressed;
  return { entry, length: header.length + compressed.length };
}

async function* writeStreamed(input: ZipInput, offset: number): AsyncGenerator<Buffer, Written, undefined> {
  const counted = new Counted(input);
  const begun = { ...frame(input, offset), method: 8, streamed: true, zip64: input.size >= zip64From } as const;
  const header = localHeader({ ...begun, crc: 0, compressedSize: 0 });
  yield header;
  const deflate = createDeflateRaw({ level, chunkSize: 64 * 1024 });
  const fed = feed(deflate, counted.chunks());
  let compressedSize = 0;
  try {
    for await (const chunk of deflate) {
      compressedSize += chunk.length;
      yield chunk;
    }
  } finally {
    // Whoever stops early leaves a write behind that never ends; destroying ends it, and the source is closed.
    deflate.destroy();
    await fed;
  }
  const entry: WrittenEntry = { ...begun, crc: counted.crc, compressedSize };
  const descriptor = dataDescriptor(entry);
  yield descriptor;
  return { entry, length: header.length + compressedSize + descriptor.length };
}

/** Compresses chunk by chunk: the next is asked for when the last is done with, so that a source may reuse its buffer. */
async function feed(deflate: DeflateRaw, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const chunk of chunks) {
      await new Promise<void>((resolve, reject) => {
        deflate.write(chunk, (error) => (error ? reject(error) : resolve()));
      });
    }
    deflate.end();
  } catch (error) {
    deflate.destroy(error instanceof Error ? error : new Error('a source failed', { cause: error }));
  }
}

function frame({ path, size }: ZipInput, offset: number): { name: Buffer; offset: number; size: number } {
  return { name: Buffer.from(path), offset, size };
}

/** Follows what an input gives: its CRC, and that it is as long as it said. */
class Counted {
  crc = 0;
  readonly #input: ZipInput;

  constructor(input: ZipInput) {
    this.#input = input;
  }

  async *chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    const { path, size } = this.#input;
    let taken = 0;
    for await (const chunk of this.#input.open()) {
      taken += chunk.length;
      if (taken > size) break;
      this.crc = crc32(chunk, this.crc);
      yield chunk;
    }
    if (taken !== size) {
      const now = taken > size ? 'more' : `${taken}`;
      throw new Failure('file-changed', `${quoteName(path)} had ${size} bytes, and gives ${now} now.`);
    }
  }
}
