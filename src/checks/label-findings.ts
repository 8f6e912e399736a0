import { atMost, type Unlisted } from './at-most.ts';
import type { CannotRun, CheckContext, CheckFinding } from './check.ts';

/** Whether there are labelled sets to judge the model by. */
export function hasLabels({ evaluation }: CheckContext): boolean {
  return evaluation !== undefined;
}

/** The findings of one check in what judging by labelled sets gave. */
export function labelFindings({ evaluation }: CheckContext, check: string): Iterable<CheckFinding | CannotRun> {
  const found = evaluation?.findings.filter((finding) => finding.check === check) ?? [];
  const results: (CheckFinding | CannotRun | Unlisted)[] = found.map(({ check: _, ...finding }) => finding);
  if (evaluation?.skipped !== undefined && results.length === 0) results.push({ skipped: evaluation.skipped });
  return atMost(results);
}
