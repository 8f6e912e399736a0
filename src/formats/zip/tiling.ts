import type { ArchiveFindings } from '../archive-findings.ts';
import { quoteName } from '../entry-name.ts';
import type { ByteSource } from '../source.ts';
import type { NamedEntry } from './entry-rules.ts';
import { flag, length, signature } from './layout.ts';
import { descriptorAgrees, descriptorLengths, locateContent } from './local-header.ts';

/** An entry whose content is known to stand at `dataOffset`, for `compressedSize` bytes. */
export interface PlacedEntry extends NamedEntry {
  readonly dataOffset: number;
}

/**
 * Places every entry: in order of their offsets they fill the file from its first byte to the directory, without a
 * gap and without sharing a byte, each with two headers that agree (security.md A9, A10).
 * @param directoryOffset where the directory begins
 * @returns the entries that could be placed, in the order given; with findings where others could not
 */
export function placeEntries(
  source: ByteSource,
  entries: readonly NamedEntry[],
  directoryOffset: number,
  findings: ArchiveFindings,
): PlacedEntry[] {
  const placed = new Map<NamedEntry, PlacedEntry>();
  const ordered = [...entries].sort((a, b) => a.offset - b.offset);
  let free = 0;
  for (const [index, entry] of ordered.entries()) {
    const next = ordered[index + 1]?.offset ?? directoryOffset;
    if (entry.offset < free) {
      findings.add(
        'archive-overlap',
        `${quoteName(entry.path)} shares bytes with the entry before it, at offset ${entry.offset}.`,
      );
      continue;
    }
    if (entry.offset > free) reportGap(source, free, entry.offset, findings);
    const dataOffset = locateContent(source, entry, directoryOffset, findings);
    free = dataOffset === undefined ? next : endOf(source, { ...entry, dataOffset }, next, findings);
    if (dataOffset !== undefined) placed.set(entry, { ...entry, dataOffset });
  }
  if (free > directoryOffset) findings.add('archive-overlap', 'The last entry reaches into the directory.');
  if (free < directoryOffset) reportGap(source, free, directoryOffset, findings);
  return entries.flatMap((entry) => placed.get(entry) ?? []);
}

/** Offset behind the entry's content and its data descriptor, where it has one. */
function endOf(source: ByteSource, entry: PlacedEntry, next: number, findings: ArchiveFindings): number {
  const dataEnd = entry.dataOffset + entry.compressedSize;
  if ((entry.flags & flag.descriptor) === 0 || dataEnd > next) return dataEnd;
  const room = next - dataEnd;
  if (descriptorLengths.includes(room) && descriptorAgrees(source.read(dataEnd, room), entry)) return next;
  const message = `The data descriptor behind ${quoteName(entry.path)} is missing, or does not say what the directory says.`;
  findings.add('archive-header-mismatch', message);
  return next;
}

function reportGap(source: ByteSource, from: number, to: number, findings: ArchiveFindings): void {
  const head = source.read(from, 4);
  const hidden = to - from >= length.local && head.length === 4 && head.readUInt32LE(0) === signature.local;
  const what = hidden ? 'hold an entry that the directory does not list' : 'belong to no entry';
  findings.add('archive-header-mismatch', `${to - from} bytes at offset ${from} ${what}.`);
}
