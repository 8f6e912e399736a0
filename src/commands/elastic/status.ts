import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { CommandResult } from '../../result.ts';
import { type Session, sessionOn } from '../../session.ts';
import { healthTally } from './health.ts';
import { statusTable, targetsTable } from './status-table.ts';
import { lookAt, type TargetView } from './status-view.ts';

/** A target that could not be looked at. */
interface Unseen {
  readonly target: string;
  /** Why, safe to print, with what helps. */
  readonly failure: string;
}

/**
 * What is on a target of ours, and how it stands; with `--health` how it does its work too. Without a target, of all
 * that the configuration names. Anything else than as it was left, and ill health, is exit 4; what could not be seen is
 * exit 2.
 */
export async function status(session: Session): Promise<CommandResult> {
  const { inputs, configuration, target } = session;
  const addressed = inputs['elasticsearch-url'] !== undefined || inputs['cloud-id'] !== undefined;
  if (target !== undefined || addressed || configuration.targets.length === 0) return ofOne(await lookAt(session));
  const names = configuration.targets.map(({ name }) => name);
  return ofAll(await Promise.all(names.map((name) => seenOr(session, name, names.length === 1))));
}

/** One that is out of reach is no reason to be silent of the others. */
async function seenOr(session: Session, target: string, alone: boolean): Promise<TargetView | Unseen> {
  try {
    return await lookAt(await sessionOn(session, target, alone));
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'internal') throw error;
    return { target, failure: safe(`${error.message} ${error.help}`, 1000) };
  }
}

function ofOne(view: TargetView): CommandResult {
  const { target, address, server, rows, health, remarks, unfinished } = view;
  return {
    subjects: [],
    result: {
      target: address,
      ...(target === undefined ? {} : { name: target }),
      objects: rows,
      ...(unfinished === undefined ? {} : { unfinished }),
    },
    text: [
      `${target === undefined ? '' : `${target} · `}${address} · ${server}`,
      '',
      ...statusTable(rows),
      ...(health.length > 0 ? ['', healthTally(health)] : []),
      ...remarks,
    ],
    ...endOf([view]),
  };
}

function ofAll(views: readonly (TargetView | Unseen)[]): CommandResult {
  const seen = views.filter((view) => 'rows' in view);
  const health = seen.flatMap((view) => view.health);
  const rows = seen.flatMap(({ target = '', rows: own }) => own.map((row) => ({ target, row })));
  return {
    subjects: [],
    result: {
      targets: views.map((view) => {
        if ('failure' in view) return view;
        const { target, address, rows: objects, remarks, unfinished } = view;
        return { target, address, objects, remarks, ...(unfinished === undefined ? {} : { unfinished }) };
      }),
    },
    text: [
      ...views.map((view) =>
        'failure' in view
          ? `${view.target} · not seen: ${view.failure}`
          : `${view.target} · ${view.address} · ${view.server}`,
      ),
      '',
      ...targetsTable(rows),
      ...(health.length > 0 ? ['', healthTally(health)] : []),
      ...seen.flatMap(({ target, remarks }) => remarks.map((remark) => `${target}: ${remark}`)),
    ],
    ...endOf(views),
  };
}

function endOf(views: readonly (TargetView | Unseen)[]): Pick<CommandResult, 'drift' | 'unclear'> {
  if (views.some((view) => 'drift' in view && view.drift)) return { drift: true };
  return views.some((view) => 'failure' in view || view.unclear) ? { unclear: true } : {};
}
