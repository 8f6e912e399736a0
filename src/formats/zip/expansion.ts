import type { Limits } from '../../domain/limits.ts';
import type { ArchiveFindings } from '../archive-findings.ts';
import { quoteName } from '../entry-name.ts';
import type { NamedEntry } from './entry-rules.ts';

/** The ratio counts from here on: a small file of blanks is no bomb (security.md §3.2). */
const ratioFrom = 1024 * 1024;
/** All entries together may hold more blanks than one: a thousand entries just below 1 MiB are a bomb again. */
const totalRatioFrom = 16 * ratioFrom;

/**
 * Refuses, before anything is expanded, what the headers say would expand too far; that they say the truth is
 * checked while reading.
 * @param archiveSize bytes of the archive
 */
export function checkExpansion(
  entries: readonly Pick<NamedEntry, 'path' | 'size' | 'compressedSize'>[],
  archiveSize: number,
  limits: Limits,
  findings: ArchiveFindings,
): void {
  let total = 0;
  for (const { path, size, compressedSize } of entries) {
    total += size;
    const name = quoteName(path);
    if (size > limits.entryBytes) {
      findings.add(
        'archive-bomb',
        `${name} expands to ${size} bytes; the limit for one entry is ${limits.entryBytes}.`,
      );
    } else if (size > ratioFrom && size > compressedSize * limits.ratio) {
      const ratio = Math.round(size / Math.max(1, compressedSize));
      findings.add('archive-bomb', `${name} expands ${ratio}:1, to ${size} bytes; the limit is ${limits.ratio}:1.`);
    }
  }
  if (total > limits.expandedBytes) {
    findings.add('archive-bomb', `The archive expands to ${total} bytes; the limit is ${limits.expandedBytes}.`);
  } else if (findings.has('archive-bomb')) {
    return;
  } else if (total > totalRatioFrom && total > archiveSize * limits.ratio) {
    const ratio = Math.round(total / archiveSize);
    findings.add('archive-bomb', `The archive expands ${ratio}:1, to ${total} bytes; the limit is ${limits.ratio}:1.`);
  }
}
