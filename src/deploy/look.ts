import type { DeployOperation, JournalStep } from '../domain/deployment.ts';
import type { ActualObject, ObjectKey } from '../domain/resource.ts';
import type { ResourceType } from '../resources/resource.ts';

/** An operation that changes something. */
type Change = Exclude<DeployOperation, { do: 'keep' | 'prove' }>;

/** A step with such an operation. */
export type ChangeStep = JournalStep & { readonly operation: Change };

/** Whether a step changes something. */
export function isChange(step: JournalStep): step is ChangeStep {
  return step.operation.do !== 'keep' && step.operation.do !== 'prove';
}

/** What stands where a step works: what stood there before it, what it wants, nothing, or something else. */
export type Sight = 'absent' | 'before' | 'wanted' | 'other';

/**
 * Tells what a look at the target shows. `absent` is what a `create` finds before it and a `remove` leaves; a `replace`
 * that was stopped half-way leaves it too.
 */
export function sightOf(step: ChangeStep, type: ResourceType, actual: ActualObject | undefined): Sight {
  const { operation } = step;
  if (actual === undefined) return 'absent';
  if (operation.do !== 'create' && actual.digest === operation.requires.digest) return 'before';
  if (operation.do === 'remove') return 'other';
  return isWanted(step, operation.object, operation.digest, type, actual) ? 'wanted' : 'other';
}

// A digest that was read back says it exactly; before that, the type may know its own body in what the server made of it.
function isWanted(
  { after, wanted }: JournalStep,
  key: ObjectKey,
  digest: string,
  type: ResourceType,
  actual: ActualObject,
): boolean {
  if (after !== undefined) return actual.digest === after;
  if (actual.digest === digest) return true;
  if (wanted === undefined) return false;
  const sent = { ...key, body: wanted, digest, dependsOn: [], file: '' };
  return type.equal(sent, actual) || type.made?.(sent, actual) === true;
}

/** What the journal keeps of something that is about to be changed or taken away. */
export function savedBody(type: ResourceType, actual: ActualObject): Pick<JournalStep, 'before'> {
  return type.restorable?.(actual) === false ? {} : { before: actual.body };
}
