/** Signatures of the records of a zip, as little-endian numbers (APPNOTE.TXT 6.3.10 §4.3). */
export const signature = {
  local: 0x04034b50,
  central: 0x02014b50,
  descriptor: 0x08074b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
} as const;

/** Bytes of the fixed part of each record. */
export const length = { local: 30, central: 46, end: 22, end64: 56, locator64: 20 } as const;

/** Bits of the general purpose flag. */
export const flag = {
  encrypted: 1,
  descriptor: 1 << 3,
  strongEncryption: 1 << 6,
  utf8: 1 << 11,
  masked: 1 << 13,
} as const;

/** Values that say "see the zip64 record". */
export const beyond16 = 0xffff;
export const beyond32 = 0xffffffff;

/** A 64-bit number; above 2^53 it is not exact, and larger than every limit and every file. */
export function readUInt64(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
}
