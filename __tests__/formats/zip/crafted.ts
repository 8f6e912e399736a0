import { crc32, deflateRawSync } from 'node:zlib';

/** The numbers of a header, to be set apart from the truth. */
export interface Numbers {
  name: Buffer;
  versionNeeded: number;
  flags: number;
  method: number;
  crc: number;
  compressedSize: number;
  size: number;
  extra: Buffer;
}

/** An entry to be written byte by byte, each field as asked. */
export interface CraftedEntry {
  readonly name: string | Buffer;
  readonly content?: Buffer;
  readonly method?: number;
  readonly flags?: number;
  /** Bytes to write in place of the compressed content. */
  readonly data?: Buffer;
  /** Set in both headers. */
  readonly both?: Partial<Numbers>;
  readonly local?: Partial<Numbers>;
  readonly central?: Partial<
    Numbers & { offset: number; part: number; attributes: number; madeBy: number; comment: Buffer }
  >;
  /** Bytes behind the content; by default what bit 3 of the flags asks for: a signed descriptor of 32 bits. */
  readonly behind?: Buffer;
  /** Bytes before the local header. */
  readonly before?: Buffer;
  /** Left out of the directory. */
  readonly hidden?: boolean;
}

export interface CraftedArchive {
  readonly prefix?: Buffer;
  readonly betweenDirectoryAndEnd?: Buffer;
  readonly suffix?: Buffer;
  readonly comment?: Buffer;
  readonly zip64?: boolean;
  readonly end?: Partial<{
    part: number;
    directoryPart: number;
    entriesHere: number;
    entries: number;
    size: number;
    offset: number;
  }>;
  readonly end64?: Partial<{
    entries: number;
    size: number;
    offset: number;
    recordSize: number;
    locatorOffset: number;
    parts: number;
  }>;
}

const regular = 0o100644 * 0x10000;
const folder = 0o040755 * 0x10000 + 0x10;

/** Writes a zip exactly as described, right or wrong. */
export function craft(entries: readonly CraftedEntry[], archive: CraftedArchive = {}): Buffer {
  const parts: Buffer[] = [archive.prefix ?? Buffer.alloc(0)];
  const records: Buffer[] = [];
  let at = parts[0]?.length ?? 0;
  for (const entry of entries) {
    const { numbers, data } = truthOf(entry);
    const before = entry.before ?? Buffer.alloc(0);
    const streamed = (numbers.flags & 8) !== 0;
    const late = streamed ? { crc: 0, size: 0, compressedSize: 0 } : {};
    const local = localHeader({ ...numbers, ...late, ...entry.local });
    const behind = entry.behind ?? (streamed ? descriptor(numbers, 16) : Buffer.alloc(0));
    const place = { offset: at + before.length, part: 0, madeBy: 3 << 8, comment: Buffer.alloc(0) };
    const attributes = numbers.name.toString('latin1').endsWith('/') ? folder : regular;
    if (!entry.hidden) records.push(centralRecord({ ...numbers, ...place, attributes, ...entry.central }));
    parts.push(before, local, data, behind);
    at += before.length + local.length + data.length + behind.length;
  }
  const between = archive.betweenDirectoryAndEnd ?? Buffer.alloc(0);
  const directory = Buffer.concat(records);
  const comment = archive.comment ?? Buffer.alloc(0);
  const end = endRecord(records.length, at, directory.length, comment, archive);
  return Buffer.concat([...parts, directory, between, end, archive.suffix ?? Buffer.alloc(0)]);
}

/** A data descriptor of 12, 16, 20 or 24 bytes. */
export function descriptor(numbers: Pick<Numbers, 'crc' | 'compressedSize' | 'size'>, length: number): Buffer {
  const signed = length % 8 === 0;
  const at = signed ? 4 : 0;
  const bytes = Buffer.alloc(length);
  if (signed) bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(numbers.crc, at);
  if (length >= 20) {
    bytes.writeBigUInt64LE(BigInt(numbers.compressedSize), at + 4);
    bytes.writeBigUInt64LE(BigInt(numbers.size), at + 12);
  } else {
    bytes.writeUInt32LE(numbers.compressedSize, at + 4);
    bytes.writeUInt32LE(numbers.size, at + 8);
  }
  return bytes;
}

