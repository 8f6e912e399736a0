import type { Value } from '../domain/document.ts';
import { isArray, isObject } from '../domain/document.ts';
import { type ActualObject, type DesiredObject, keyText } from '../domain/resource.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import type { ResourceType } from '../resources/resource.ts';
import type { Execution } from './execution.ts';
import type { Ledger } from './ledger.ts';
import { type ChangeStep, type Sight, savedBody, sightOf } from './look.ts';
import { listed } from './refusal.ts';
import { typeOf, usersOf } from './target-state.ts';

/** Strings and numbers of a body that goes into the journal; a model's definition is far more, and its digest tells it. */
const smallBody = 2_000;

/**
 * Does one step: its beginning is written down first (with what stood there), then its precondition is looked at again,
 * then it is done and read back. That it is done is written down with the next step's beginning. A step that was begun
 * by a process that died is looked at first: it may have had its effect.
 * @throws Failure `target-changed`, `target-used`, `target-differs`, the journal's, the type's
 */
export async function perform(ledger: Ledger, index: number, step: ChangeStep, execution: Execution): Promise<void> {
  const { operation } = step;
  const type = typeOf(execution.types, operation.object);
  const read = (): Promise<ActualObject | undefined> => type.read(operation.object.id);
  let begun = step;
  let actual: ActualObject | undefined;
  if (step.state === 'begun') {
    actual = await read();
    const sight = sightOf(step, type, actual);
    if (sight === aim(step)) {
      await resume(type, step);
      return done(ledger, index, step, actual);
    }
    // A replacement may have been stopped half-way: then nothing stands there.
    if (sight !== 'before' && (sight !== 'absent' || operation.do === 'update')) throw changed(step);
  } else {
    const before = operation.do === 'create' ? undefined : await read();
    if (operation.do !== 'create') requireUnchanged(step, type, before);
    begun = begunStep(step, type, before, execution);
    ledger.changeStep(index, begun);
    actual = await ahead(ledger, index, step, async () => {
      if (operation.do === 'create' && type.exclusive === true) return undefined;
      const found = await read();
      requireUnchanged(begun, type, found);
      if (operation.do === 'remove') await requireUnused(execution, begun);
      return found;
    });
  }
  try {
    await act(type, begun, execution, actual);
  } catch (error) {
    // The server refused what somebody else had put there by then: that is theirs, and not to be undone.
    const refused = error instanceof Failure && error.code === 'target-changed';
    if (refused && operation.do === 'create') ledger.changeStep(index, step);
    throw error;
  }
  const found = await read();
  requireEffect(begun, type, found, execution);
  await resume(type, begun);
  done(ledger, index, begun, found);
}

/** Saves a beginning; where that or the look after it fails, the step was not tried: there is nothing to undo. */
async function ahead<T>(ledger: Ledger, index: number, step: ChangeStep, look: () => Promise<T>): Promise<T> {
  try {
    await ledger.save();
    return await look();
  } catch (error) {
    ledger.changeStep(index, step);
    throw error;
  }
}

/** Sets going again what ran before a change. */
async function resume(type: ResourceType, { operation, before }: ChangeStep): Promise<void> {
  if (operation.do !== 'remove' && before !== undefined) await type.resume?.(operation.object, before);
}

function done(ledger: Ledger, index: number, step: ChangeStep, actual: ActualObject | undefined): void {
  const { wanted, ...rest } = step;
  // What was read back says it exactly; the body would only be written again at every step that is left.
  const known = actual === undefined ? (wanted === undefined ? {} : { wanted }) : { after: actual.digest };
  ledger.changeStep(index, { ...rest, state: 'done', ...known });
}

function aim({ operation }: ChangeStep): Sight {
  return operation.do === 'remove' ? 'absent' : 'wanted';
}

function begunStep(
  step: ChangeStep,
  type: ResourceType,
  before: ActualObject | undefined,
  execution: Execution,
): ChangeStep {
  const { operation } = step;
  const saved = before === undefined ? {} : savedBody(type, before);
  if (operation.do === 'remove') return { ...step, state: 'begun', ...saved };
  const { body } = desiredOf(execution, operation);
  return { ...step, state: 'begun', ...saved, ...(leaves(body, smallBody) > 0 ? { wanted: body } : {}) };
}

/** How many more leaves than a value has would still be few; 0 or less where it has too many. */
function leaves(value: Value, room: number): number {
  if (!isArray(value) && !isObject(value)) return room - (typeof value === 'string' ? 1 + value.length / 50 : 1);
  let left = room;
  for (const part of Object.values(value)) {
    left = leaves(part, left - 1);
    if (left <= 0) return left;
  }
  return left;
}

async function act(
  type: ResourceType,
  { operation }: ChangeStep,
  execution: Execution,
  actual: ActualObject | undefined,
): Promise<void> {
  if (operation.do === 'remove') return await type.remove(operation.object);
  const desired = desiredOf(execution, operation);
  if (operation.do !== 'update') {
    if (operation.do === 'replace' && actual !== undefined) {
      if (type.replace !== undefined) return await type.replace(desired);
      await type.remove(operation.object);
    }
    return await type.create(desired);
  }
  if (type.update === undefined || actual === undefined) {
    throw new Failure('internal', `\`${safe(keyText(operation.object))}\` cannot be changed in place.`);
  }
  await type.update(desired, actual);
}

/** The body of an operation. @throws Failure `target-changed` where the plan was made for another one */
export function desiredOf(
  { desired }: Execution,
  { object, digest }: { readonly object: { readonly type: string; readonly id: string }; readonly digest: string },
): DesiredObject {
  const found = desired.find(({ type, id }) => type === object.type && id === object.id);
  if (found?.digest === digest) return found;
  throw new Failure('target-changed', `\`${safe(`${object.type}/${object.id}`)}\` is not the one that was planned.`);
}

function requireUnchanged(step: ChangeStep, type: ResourceType, actual: ActualObject | undefined): void {
  const sight = sightOf(step, type, actual);
  if (sight !== (step.operation.do === 'create' ? 'absent' : 'before')) throw changed(step);
}

function changed({ operation }: ChangeStep): Failure {
  const what = operation.do === 'create' ? 'was put there' : 'was changed';
  return new Failure('target-changed', `\`${safe(keyText(operation.object))}\` ${what} since the plan was made.`);
}

async function requireUnused(execution: Execution, { operation }: ChangeStep): Promise<void> {
  const users = await usersOf(execution.types, operation.object);
  if (users.length === 0) return;
  throw new Failure('target-used', `\`${safe(keyText(operation.object))}\` is used by ${listed(users)}.`);
}

function requireEffect(
  { operation }: ChangeStep,
  type: ResourceType,
  actual: ActualObject | undefined,
  execution: Execution,
): void {
  const name = `\`${safe(keyText(operation.object))}\``;
  if (operation.do === 'remove') {
    if (actual !== undefined) throw new Failure('target-differs', `${name} is still there after it was removed.`);
  } else if (actual === undefined || !isEffect(type, desiredOf(execution, operation), actual)) {
    throw new Failure('target-differs', `${name} does not read back as it was sent.`);
  }
}

function isEffect(type: ResourceType, desired: DesiredObject, actual: ActualObject): boolean {
  return type.equal(desired, actual) || type.made?.(desired, actual) === true;
}
