import type { DeployedObject } from '../domain/deployment.ts';
import { type DesiredObject, keyText } from '../domain/resource.ts';
import type { Surroundings } from './execution.ts';
import type { Ledger } from './ledger.ts';
import { type ChangeStep, isChange, savedBody, sightOf } from './look.ts';
import { withWants } from './planner.ts';
import { listed } from './refusal.ts';
import { typeOf, usersOf } from './target-state.ts';

/**
 * Whether a deployment can only be finished: something is gone that cannot be put back. The planner has such removals
 * last, so that nothing but removals is left to do.
 */
export async function mustFinish({ deployment }: Ledger, { types }: Surroundings): Promise<boolean> {
  if (deployment.state === 'undoing') return false;
  for (const step of deployment.steps) {
    if (!isChange(step) || step.operation.do !== 'remove' || step.before !== undefined) continue;
    if (step.state === 'done') return true;
    if (step.state !== 'begun') continue;
    const { object } = step.operation;
    if ((await typeOf(types, object).read(object.id)) === undefined) return true;
  }
  return false;
}

/**
 * Takes away what is left to take away, and ends the deployment. What somebody changed or uses by now stays; what is
 * only used stays ours.
 * @throws Failure the journal's, the type's: it goes on when it is called again
 */
export async function finishForward(ledger: Ledger, surroundings: Ending): Promise<void> {
  const { onEvent = () => undefined, who } = surroundings;
  const stays: DeployedObject[] = [];
  ledger.change({ process: who.process });
  for (const [index, step] of ledger.deployment.steps.entries()) {
    if (!isChange(step) || step.state === 'done' || step.operation.do !== 'remove') continue;
    const { object, requires } = step.operation;
    const why = await takeAway(ledger, index, step, surroundings);
    if (why === undefined) onEvent({ type: 'done', operation: step.operation });
    else {
      ledger.changeStep(index, { ...step, state: 'undone' });
      if (why.ours) stays.push({ object, digest: requires.digest });
      onEvent({ type: 'left', object, why: why.text });
    }
  }
  await finish(ledger, surroundings, stays);
}

/** What the end of a deployment needs. */
interface Ending extends Surroundings {
  /** What it was made for; a repair may not have it. */
  readonly desired?: readonly DesiredObject[];
}

/**
 * Writes down that all is done, with the digests that were read back, and with what the release says of objects: only
 * now, since the record is written at every step.
 */
export async function finish(
  ledger: Ledger,
  { who, onEvent, desired = [] }: Ending,
  stays: readonly DeployedObject[] = [],
): Promise<void> {
  const { steps, objects, number } = ledger.deployment;
  const after = new Map(
    steps.flatMap((step) => (isChange(step) && step.after ? [[keyText(step.operation.object), step.after]] : [])),
  );
  const held = objects.map((each) => ({ ...each, digest: after.get(keyText(each.object)) ?? each.digest }));
  const holds = [...stays, ...withWants(held, desired)];
  ledger.change({ state: 'done', finishedAt: who.now().toISOString(), objects: holds });
  await ledger.save();
  onEvent?.({ type: 'finished', number, state: 'done' });
}

async function takeAway(
  ledger: Ledger,
  index: number,
  step: ChangeStep,
  { types }: Surroundings,
): Promise<{ readonly text: string; readonly ours: boolean } | undefined> {
  const { object } = step.operation;
  const type = typeOf(types, object);
  const actual = await type.read(object.id);
  if (actual !== undefined) {
    if (sightOf(step, type, actual) !== 'before') return { text: 'changed by somebody else meanwhile', ours: false };
    const users = await usersOf(types, object);
    if (users.length > 0) return { text: `used by ${listed(users)}`, ours: true };
    const begun: ChangeStep = { ...step, state: 'begun', ...savedBody(type, actual) };
    ledger.changeStep(index, begun);
    await ledger.save();
    await type.remove(object);
    ledger.changeStep(index, { ...begun, state: 'done' });
  } else {
    ledger.changeStep(index, { ...step, state: 'done' });
  }
  return undefined;
}
