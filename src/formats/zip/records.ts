import { beyond16, beyond32, flag, length, signature } from './layout.ts';

/** What the headers of an entry say, once or before its content is written. */
export interface WrittenEntry {
  readonly name: Buffer;
  /** Offset of its local header. */
  readonly offset: number;
  readonly method: 0 | 8;
  readonly size: number;
  /** Size and CRC stand in a data descriptor behind the content, and in the directory. */
  readonly streamed: boolean;
  /** Whether sizes of 64 bits are written: known before the content, since the local header says so. */
  readonly zip64: boolean;
  readonly crc: number;
  readonly compressedSize: number;
}

/** 1980-01-01 00:00, the first moment that the format knows; it has no time zone. */
const dosDate = (1 << 5) | 1;
const dosTime = 0;
const madeOnUnix = 3 << 8;
/** A regular file, mode 0644. */
const attributes = 0o100644 * 0x10000;
const version = { deflate: 20, zip64: 45 } as const;

/** The local header; a streamed entry's has no numbers yet. */
export function localHeader(entry: WrittenEntry): Buffer {
  const { crc, compressedSize, size } = entry.streamed ? { crc: 0, compressedSize: 0, size: 0 } : entry;
  const extra = entry.zip64 ? zip64Field([size, compressedSize]) : Buffer.alloc(0);
  const header = Buffer.alloc(length.local);
  header.writeUInt32LE(signature.local, 0);
  writeShared(header, 4, entry, versionOf(entry));
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(entry.zip64 ? beyond32 : compressedSize, 18);
  header.writeUInt32LE(entry.zip64 ? beyond32 : size, 22);
  header.writeUInt16LE(entry.name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, entry.name, extra]);
}

/** The data descriptor behind a streamed entry's content. */
export function dataDescriptor({ zip64, crc, compressedSize, size }: WrittenEntry): Buffer {
  const descriptor = Buffer.alloc(zip64 ? 24 : 16);
  descriptor.writeUInt32LE(signature.descriptor, 0);
  descriptor.writeUInt32LE(crc, 4);
  if (zip64) {
    descriptor.writeBigUInt64LE(BigInt(compressedSize), 8);
    descriptor.writeBigUInt64LE(BigInt(size), 16);
  } else {
    descriptor.writeUInt32LE(compressedSize, 8);
    descriptor.writeUInt32LE(size, 12);
  }
  return descriptor;
}

/** The entry's record in the directory. */
export function directoryRecord(entry: WrittenEntry): Buffer {
  const sizes = [entry.size, entry.compressedSize];
  // Both sizes or none, since some readers look for them at fixed places.
  const large = Math.max(...sizes) >= beyond32 ? sizes : [];
  const numbers = entry.offset >= beyond32 ? [...large, entry.offset] : large;
  const extra = numbers.length > 0 ? zip64Field(numbers) : Buffer.alloc(0);
  const record = Buffer.alloc(length.central);
  const needed = numbers.length > 0 ? version.zip64 : versionOf(entry);
  record.writeUInt32LE(signature.central, 0);
  record.writeUInt16LE(madeOnUnix | needed, 4);
  writeShared(record, 6, entry, needed);
  record.writeUInt32LE(entry.crc, 16);
  record.writeUInt32LE(large.length > 0 ? beyond32 : entry.compressedSize, 20);
  record.writeUInt32LE(large.length > 0 ? beyond32 : entry.size, 24);
  record.writeUInt16LE(entry.name.length, 28);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(attributes, 38);
  record.writeUInt32LE(Math.min(entry.offset, beyond32), 42);
  return Buffer.concat([record, entry.name, extra]);
}

/** The end record, behind a zip64 record and its locator where a number needs them. */
export function endRecords(entries: number, offset: number, size: number): Buffer {
  const end = Buffer.alloc(length.end);
  end.writeUInt32LE(signature.end, 0);
  end.writeUInt16LE(Math.min(entries, beyond16), 8);
  end.writeUInt16LE(Math.min(entries, beyond16), 10);
  end.writeUInt32LE(Math.min(size, beyond32), 12);
  end.writeUInt32LE(Math.min(offset, beyond32), 16);
  if (entries < beyond16 && offset < beyond32 && size < beyond32) return end;
  const end64 = Buffer.alloc(length.end64);
  end64.writeUInt32LE(signature.end64, 0);
  end64.writeBigUInt64LE(BigInt(length.end64 - 12), 4);
  end64.writeUInt16LE(madeOnUnix | version.zip64, 12);
  end64.writeUInt16LE(version.zip64, 14);
  end64.writeBigUInt64LE(BigInt(entries), 24);
  end64.writeBigUInt64LE(BigInt(entries), 32);
  end64.writeBigUInt64LE(BigInt(size), 40);
  end64.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(length.locator64);
  locator.writeUInt32LE(signature.locator64, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end]);
}

/** Version, flags, method, time and date stand in one order in both headers. */
function writeShared(header: Buffer, at: number, { name, method, streamed }: WrittenEntry, needed: number): void {
  const ascii = name.every((byte) => byte < 0x80);
  header.writeUInt16LE(needed, at);
  header.writeUInt16LE((streamed ? flag.descriptor : 0) | (ascii ? 0 : flag.utf8), at + 2);
  header.writeUInt16LE(method, at + 4);
  header.writeUInt16LE(dosTime, at + 6);
  header.writeUInt16LE(dosDate, at + 8);
}

function versionOf({ zip64 }: WrittenEntry): number {
  return zip64 ? version.zip64 : version.deflate;
}

function zip64Field(numbers: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * numbers.length);
  field.writeUInt16LE(0x0001, 0);
  field.writeUInt16LE(8 * numbers.length, 2);
  for (const [index, number] of numbers.entries()) field.writeBigUInt64LE(BigInt(number), 4 + 8 * index);
  return field;
}
