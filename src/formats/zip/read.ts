import type { Limits } from '../../domain/limits.ts';
import type { ArchiveMember, ArchiveOptions, ArchiveReading, MemberVisitor } from '../archive.ts';
import { ArchiveFindings } from '../archive-findings.ts';
import type { ByteSource } from '../source.ts';
import { ContentCheck } from './content.ts';
import { readDirectory } from './directory.ts';
import { readEndRecord } from './end-record.ts';
import { nameEntries } from './entry-rules.ts';
import { expandStream, expandWhole, isSmall } from './expand.ts';
import { checkExpansion } from './expansion.ts';
import { readAhead } from './read-ahead.ts';
import { type PlacedEntry, placeEntries } from './tiling.ts';

/**
 * Reads a zip, strictly (security.md A1–A11): what any reader could see otherwise than another is a finding, and so is
 * what exceeds the limits. Content is read only when every header is sound.
 * @param visit asked for each file, in the directory's order; what its sinks got counts only without findings
 * @returns all members, or findings, each of them an error
 * @throws Failure `file-unreadable`, `file-changed` (the source's), and whatever a sink throws
 */
export async function readZip(
  file: ByteSource,
  limits: Limits,
  visit: MemberVisitor,
  options: ArchiveOptions = {},
): Promise<ArchiveReading> {
  const source = readAhead(file);
  const findings = new ArchiveFindings();
  const entries = readStructure(source, limits, findings);
  const members: ArchiveMember[] = [];
  if (!findings.empty) return { members, findings: findings.list() };
  for (const entry of entries) {
    const { path, directory, size, compressedSize } = entry;
    const sink = directory ? undefined : visit(path, size);
    const check = new ContentCheck(entry, options.nesting?.(path) ?? false, sink);
    const result = isSmall(entry) ? expandWhole(source, entry, check) : await expandStream(source, entry, check);
    if (typeof result === 'string') {
      members.push({ path, directory, size, compressedSize, sha256: directory ? '' : result });
      continue;
    }
    const { check: id, message, help } = result;
    findings.add(id, message, { file: path, ...(help !== undefined && { help }) });
    if (id === 'archive-bomb') break;
  }
  return { members, findings: findings.list() };
}

/** Everything but content. The entries are to be read only where nothing was found. */
function readStructure(source: ByteSource, limits: Limits, findings: ArchiveFindings): PlacedEntry[] {
  if (source.size > limits.archiveBytes) {
    findings.add('archive-bomb', `The archive has ${source.size} bytes; the limit is ${limits.archiveBytes}.`);
    return [];
  }
  const end = readEndRecord(source, limits, findings);
  const directory = end && readDirectory(source, end, findings);
  if (end === undefined || directory === undefined) return [];
  const named = nameEntries(directory, limits, findings);
  const placed = placeEntries(source, named, end.offset, findings);
  // Of entries that share bytes, the sizes say nothing.
  if (!findings.has('archive-overlap')) checkExpansion(named, source.size, limits, findings);
  return placed;
}
