import type { Entry } from '../domain/bundle.ts';
import type { Location } from '../domain/diagnostic.ts';
import type { Value } from '../domain/document.ts';
import type { FormatId, Role } from '../domain/kind.ts';
import { atMost, type Unlisted } from './at-most.ts';
import type { CannotRun, CheckContext, CheckFinding } from './check.ts';
import { filesOf, refused } from './files-of.ts';

/** A file of the format that a check is about, read without an error. */
export interface Subject {
  readonly entry: Entry;
  readonly value: Value;
  /** The place of a value in it, or of its key. */
  at(pointer: string, part?: 'key'): Location;
}

type Result = CheckFinding | CannotRun | Unlisted;

/**
 * Runs a check over every file whose role has the format, with a reason for every file that cannot be looked at and
 * for the lack of any that must be there. Kinds without such a role are none of its business.
 * @param look what is wrong with one file
 */
export function eachDocument(context: CheckContext, format: FormatId, look: (subject: Subject) => Iterable<Result>) {
  return atMost(results(context, format, look));
}

function* results(
  { bundle }: CheckContext,
  format: FormatId,
  look: (subject: Subject) => Iterable<Result>,
): Iterable<Result> {
  const roles = bundle.kind?.roles.filter((role) => role.format === format) ?? [];
  const entries = roles.flatMap((role) => filesOf(bundle, role));
  if (bundle.kind === undefined) yield { skipped: 'the kind of the bundle is not known' };
  // Where a bundle may do without such files, one that has none is looked at whole.
  const due = roles.filter(({ count }) => count === 'one' || count === 'some');
  const reason = refused(bundle) ?? (due.length > 0 ? `there is no ${names(due)}` : undefined);
  if (roles.length > 0 && entries.length === 0 && reason !== undefined) yield { skipped: reason };
  for (const entry of entries) {
    if (entry.document === undefined) {
      yield { skipped: `\`${entry.path}\` cannot be read (${entry.unreadable ?? 'it was not opened'})` };
      continue;
    }
    const at = (pointer: string, part?: 'key') => ({ file: entry.path, pointer, ...(part && { part }) });
    yield* look({ entry, value: entry.document.value, at });
  }
}

function names(roles: readonly Role[]): string {
  return `file of the role ${roles.map(({ id }) => `\`${id}\``).join(' or ')}`;
}
