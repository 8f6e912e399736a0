import type { ArchiveFindings } from '../archive-findings.ts';
import { quoteName } from '../entry-name.ts';
import type { ByteSource } from '../source.ts';
import type { HeaderFields } from './directory.ts';
import { type NamedEntry, unicodePathAgrees } from './entry-rules.ts';
import { readExtra, resolveZip64 } from './extra.ts';
import { flag, length, readUInt64, signature } from './layout.ts';

/** A local header, and where the content behind it begins. */
interface LocalHeader extends HeaderFields {
  readonly dataOffset: number;
}

/**
 * Reads an entry's local header and compares it with the directory (security.md A10): a reader that streams sees
 * this one only.
 * @param end offset of the directory: the header ends before it
 * @returns offset of the content, or undefined with a finding
 */
export function locateContent(
  source: ByteSource,
  entry: NamedEntry,
  end: number,
  findings: ArchiveFindings,
): number | undefined {
  const name = quoteName(entry.path);
  const header = readLocalHeader(source, entry.offset, end);
  if (header === undefined) {
    findings.add('archive-corrupt', `There is no sound local header of ${name} at offset ${entry.offset}.`);
    return undefined;
  }
  if (!header.rawName.equals(entry.rawName)) {
    const other = quoteName(header.rawName.toString('latin1'));
    findings.add(
      'archive-header-mismatch',
      `The directory calls an entry ${name}, and its local header calls it ${other}.`,
    );
    return undefined;
  }
  const differing = differences(header, entry);
  if (!unicodePathAgrees(header.fields, entry.name)) differing.push('Unicode name');
  if (differing.length === 0) return header.dataOffset;
  findings.add(
    'archive-header-mismatch',
    `The directory and the local header of ${name} differ: ${differing.join(', ')}.`,
  );
  return undefined;
}

function readLocalHeader(source: ByteSource, offset: number, end: number): LocalHeader | undefined {
  if (offset + length.local > end) return undefined;
  const fixed = source.read(offset, length.local);
  if (fixed.readUInt32LE(0) !== signature.local) return undefined;
  const nameLength = fixed.readUInt16LE(26);
  const extraLength = fixed.readUInt16LE(28);
  const dataOffset = offset + length.local + nameLength + extraLength;
  if (dataOffset > end) return undefined;
  const variable = source.read(offset + length.local, nameLength + extraLength);
  const fields = readExtra(variable.subarray(nameLength));
  if (fields === undefined) return undefined;
  const sizes = resolveZip64(fields, { size: fixed.readUInt32LE(22), compressedSize: fixed.readUInt32LE(18) });
  if (sizes === undefined) return undefined;
  return {
    rawName: variable.subarray(0, nameLength),
    versionNeeded: fixed.readUInt16LE(4),
    flags: fixed.readUInt16LE(6),
    method: fixed.readUInt16LE(8),
    crc: fixed.readUInt32LE(14),
    compressedSize: sizes.compressedSize,
    size: sizes.size,
    fields,
    dataOffset,
  };
}

/** A writer that streams (bit 3) leaves 0 in the local header what it learns later, or fills in what it knows. */
function differences(header: HeaderFields, entry: HeaderFields): string[] {
  const streamed = (entry.flags & flag.descriptor) !== 0;
  const exact = (['flags', 'method'] as const).filter((field) => header[field] !== entry[field]);
  const late = (['crc', 'size', 'compressedSize'] as const).filter(
    (field) => header[field] !== entry[field] && !(streamed && header[field] === 0),
  );
  return [...exact, ...late].map((field) => `${field} ${entry[field]} and ${header[field]}`);
}

/** Lengths of a data descriptor: with or without signature, sizes of 32 or 64 bits; each length has one reading. */
export const descriptorLengths: readonly number[] = [12, 16, 20, 24];

/**
 * Compares the data descriptor behind an entry's content with the directory.
 * @param bytes all that stands between the content and the next header
 */
export function descriptorAgrees(bytes: Buffer, entry: HeaderFields): boolean {
  if (!descriptorLengths.includes(bytes.length)) return false;
  const signed = bytes.length % 8 === 0;
  if (signed && bytes.readUInt32LE(0) !== signature.descriptor) return false;
  const at = signed ? 4 : 0;
  const wide = bytes.length >= 20;
  const compressedSize = wide ? readUInt64(bytes, at + 4) : bytes.readUInt32LE(at + 4);
  const size = wide ? readUInt64(bytes, at + 12) : bytes.readUInt32LE(at + 8);
  return bytes.readUInt32LE(at) === entry.crc && compressedSize === entry.compressedSize && size === entry.size;
}
