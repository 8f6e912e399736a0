import type { Deployment } from '../domain/deployment.ts';
import { type ActualObject, keyText, type ObjectKey } from '../domain/resource.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import { mapParallel } from '../publish/parallel.ts';
import type { ResourceType, ResourceTypes } from '../resources/resource.ts';
import { removalCandidates } from './removals.ts';
import type { DeployRequest, TargetState } from './request.ts';

/**
 * Reads what a request touches on the target, eight requests at once: an object each, and the users of what may go.
 * @throws Failure the client's; `internal` where the target has no such type
 */
export async function readTarget(
  types: ResourceTypes,
  deployments: readonly Deployment[],
  request: DeployRequest,
): Promise<TargetState> {
  const candidates = removalCandidates(request, deployments);
  const keys = new Map([...request.desired, ...candidates].map((key) => [keyText(key), key]));
  const actual = await readObjects(types, [...keys.values()]);
  const present = candidates.filter((key) => actual.has(keyText(key)));
  const users = await mapParallel(present, async (key): Promise<[string, readonly string[]]> => {
    return [keyText(key), await usersOf(types, key)];
  });
  return { deployments, actual, users: new Map(users) };
}

/** What stands under some keys, by `keyText`; without what is absent. */
export async function readObjects(
  types: ResourceTypes,
  keys: readonly ObjectKey[],
): Promise<ReadonlyMap<string, ActualObject>> {
  const found = await mapParallel(keys, async (key): Promise<[string, ActualObject | undefined]> => {
    return [keyText(key), await typeOf(types, key).read(key.id)];
  });
  return new Map(found.flatMap(([key, actual]) => (actual === undefined ? [] : [[key, actual]])));
}

/** Who uses an object; nobody where its type knows no users. */
export async function usersOf(types: ResourceTypes, key: ObjectKey): Promise<readonly string[]> {
  return (await typeOf(types, key).usedBy?.(key.id)) ?? [];
}

/** The type of an object. @throws Failure `internal` where the target has none */
export function typeOf(types: ResourceTypes, key: ObjectKey): ResourceType {
  const type = types.get(key.type);
  if (type !== undefined) return type;
  throw new Failure('internal', `\`${safe(keyText(key))}\` cannot be on this target: it has no such objects.`);
}
