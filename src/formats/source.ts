/** Bytes that can be read at any place: a file, or a buffer. */
export interface ByteSource {
  /** Name for messages. */
  readonly name: string;
  /** Size in bytes. */
  readonly size: number;
  /**
   * Reads `length` bytes at `offset`; fewer only at the end.
   * @throws Failure `file-unreadable`, `file-changed`
   */
  read(offset: number, length: number): Buffer;
}

/** A source over bytes in memory. */
export function bufferSource(name: string, bytes: Buffer): ByteSource {
  return { name, size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}
