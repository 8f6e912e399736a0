/** Bytes of content that `archiveFormat` wants to see: up to the end of the magic of tar. */
export const magicLength = 262;

interface Magic {
  readonly format: string;
  readonly at: number;
  readonly bytes: Buffer;
}

const magics: readonly Magic[] = [
  magic('zip', 0, '504b0304'),
  magic('zip', 0, '504b0506'),
  magic('zip', 0, '504b0708'),
  magic('gzip', 0, '1f8b08'),
  // `BZh` may begin a text, so of bzip2 the magic of its first block is looked for: pi, or at its end the root of pi.
  magic('bzip2', 4, '314159265359'),
  magic('bzip2', 4, '177245385090'),
  magic('xz', 0, 'fd377a585a00'),
  magic('7z', 0, '377abcaf271c'),
  magic('rar', 0, '526172211a07'),
  magic('zstd', 0, '28b52ffd'),
  magic('tar', 257, '7573746172'),
];

/**
 * The archive or compression format that a content's first bytes show: by content, whatever the name says.
 * @param head the first `magicLength` bytes, or all there are
 * @returns undefined where it is none of zip, gzip, bzip2, xz, 7z, rar, zstd, tar
 */
export function archiveFormat(head: Buffer): string | undefined {
  return magics.find(({ at, bytes }) => head[at] === bytes[0] && bytes.equals(head.subarray(at, at + bytes.length)))
    ?.format;
}

function magic(format: string, at: number, hex: string): Magic {
  return { format, at, bytes: Buffer.from(hex, 'hex') };
}
