import type { Deployment, DeployPlan } from '../domain/deployment.ts';
import { keyText } from '../domain/resource.ts';
import { safe } from '../domain/safe.ts';
import { Failure, type FailureCode } from '../errors.ts';
import type { Deployer, Execution, Leftover } from './execution.ts';
import { finish, finishForward, mustFinish } from './forward.ts';
import { type Ledger, openLedger, recordOf } from './ledger.ts';
import { isChange } from './look.ts';
import { desiredOf, perform } from './perform.ts';
import { readObjects } from './target-state.ts';
import { undoDeployment, wasTried } from './undo.ts';

/** Failures that say what became of the deployment. */
const decided: readonly FailureCode[] = ['deployment-lost', 'target-changed'];

/**
 * Executes a plan, and nothing else. The record in the journal is created exclusively and is the lock; each step is
 * written down before it is done. Whatever fails, what was done is put back, last first.
 * @returns the finished deployment; undefined where the journal says all of it already
 * @throws Failure as it came (`target-changed`, `target-used`, `target-differs`, `proof-failed`, the type's, the
 * journal's) once everything is as it was before; `deployment-held`, `deployment-lost`; `deployment-incomplete` where
 * it could not be put back
 */
export async function applyDeployment(plan: DeployPlan, execution: Execution): Promise<Deployment | undefined> {
  if (plan.standing === true) return undefined;
  await requirePlanned(plan, execution);
  return await carryThrough(openLedger(execution, recordOf(plan, execution.who), false), execution);
}

/** Goes on with a record to its end, or back to its beginning. See `applyDeployment`. */
export async function carryThrough(ledger: Ledger, execution: Execution): Promise<Deployment> {
  try {
    await carryOn(ledger, execution);
    return ledger.deployment;
  } catch (error) {
    return await giveUp(ledger, execution, error);
  }
}

/** What is kept still is as it was, and what is to be put there is at hand: looked at before anything is written. */
async function requirePlanned({ operations }: DeployPlan, execution: Execution): Promise<void> {
  const kept = operations.filter((operation) => operation.do === 'keep');
  const actual = await readObjects(
    execution.types,
    kept.map(({ object }) => object),
  );
  const moved = kept.filter(({ object, digest }) => actual.get(keyText(object))?.digest !== digest);
  if (moved.length > 0) {
    const names = moved.map(({ object }) => `\`${safe(keyText(object))}\``).join(', ');
    throw new Failure('target-changed', `Changed since the plan was made: ${names}.`);
  }
  for (const operation of operations) {
    if (operation.do === 'create' || operation.do === 'update' || operation.do === 'replace') {
      desiredOf(execution, operation);
    } else if (operation.do === 'prove' && execution.proofs?.has(operation.proof) !== true) {
      throw new Failure('internal', `There is no proof \`${safe(operation.proof)}\`.`);
    }
  }
}

async function carryOn(ledger: Ledger, execution: Execution): Promise<void> {
  const { onEvent = () => undefined } = execution;
  for (const [index, { operation }] of ledger.deployment.steps.entries()) {
    const step = ledger.deployment.steps[index];
    if (step === undefined || step.state === 'done' || step.state === 'undone') continue;
    onEvent({ type: 'doing', operation });
    if (isChange(step)) await perform(ledger, index, step, execution);
    else if (operation.do === 'prove') {
      if (!ledger.held) await ledger.save();
      await execution.proofs?.get(operation.proof)?.();
      ledger.changeStep(index, { ...step, state: 'done' });
    }
    onEvent({ type: 'done', operation });
  }
  await finish(ledger, execution);
}

/** Ends what cannot go on: forward where that is the only way, else back. */
async function giveUp(ledger: Ledger, execution: Execution, error: unknown): Promise<Deployment> {
  const tried = ledger.deployment.steps.some(wasTried);
  let left: Leftover[] = [];
  try {
    const stored = await ledger.settle();
    if (!ledger.held) throw overtaken(stored) ?? error;
    if (isComplete(ledger.deployment) || (await mustFinish(ledger, execution))) {
      await finishForward(ledger, execution);
      return ledger.deployment;
    }
    left = await undoDeployment(ledger, execution);
  } catch (cause) {
    if (cause instanceof Failure && decided.includes(cause.code)) throw cause;
    // Where no record was begun nothing was changed, whatever else the journal cannot do.
    if (!ledger.held) throw error;
    throw incomplete(ledger.deployment, execution.who, error, cause);
  }
  throw withOutcome(error, tried, left);
}

/** What was planned comes after a deployment that is not the newest any more. */
function overtaken(stored: Deployment | undefined): Failure | undefined {
  if (stored?.state !== 'done' && stored?.state !== 'undone') return undefined;
  const { number, run } = stored;
  return new Failure('target-changed', `Run \`${safe(run)}\` made deployment ${number} since the plan was made.`);
}

/** Only the journal's last word is missing. */
function isComplete({ steps }: Deployment): boolean {
  return steps.every(({ state }) => state === 'done');
}

/** The failure of a deployment that could be neither finished nor undone: its help is the one command that repairs. */
export function incomplete(deployment: Deployment, { repair }: Deployer, error: unknown, cause: unknown): Failure {
  const { number, target } = deployment;
  const left = `Deployment ${number} to ${safe(target)} is left half-way, since putting things back failed too`;
  return new Failure('deployment-incomplete', `${textOf(error)} ${left}: ${textOf(cause)}`, {
    help: `Nothing else can be deployed there until this has run:\n${repair}`,
    cause,
  });
}

function withOutcome(error: unknown, tried: boolean, left: readonly Leftover[]): unknown {
  if (!(error instanceof Failure)) return error;
  const stays = left.map(({ object, why }) => ` \`${safe(keyText(object))}\` was left as it is: ${why}.`).join('');
  const outcome = tried ? `What this deployment had changed was put back.${stays}` : 'Nothing was changed.';
  return new Failure(error.code, `${error.message} ${outcome}`, { help: error.help, cause: error.cause });
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