/** One extra field. */
export function extra(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

/** A zip64 field with these numbers. */
export function zip64(...numbers: number[]): Buffer {
  const data = Buffer.alloc(8 * numbers.length);
  for (const [index, number] of numbers.entries()) data.writeBigUInt64LE(BigInt(number), 8 * index);
  return extra(1, data);
}

/** The numbers that are true of an entry, and its compressed bytes. */
export function truthOf(entry: CraftedEntry): { numbers: Numbers; data: Buffer } {
  const content = entry.content ?? Buffer.alloc(0);
  const method = entry.method ?? (content.length > 0 ? 8 : 0);
  const data = entry.data ?? (method === 8 ? deflateRawSync(content) : content);
  const numbers = {
    name: typeof entry.name === 'string' ? Buffer.from(entry.name) : entry.name,
    versionNeeded: 20,
    flags: entry.flags ?? 0,
    method,
    crc: crc32(content),
    compressedSize: data.length,
    size: content.length,
    extra: Buffer.alloc(0),
    ...entry.both,
  };
  return { numbers, data };
}

function localHeader(numbers: Numbers): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  shared(header, 4, numbers);
  return Buffer.concat([header, numbers.name, numbers.extra]);
}

function centralRecord(
  numbers: Numbers & { offset: number; part: number; attributes: number; madeBy: number; comment: Buffer },
): Buffer {
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(numbers.madeBy, 4);
  shared(record, 6, numbers);
  record.writeUInt16LE(numbers.comment.length, 32);
  record.writeUInt16LE(numbers.part, 34);
  record.writeUInt32LE(numbers.attributes, 38);
  record.writeUInt32LE(numbers.offset, 42);
  return Buffer.concat([record, numbers.name, numbers.extra, numbers.comment]);
}

function shared(header: Buffer, at: number, numbers: Numbers): void {
  header.writeUInt16LE(numbers.versionNeeded, at);
  header.writeUInt16LE(numbers.flags, at + 2);
  header.writeUInt16LE(numbers.method, at + 4);
  header.writeUInt32LE(0x5c220000, at + 6);
  header.writeUInt32LE(numbers.crc, at + 10);
  header.writeUInt32LE(numbers.compressedSize, at + 14);
  header.writeUInt32LE(numbers.size, at + 18);
  header.writeUInt16LE(numbers.name.length, at + 22);
  header.writeUInt16LE(numbers.extra.length, at + 24);
}

function endRecord(entries: number, offset: number, size: number, comment: Buffer, archive: CraftedArchive): Buffer {
  const beyond = archive.zip64 ? { entriesHere: 0xffff, entries: 0xffff, size: 0xffffffff, offset: 0xffffffff } : {};
  const says = { part: 0, directoryPart: 0, entriesHere: entries, entries, size, offset, ...beyond, ...archive.end };
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  for (const [index, field] of (['part', 'directoryPart', 'entriesHere', 'entries'] as const).entries()) {
    end.writeUInt16LE(says[field], 4 + 2 * index);
  }
  end.writeUInt32LE(says.size, 12);
  end.writeUInt32LE(says.offset, 16);
  end.writeUInt16LE(comment.length, 20);
  const says64 = { entries, size, offset, recordSize: 44, locatorOffset: offset + size, parts: 1, ...archive.end64 };
  const end64 = Buffer.alloc(76);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(BigInt(says64.recordSize), 4);
  end64.writeUInt16LE(45, 14);
  for (const at of [24, 32]) end64.writeBigUInt64LE(BigInt(says64.entries), at);
  end64.writeBigUInt64LE(BigInt(says64.size), 40);
  end64.writeBigUInt64LE(BigInt(says64.offset), 48);
  end64.writeUInt32LE(0x07064b50, 56);
  end64.writeBigUInt64LE(BigInt(says64.locatorOffset), 64);
  end64.writeUInt32LE(says64.parts, 72);
  return Buffer.concat([archive.zip64 ? end64 : Buffer.alloc(0), end, comment]);
}
