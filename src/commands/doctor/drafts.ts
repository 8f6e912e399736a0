import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { Condition, Leftover, Preflight } from '../../stores/preflight.ts';

/** What became of a wish to delete a draft. */
export interface Deletion {
  readonly name: string;
  readonly run?: string;
  /** In words; empty where nothing was removed. */
  readonly removed: readonly string[];
  /** Why nothing was. */
  readonly because?: string;
}

/** What earlier runs left, each with its run and age, and how to go on. */
export function draftConditions(leftovers: readonly Leftover[], address: string, now: Date): Condition[] {
  const subject = 'drafts';
  if (leftovers.length === 0) return [{ subject, state: 'good', message: 'None is left that shows itself here.' }];
  return leftovers.map((leftover) => {
    const [name, since] = [`\`${safe(leftover.name)}\``, ageOf(leftover.since, now)];
    const { run, standing } = leftover;
    if (run === undefined) {
      const message = `A draft that was made${since} keeps ${name}; no run of this tool is known to have made it.`;
      return { subject, state: 'attention', code: 'draft-foreign', message, help: 'Publish or delete it by hand.' };
    }
    const deletion = `    mldr doctor --store ${safe(address, 1000)} --delete-draft ${safe(leftover.name)}`;
    const forced = `Only if it is certain that the run is over:\n${deletion}@${safe(run)}`;
    const by = `${name} was begun by run \`${safe(run)}\`${since}`;
    if (standing === 'ended') {
      const help = `Run it again: it goes on with its draft. To delete it:\n${deletion}`;
      return { subject, state: 'attention', message: `${by}; the run is over.`, help };
    }
    const message =
      standing === 'running'
        ? `${by}, and the run goes on.`
        : `${by}; whether the run is over cannot be seen from here.`;
    return {
      subject,
      state: 'attention',
      code: 'claim-held',
      message,
      help: standing === 'running' ? `Wait until it ends. ${forced}` : forced,
    };
  });
}

/**
 * Deletes drafts of our own.
 * @param wanted `NAME`: only where its run is known to be over; `NAME@RUN`: in any case
 */
export async function deleteDrafts(store: Preflight, wanted: readonly string[]): Promise<Deletion[]> {
  const leftovers = await store.leftovers();
  const done: Deletion[] = [];
  for (const word of wanted) {
    const [name = '', run] = word.split('@');
    const meant = leftovers.filter((leftover) => leftover.name === name && (run === undefined || leftover.run === run));
    if (meant.length === 0) {
      const because = `There is no such draft${run === undefined ? '' : ` of run \`${safe(run)}\``} that shows itself here.`;
      done.push({ name, removed: [], because });
    }
    for (const leftover of meant) done.push(await deleteOne(store, leftover, run !== undefined));
  }
  return done;
}

async function deleteOne(store: Preflight, leftover: Leftover, certain: boolean): Promise<Deletion> {
  const { name, run, standing } = leftover;
  if (run === undefined) {
    return { name, removed: [], because: 'No run of this tool is known to have made it: delete it by hand.' };
  }
  if (standing !== 'ended' && !certain) {
    const how = standing === 'running' ? 'still goes on' : 'may still go on';
    const because = `Its run ${how}. Only if it is certain that it is over: --delete-draft ${safe(name)}@${safe(run)}`;
    return { name, run, removed: [], because };
  }
  try {
    const removed = await store.discard({ ...leftover, run });
    return removed.length > 0 ? { name, run, removed } : { name, run, removed, because: 'It was gone already.' };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { name, run, removed: [], because: `${error.message} ${error.help}` };
  }
}

/** ` on 2026-11-19, 3 days ago`. */
function ageOf(since: string, now: Date): string {
  const moment = new Date(since);
  if (Number.isNaN(moment.getTime())) return '';
  const minutes = Math.max(0, Math.floor((now.getTime() - moment.getTime()) / 60_000));
  const units = [
    [1440, 'day'],
    [60, 'hour'],
    [1, 'minute'],
  ] as const;
  const [size, unit] = units.find(([length]) => minutes >= length) ?? [1, 'minute'];
  const count = Math.floor(minutes / size);
  return ` on ${moment.toISOString().slice(0, 10)}, ${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
