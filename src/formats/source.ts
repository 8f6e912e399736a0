/** Bytes that can be read at any place: a file, or a buffer. */
export interface ByteSource {
  /** Name for messages. */
  readonly name: string;
  /** Size in bytes. */
  readonly size: number;
  /**
   * Reads `length` bytes at `offset`; fewer only at the end.
   * @param into memory for at least so many bytes; the result may lie in it
   * @throws Failure `file-unreadable`, `file-changed`
   */
  read(offset: number, length: number, into?: Buffer): Buffer;
}

const chunkBytes = 256 * 1024;

/**
 * The whole content of a source. A chunk holds until the next one is asked for: all lie in the same memory, since V8
 * lets 64 MiB of buffers go to waste before it collects them.
 */
export function* chunksOf(source: ByteSource): Generator<Buffer> {
  const memory = Buffer.allocUnsafeSlow(Math.min(chunkBytes, source.size));
  for (let offset = 0; offset < source.size; offset += chunkBytes) {
    yield source.read(offset, Math.min(chunkBytes, source.size - offset), memory);
  }
}

/** The same source; whoever waits for it is told how many bytes each read gave. */
export function watched<Source extends ByteSource>(source: Source, onRead?: (bytes: number) => void): Source {
  if (onRead === undefined) return source;
  const read: ByteSource['read'] = (...place) => {
    const bytes = source.read(...place);
    onRead(bytes.length);
    return bytes;
  };
  return { ...source, read };
}

/** A source over bytes in memory. */
export function bufferSource(name: string, bytes: Buffer): ByteSource {
  return { name, size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}
