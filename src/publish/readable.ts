import type { Entry } from '../domain/bundle.ts';
import type { Limits } from '../domain/limits.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import { ArchiveFindings } from '../formats/archive-findings.ts';
import { checkExpansion } from '../formats/zip/expansion.ts';
import type { PackedZip } from './manifest.ts';

/**
 * What every reader of a release would refuse is not published: a file of little but blanks packs so small that it is
 * a bomb by the rules of our own reader, and a limit on archives may be lower than what was packed.
 * @throws Failure `pack-refused`
 */
export function requireReadable(
  { name, size, compressedSizes }: PackedZip & { readonly name: string },
  entries: readonly Entry[],
  limits: Limits,
): void {
  const findings = new ArchiveFindings();
  const packed = entries.map((entry) => ({
    path: entry.path,
    size: entry.size,
    compressedSize: compressedSizes.get(entry.path) ?? 0,
  }));
  checkExpansion(packed, size, limits, findings);
  const [first] = findings.list();
  if (first !== undefined) throw new Failure('pack-refused', `\`${safe(name)}\`: ${first.message}`);
  if (size <= limits.archiveBytes) return;
  throw new Failure('pack-refused', `\`${safe(name)}\` has ${size} bytes; the limit is ${limits.archiveBytes}.`);
}
