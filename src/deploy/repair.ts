import type { Deployment } from '../domain/deployment.ts';
import { Failure } from '../errors.ts';
import type { Execution, Leftover, Surroundings } from './execution.ts';
import { carryThrough, incomplete } from './executor.ts';
import { finishForward, mustFinish } from './forward.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { undoDeployment } from './undo.ts';
import { requireLeft, unfinishedOf } from './unfinished.ts';

/** What a repair is told. */
export interface RepairOptions extends Surroundings {
  /** Goes on instead of putting back, where the deployment that was left is of this release. */
  readonly resume?: Pick<Execution, 'desired' | 'proofs'> & { readonly digest: string };
  /** Whether a person says that the run which made it is gone. */
  readonly takeOver?: boolean;
}

/** What a repair did. */
export interface Repaired {
  /** `nothing`: no deployment was left unfinished. */
  readonly outcome: 'nothing' | 'undone' | 'finished';
  readonly deployment?: Deployment;
  /** What was not put back. */
  readonly left: readonly Leftover[];
}

/**
 * Ends a deployment that was left unfinished, from whichever moment: puts back what it changed, or goes on with it. May
 * be stopped at any moment itself, and called again. A deployment that took something away which cannot be put back is
 * finished in any case.
 * @throws Failure `deployment-held` where whoever made it still is at it, `deployment-incomplete`; where it is resumed
 * what `applyDeployment` throws
 */
export async function repairDeployment(options: RepairOptions): Promise<Repaired> {
  const { journal, who, resume, takeOver = false } = options;
  const unfinished = unfinishedOf(await journal.list());
  if (unfinished === undefined) return { outcome: 'nothing', left: [] };
  if (!takeOver) requireLeft(unfinished, who);
  const ledger = openLedger(options, unfinished, true);
  // From the first save on whoever held the record before cannot write it any more.
  ledger.change({ process: who.process });
  if (resume !== undefined && unfinished.state === 'running' && unfinished.digest === resume.digest) {
    await ledger.save();
    return { outcome: 'finished', deployment: await carryThrough(ledger, { ...options, ...resume }), left: [] };
  }
  return await endOf(ledger, options);
}

async function endOf(ledger: Ledger, options: RepairOptions): Promise<Repaired> {
  try {
    if (await mustFinish(ledger, options)) {
      await finishForward(ledger, options);
      return { outcome: 'finished', deployment: ledger.deployment, left: [] };
    }
    const left = await undoDeployment(ledger, options);
    return { outcome: 'undone', deployment: ledger.deployment, left };
  } catch (cause) {
    if (cause instanceof Failure && cause.code === 'deployment-lost') throw cause;
    throw incomplete(
      ledger.deployment,
      options.who,
      `Deployment ${ledger.deployment.number} cannot be repaired yet.`,
      cause,
    );
  }
}
