import type { ByteSource } from '../source.ts';

/** Holds the headers and contents of dozens of small entries; longer reads go straight to the source. */
const windowBytes = 128 * 1024;

/** A source that reads ahead: a thousand small entries cost some dozens of system calls, not three thousand. */
export function readAhead(source: ByteSource): ByteSource {
  let start = 0;
  let bytes: Buffer = Buffer.alloc(0);
  return {
    name: source.name,
    size: source.size,
    read(offset, length) {
      if (length >= windowBytes) return source.read(offset, length);
      if (offset < start || offset + length > start + bytes.length) {
        start = offset;
        bytes = source.read(offset, windowBytes);
      }
      return bytes.subarray(offset - start, offset - start + length);
    },
  };
}
