import { repairDeployment } from '../../deploy/repair.ts';
import { unfinishedOf } from '../../deploy/unfinished.ts';
import { keyText } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { CommandResult } from '../../result.ts';
import type { Session } from '../../session.ts';
import { deployProgress } from './progress.ts';
import { reachesKibana, requireSameKibana } from './same-kibana.ts';
import { stoppable } from './stoppable.ts';
import { openTarget } from './target.ts';
import { targetTypes } from './target-types.ts';

/** Ends what a deployment left unfinished. It may be stopped itself, and run again. */
export async function repair(session: Session): Promise<CommandResult> {
  if (session.inputs['dry-run'] === true) {
    throw new Failure('usage', 'A repair has no dry run: it puts back whatever it finds.', {
      help: '`mldr status` shows what is there.',
    });
  }
  const { elasticsearch, kibana, journal, who, name } = await openTarget(session);
  const unfinished = unfinishedOf(await journal.list());
  if (unfinished !== undefined && reachesKibana(unfinished)) {
    requireSameKibana(unfinished, kibana, session.inputs.overwrite === true);
    // Before anything is put back: half of it would be, and the rest could not.
    await kibana.open();
  }
  // Nothing new is written: neither marks nor places are asked for.
  const types = targetTypes({ elasticsearch, kibana });
  const takeOver = session.inputs['take-over'] === true;
  const onEvent = deployProgress(session.host);
  const { outcome, deployment, left } = await stoppable(session.host, who.repair, () =>
    repairDeployment({ types, journal, who, takeOver, onEvent }),
  );
  const number = deployment?.number;
  const ends = {
    nothing: `${name}: no deployment was left unfinished.`,
    undone: `${name}: what deployment ${number} had changed was put back.`,
    finished: `${name}: deployment ${number} could only be finished, and is.`,
  };
  const stays = left.map(({ object, why }) => `  left  ${safe(keyText(object))}: ${why}`);
  return {
    subjects: [],
    result: { target: name, outcome, ...(number === undefined ? {} : { number }), left },
    text: [ends[outcome], ...stays],
  };
}
