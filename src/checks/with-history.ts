import type { History } from '../domain/history.ts';
import type { CannotRun, Check, CheckContext, CheckFinding } from './check.ts';

/** Said by the checks of a number that `--next` minted: the store's claim settles it, in any order of publishing. */
export const mintedNumber = { skipped: 'the number was minted from the store, whose claim settles it' };

/** A check's `run` that compares with earlier releases: skipped with the reason where they are not known. */
export function withHistory(
  compare: (context: CheckContext, history: History) => Iterable<CheckFinding | CannotRun>,
): NonNullable<Check['run']> {
  return (context) => {
    if (context.history !== undefined) return compare(context, context.history);
    return [{ skipped: context.historyMissing ?? 'there is no store to compare with' }];
  };
}
