import type { JournalStep } from '../domain/deployment.ts';
import { keyText } from '../domain/resource.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import type { Leftover, Surroundings } from './execution.ts';
import type { Ledger } from './ledger.ts';
import { type ChangeStep, isChange, sightOf } from './look.ts';
import { listed } from './refusal.ts';
import { typeOf, usersOf } from './target-state.ts';

/**
 * Puts back what a deployment changed, last first. Each step is looked at before anything is done: one that was begun
 * may have had its effect or not, and an earlier undoing may have been stopped anywhere. What somebody changed since
 * is left as it is. Doing it again does nothing more.
 * @returns what was left
 * @throws Failure the journal's, the type's, `target-differs`: undoing goes on when it is called again
 */
export async function undoDeployment(ledger: Ledger, surroundings: Surroundings): Promise<Leftover[]> {
  const { onEvent = () => undefined, who } = surroundings;
  const left: Leftover[] = [];
  ledger.change({ state: 'undoing' });
  await ledger.save();
  onEvent({ type: 'undoing', number: ledger.deployment.number });
  for (const [index, step] of [...ledger.deployment.steps.entries()].reverse()) {
    if (!wasTried(step)) continue;
    const why = await undoStep(step, surroundings);
    ledger.changeStep(index, { ...step, state: 'undone' });
    if (why === undefined) onEvent({ type: 'undone', operation: step.operation });
    else {
      left.push({ object: step.operation.object, why });
      onEvent({ type: 'left', object: step.operation.object, why });
    }
  }
  ledger.change({ state: 'undone', finishedAt: who.now().toISOString(), objects: [] });
  await ledger.save();
  onEvent({ type: 'finished', number: ledger.deployment.number, state: 'undone' });
  return left;
}

/** Whether a step may have had its effect. */
export function wasTried(step: JournalStep): step is ChangeStep {
  return isChange(step) && (step.state === 'begun' || step.state === 'done');
}

/** @returns why it was left as it is, where it was */
async function undoStep(step: ChangeStep, { types }: Surroundings): Promise<string | undefined> {
  const { operation, before } = step;
  const { object } = operation;
  const type = typeOf(types, object);
  const sight = sightOf(step, type, await type.read(object.id));
  if (sight === 'before') {
    // It may have been stopped, and no more than that.
    if (before !== undefined) await type.resume?.(object, before);
    return undefined;
  }
  if (sight === 'other') return 'changed by somebody else meanwhile';
  if (operation.do === 'create') {
    if (sight === 'absent') return undefined;
    const users = await usersOf(types, object);
    if (users.length > 0) return `used by ${listed(users)}`;
    await type.remove(object);
    requireBack(step, (await type.read(object.id)) === undefined);
    return undefined;
  }
  if (before === undefined) return 'what stood there is too large for the journal';
  // What is wanted is ours to take back; where nothing stands, an undoing or a replacement may have been stopped.
  await type.restore(object, before);
  const back = sightOf(step, type, await type.read(object.id));
  if (back === 'other') return 'put back, and the target made something else of it';
  requireBack(step, back === 'before');
  return undefined;
}

function requireBack({ operation }: ChangeStep, back: boolean): void {
  if (back) return;
  throw new Failure('target-differs', `\`${safe(keyText(operation.object))}\` could not be put back as it was.`);
}
