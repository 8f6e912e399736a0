import { dayOf, isCalendarDay, nextName } from '../domain/tag.ts';
import { Failure } from '../errors.ts';
import type { CommandResult } from '../result.ts';
import { kindById, openStore, type Session } from '../session.ts';

/** Prints the next release name of a kind: today (or `--date`), and one more than the family's highest number. */
export async function nextNameOf(session: Session): Promise<CommandResult> {
  const kind = kindById(session, session.inputs.kind ?? '');
  const store = await openStore(session);
  const taken = [...(await store.list()).map(({ name }) => name), ...(await store.claims())];
  const name = nextName(kind.family, dateOf(session), taken);
  return { subjects: [], result: { name }, text: [name] };
}

/** `--date`, or today in UTC. @throws Failure `usage` where it is no day */
export function dateOf(session: Session): string {
  const { date } = session.inputs;
  if (date === undefined) return dayOf(session.now);
  if (isCalendarDay(date)) return date;
  throw new Failure('usage', `\`--date ${date}\` is no day of the calendar in the form YYYYMMDD.`);
}
