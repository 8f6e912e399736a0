import { atMost, type Unlisted } from './at-most.ts';
import type { CannotRun, CheckContext, CheckFinding } from './check.ts';

/** Whether there are golden predictions to compare with. */
export function hasGolden({ golden }: CheckContext): boolean {
  return golden !== undefined;
}

/** The findings of one check in what comparing with golden predictions gave; none where a bundle has none. */
export function goldenFindings({ golden }: CheckContext, check: string): Iterable<CheckFinding | CannotRun> {
  const found = golden?.findings.filter((finding) => finding.check === check) ?? [];
  const results: (CheckFinding | CannotRun | Unlisted)[] = found.map(({ check: _, ...finding }) => finding);
  if (golden?.skipped !== undefined && results.length === 0) results.push({ skipped: golden.skipped });
  return atMost(results);
}
