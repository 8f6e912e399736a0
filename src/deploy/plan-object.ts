import type { Deployment, DeployOperation } from '../domain/deployment.ts';
import { type ActualObject, type DesiredObject, keyText } from '../domain/resource.ts';
import { safe } from '../domain/safe.ts';
import type { ResourceTypes } from '../resources/resource.ts';
import { holdersOf, isOfLine, ownershipOf } from './ownership.ts';
import { listed, nameOf, type Refusal } from './refusal.ts';
import type { Attention, DeployRequest, TargetState } from './request.ts';
import { typeOf } from './target-state.ts';

/** What happens to one object that is wanted. */
export interface PlannedObject {
  readonly operation?: DeployOperation;
  readonly attention?: Attention;
  readonly refusal?: Refusal;
}

/**
 * Compares what is wanted with what stands there. What is not ours and differs is refused without `overwrite`; so is
 * replacing, since it loses what an object has learnt.
 */
export function planObject(
  request: DeployRequest,
  { actual: found }: TargetState,
  standing: readonly Deployment[],
  desired: DesiredObject,
  types: ResourceTypes,
): PlannedObject {
  const { type: name, id, digest } = desired;
  const object = { type: name, id };
  const type = typeOf(types, object);
  const actual = found.get(keyText(object));
  if (actual === undefined) return { operation: { do: 'create', object, digest, requires: { absent: true } } };
  const ownership = ownershipOf(standing, object, actual.digest);
  if (type.equal(desired, actual)) {
    const operation = { do: 'keep', object, digest: actual.digest } as const;
    if (ownership !== 'foreign') return { operation };
    const text = 'is as wanted already, and stays somebody else’s';
    return { operation: { ...operation, foreign: true }, attention: { object, what: 'foreign', text } };
  }

  const why = strangeness(request, standing, desired, actual, type.tunable === true);
  const { overwrite = false } = request;
  if (why !== undefined && !overwrite) return { refusal: { code: 'target-foreign', object, why } };
  const change = type.change(desired, actual);
  const refused = (reason: string, help?: string): PlannedObject => ({
    refusal: { code: 'target-unchangeable', object, why: reason, ...(help === undefined ? {} : { help }) },
  });
  if (typeof change === 'object') return refused(safe(change.refuse));
  if (type.restorable?.(actual) === false) return refused('what stands there is too large to be saved first');
  if (change === 'replace' && !overwrite && type.remade !== true) {
    const names = type.differing?.(desired, actual) ?? [];
    const where = names.length === 0 ? '' : ` (it differs in ${listed(names)})`;
    return refused(
      `it can only be replaced${where}, and what it has learnt is lost then`,
      'Pass --overwrite to replace it.',
    );
  }
  const operation = { do: change, object, digest, requires: { digest: actual.digest } } as const;
  return why === undefined
    ? { operation }
    : { operation, attention: { object, what: 'overwritten', text: `${why}; saved` } };
}

/** Why an object that differs is not ours to change; undefined where it is. */
function strangeness(
  line: DeployRequest,
  standing: readonly Deployment[],
  key: DesiredObject,
  { digest }: ActualObject,
  tunable: boolean,
): string | undefined {
  const ownership = ownershipOf(standing, key, digest);
  if (ownership === 'foreign') return 'somebody else put another one there';
  const other = holdersOf(standing, key).find((deployment) => !isOfLine(deployment, line));
  if (other !== undefined) return `${nameOf(other)} holds another one`;
  const since = holdersOf(standing, key).map(nameOf)[0] ?? '';
  return ownership === 'ours' || tunable ? undefined : `changed by hand since ${since}`;
}
