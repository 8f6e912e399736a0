import type { Location } from '../domain/diagnostic.ts';
import type { CannotRun, CheckFinding } from './check.ts';

/** Findings of one check that are listed one by one: more of the same teach nobody anything. */
export const listed = 20;

/** Findings that a check counted without making them: a hostile file has millions. */
export interface Unlisted {
  readonly unlisted: number;
}

/**
 * Gives the first findings of a check and counts the rest, so that one mistake does not bury the others. The count
 * stands where the first of the rest stands.
 */
export function* atMost(results: Iterable<CheckFinding | CannotRun | Unlisted>): Iterable<CheckFinding | CannotRun> {
  let count = 0;
  let next: Location | undefined;
  let severity: CheckFinding['severity'];
  for (const result of results) {
    if ('skipped' in result) {
      yield result;
    } else if ('unlisted' in result) {
      count += result.unlisted;
    } else {
      count += 1;
      severity = result.severity;
      if (count <= listed) yield result;
      else next ??= result.at;
    }
  }
  if (count <= listed) return;
  yield {
    message: `And ${count - listed} more like these.`,
    ...(next === undefined ? {} : { at: next }),
    ...(severity === undefined ? {} : { severity }),
  };
}
