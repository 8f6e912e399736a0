import { dayOf, isCalendarDay, nextName } from '../domain/tag.ts';
import { Failure } from '../errors.ts';
import type { CommandResult } from '../result.ts';
import { kindById, openStore, type Session } from '../session.ts';
import { yankedReleases } from './yanked.ts';

/**
 * Prints the next release name of a kind: today (or `--date`), and one more than the highest number that the family ever
 * had: published, claimed or yanked.
 */
export async function nextNameOf(session: Session): Promise<CommandResult> {
  const kind = kindById(session, session.inputs.kind ?? '');
  const store = await openStore(session);
  const { releases: yanked, remarks } = await yankedReleases(session, store);
  // The answer is the name alone: scripts read it.
  for (const text of remarks) session.host.progress({ key: text, text, done: true });
  const taken = [...(await store.list()), ...yanked].map(({ name }) => name);
  const name = nextName(kind.family, dateOf(session), [...taken, ...(await store.claims())]);
  return { subjects: [], result: { name, ...(remarks.length === 0 ? {} : { remarks }) }, text: [name] };
}

/** `--date`, or today in UTC. @throws Failure `usage` where it is no day */
export function dateOf(session: Session): string {
  const { date } = session.inputs;
  if (date === undefined) return dayOf(session.now);
  if (isCalendarDay(date)) return date;
  throw new Failure('usage', `\`--date ${date}\` is no day of the calendar in the form YYYYMMDD.`);
}
