import type { Limits } from '../../domain/limits.ts';
import type { ArchiveFindings } from '../archive-findings.ts';
import type { ByteSource } from '../source.ts';
import { beyond16, beyond32, length, readUInt64, signature } from './layout.ts';

/** Where the directory stands, in bytes, and how many entries it counts. */
export interface EndRecord {
  readonly entries: number;
  readonly offset: number;
  readonly size: number;
}

interface Claims extends EndRecord {
  /** Number of this part, and of the part with the directory: 0 unless the archive is split. */
  readonly part: number;
  readonly directoryPart: number;
  readonly entriesHere: number;
}

const commentHelp = 'Remove the comment with `zip -z`; with `git archive` name a tree (`HEAD^{tree}`), not a commit.';
const truncatedHelp = 'Copy or download the archive again.';

/**
 * Finds the one end record, with its zip64 record where it has one: the last bytes of the file, without a comment,
 * and directly behind the directory (security.md A10).
 * @returns undefined where the archive cannot be read on; the findings say why
 */
export function readEndRecord(source: ByteSource, limits: Limits, findings: ArchiveFindings): EndRecord | undefined {
  const at = findEnd(source, findings);
  if (at === undefined) return undefined;
  const claims = withZip64(source, at, findings);
  if (claims === undefined) return undefined;
  const { record, directoryEnd } = claims;
  if (record.part !== 0 || record.directoryPart !== 0 || record.entriesHere !== record.entries) {
    findings.add('archive-header-mismatch', 'The archive says that it is one part of a split archive.', {
      help: 'Join the parts first: `zip -s 0 split.zip --out whole.zip`.',
    });
    return undefined;
  }
  if (record.entries > limits.entries) {
    findings.add(
      'archive-too-many-entries',
      `The archive has ${record.entries} entries; the limit is ${limits.entries}.`,
    );
    return undefined;
  }
  const between = directoryEnd - (record.offset + record.size);
  if (between === 0) return record;
  if (between > 0) {
    const message = `The directory should end where the end record begins; ${between} bytes are unaccounted for, before the first entry or behind the directory.`;
    findings.add('archive-header-mismatch', message, {
      help: 'Make the archive anew; nothing may stand before or between its parts.',
    });
  } else {
    findings.add('archive-corrupt', `The directory would reach ${-between} bytes beyond its end.`, {
      help: truncatedHelp,
    });
  }
  return undefined;
}

/** Offset of the end record in the file. */
function findEnd(source: ByteSource, findings: ArchiveFindings): number | undefined {
  const start = Math.max(0, source.size - length.end - beyond16);
  const tail = source.read(start, source.size - start);
  const ends = endRecords(tail);
  const last = ends.at(-1);
  if (last === undefined) {
    const head = source.read(0, Math.min(4, source.size));
    const zip = head.length === 4 && head.readUInt32LE(0) === signature.local;
    const message = zip ? 'The archive has no end record: it is cut off.' : 'This is not a zip: it has no end record.';
    findings.add('archive-corrupt', message, zip ? { help: truncatedHelp } : {});
    return undefined;
  }
  const behind = tail.length - last.at - length.end;
  if (behind < last.comment) {
    findings.add('archive-corrupt', `The archive is cut off: ${last.comment - behind} bytes are missing at its end.`, {
      help: truncatedHelp,
    });
  } else if (behind > last.comment) {
    findings.add('archive-header-mismatch', `${behind - last.comment} bytes stand behind the end of the archive.`, {
      help: 'Remove them: a zip ends with its end record.',
    });
  } else if (last.comment > 0) {
    findings.add('archive-header-mismatch', `The archive has a comment of ${last.comment} bytes.`, {
      help: commentHelp,
    });
  } else if (ends.some(({ at, comment }) => at !== last.at && at + length.end + comment === tail.length)) {
    findings.add('archive-header-mismatch', 'The archive has two end records: readers disagree on which one counts.');
  } else {
    return start + last.at;
  }
  return undefined;
}

function endRecords(tail: Buffer): { at: number; comment: number }[] {
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(signature.end);
  const found: { at: number; comment: number }[] = [];
  for (let at = tail.indexOf(mark); at !== -1 && at + length.end <= tail.length; at = tail.indexOf(mark, at + 1)) {
    found.push({ at, comment: tail.readUInt16LE(at + 20) });
  }
  return found;
}

/** Reads the end record and, where a locator stands before it, the zip64 record, which must agree with it. */
function withZip64(
  source: ByteSource,
  at: number,
  findings: ArchiveFindings,
): { record: Claims; directoryEnd: number } | undefined {
  const bytes = source.read(at, length.end);
  const record: Claims = {
    part: bytes.readUInt16LE(4),
    directoryPart: bytes.readUInt16LE(6),
    entriesHere: bytes.readUInt16LE(8),
    entries: bytes.readUInt16LE(10),
    size: bytes.readUInt32LE(12),
    offset: bytes.readUInt32LE(16),
  };
  const start = at - length.locator64 - length.end64;
  const bytes64 = start < 0 ? undefined : source.read(start, length.end64 + length.locator64);
  if (bytes64?.readUInt32LE(length.end64) !== signature.locator64) {
    if (![record.entries, record.entriesHere].includes(beyond16) && ![record.size, record.offset].includes(beyond32)) {
      return { record, directoryEnd: at };
    }
    findings.add('archive-corrupt', 'The end record points to a zip64 record, which is missing.', {
      help: truncatedHelp,
    });
    return undefined;
  }
  const record64: Claims = {
    part: bytes64.readUInt32LE(16),
    directoryPart: bytes64.readUInt32LE(20),
    entriesHere: readUInt64(bytes64, 24),
    entries: readUInt64(bytes64, 32),
    size: readUInt64(bytes64, 40),
    offset: readUInt64(bytes64, 48),
  };
  const sound =
    bytes64.readUInt32LE(0) === signature.end64 &&
    readUInt64(bytes64, 4) === length.end64 - 12 &&
    bytes64.readUInt32LE(length.end64 + 4) === 0 &&
    readUInt64(bytes64, length.end64 + 8) === start &&
    bytes64.readUInt32LE(length.end64 + 16) <= 1;
  if (sound && agree(record, record64)) return { record: record64, directoryEnd: start };
  const message = 'The end record and its zip64 record do not say the same, or do not stand one behind the other.';
  findings.add('archive-header-mismatch', message);
  return undefined;
}

/** Whether each field is the same in both, or says that the zip64 record counts. */
function agree(record: Claims, record64: Claims): boolean {
  const fields = ['part', 'directoryPart', 'entriesHere', 'entries', 'size', 'offset'] as const;
  return fields.every((field) => {
    const wide = field === 'size' || field === 'offset';
    return record[field] === record64[field] || record[field] === (wide ? beyond32 : beyond16);
  });
}
