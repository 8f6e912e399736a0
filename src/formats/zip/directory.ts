import type { ArchiveFindings } from '../archive-findings.ts';
import { quoteName } from '../entry-name.ts';
import type { ByteSource } from '../source.ts';
import type { EndRecord } from './end-record.ts';
import { type ExtraField, readExtra, resolveZip64 } from './extra.ts';
import { length, signature } from './layout.ts';

/** What both headers of an entry say of its content. */
export interface HeaderFields {
  readonly rawName: Buffer;
  /** Low byte: ten times the version of the format that a reader must know. */
  readonly versionNeeded: number;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly fields: readonly ExtraField[];
}

/** One record of the directory, its numbers resolved through zip64, and nothing of it judged yet. */
export interface DirectoryEntry extends HeaderFields {
  /** Offset of the local header in the file. */
  readonly offset: number;
  /** External attributes: the Unix mode in the upper half, those of DOS in the lower. */
  readonly attributes: number;
}

/** The directory is held in memory; this is 1.6 KiB for each of the 10,000 entries that no setting exceeds. */
const directoryBytes = 16 * 1024 * 1024;

/**
 * Reads the directory: exactly as many records as the end record counts, one behind the other, and nothing else.
 * @returns undefined where it cannot be read; the findings say why
 */
export function readDirectory(
  source: ByteSource,
  end: EndRecord,
  findings: ArchiveFindings,
): DirectoryEntry[] | undefined {
  if (end.size > directoryBytes) {
    findings.add(
      'archive-bomb',
      `The directory takes ${end.size} bytes for ${end.entries} entries; the limit is ${directoryBytes}.`,
    );
    return undefined;
  }
  const bytes = source.read(end.offset, end.size);
  const entries: DirectoryEntry[] = [];
  let at = 0;
  while (at < bytes.length && entries.length < end.entries) {
    const next = recordEnd(bytes, at);
    if (next === undefined) {
      findings.add('archive-corrupt', `Record ${entries.length + 1} of the directory is not one, or is cut off.`);
      return undefined;
    }
    const entry = readRecord(bytes.subarray(at, next), findings);
    if (entry === undefined) return undefined;
    entries.push(entry);
    at = next;
  }
  if (at === bytes.length && entries.length === end.entries) return entries;
  const held = at === bytes.length ? `it holds ${entries.length}` : `${bytes.length - at} bytes follow them`;
  findings.add('archive-header-mismatch', `The end record counts ${end.entries} entries in the directory; ${held}.`);
  return undefined;
}

function recordEnd(bytes: Buffer, at: number): number | undefined {
  if (at + length.central > bytes.length || bytes.readUInt32LE(at) !== signature.central) return undefined;
  const variable = bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  const end = at + length.central + variable;
  return end > bytes.length ? undefined : end;
}

function readRecord(record: Buffer, findings: ArchiveFindings): DirectoryEntry | undefined {
  const nameEnd = length.central + record.readUInt16LE(28);
  const rawName = record.subarray(length.central, nameEnd);
  const fields = readExtra(record.subarray(nameEnd, nameEnd + record.readUInt16LE(30)));
  if (fields === undefined) {
    findings.add('archive-corrupt', `The extra fields of ${shown(rawName)} do not fit into their length.`);
    return undefined;
  }
  const sizes = resolveZip64(fields, {
    size: record.readUInt32LE(24),
    compressedSize: record.readUInt32LE(20),
    offset: record.readUInt32LE(42),
    part: record.readUInt16LE(34),
  });
  if (sizes?.offset === undefined) {
    findings.add(
      'archive-header-mismatch',
      `The zip64 field of ${shown(rawName)} is missing, or does not hold the numbers asked of it.`,
    );
    return undefined;
  }
  if (sizes.part !== 0) {
    findings.add('archive-header-mismatch', `${shown(rawName)} begins in part ${sizes.part} of a split archive.`);
    return undefined;
  }
  return {
    rawName,
    versionNeeded: record.readUInt16LE(6),
    flags: record.readUInt16LE(8),
    method: record.readUInt16LE(10),
    crc: record.readUInt32LE(16),
    compressedSize: sizes.compressedSize,
    size: sizes.size,
    fields,
    offset: sizes.offset,
    attributes: record.readUInt32LE(38),
  };
}

function shown(rawName: Buffer): string {
  return quoteName(rawName.toString('latin1'));
}
