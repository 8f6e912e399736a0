import type { DeployedObject, Deployment, DeployOperation } from '../domain/deployment.ts';
import { type ActualObject, keyText, type ObjectKey, resourceTypes } from '../domain/resource.ts';
import type { ResourceTypes } from '../resources/resource.ts';
import { holdersOf, isOfLine, ownershipOf, standingDeployments, standingOfLine } from './ownership.ts';
import { listed, nameOf, type Refusal } from './refusal.ts';
import type { Attention, DeployRequest, TargetState } from './request.ts';

/** What becomes of objects that are not wanted any more. */
export interface Removals {
  readonly operations: readonly DeployOperation[];
  /** What stays since somebody uses it, and stays ours. */
  readonly stays: readonly DeployOperation[];
  readonly attention: readonly Attention[];
  readonly refusals: readonly Refusal[];
}

/**
 * What a request may take away, in the order of removal: what a person named (what rests on others first), then what the
 * line's last deployment put there last, and so on backwards.
 */
export function removalCandidates(request: DeployRequest, deployments: readonly Deployment[]): ObjectKey[] {
  const { desired, named = [], selects = () => true } = request;
  const wanted = new Set(desired.map(keyText));
  const held = standingOfLine(deployments, request)?.objects.map(({ object }) => object) ?? [];
  const left = held.toReversed().filter((key) => selects(key) && !wanted.has(keyText(key)));
  const known = new Set(left.map(keyText));
  const others = named.filter((key) => !known.has(keyText(key)) && !wanted.has(keyText(key)));
  return [...others.toSorted((a, b) => resourceTypes.indexOf(b.type) - resourceTypes.indexOf(a.type)), ...left];
}

/** What of the line's last deployment a request is not about, with the release that it came from. */
export function carriedObjects(request: DeployRequest, deployments: readonly Deployment[]): DeployedObject[] {
  const { desired, named = [], selects = () => true } = request;
  const touched = new Set([...desired, ...named].map(keyText));
  const { objects = [], release } = standingOfLine(deployments, request) ?? {};
  return objects
    .filter(({ object }) => !selects(object) && !touched.has(keyText(object)))
    .map((each) => ({ ...(release === undefined || release === request.release ? {} : { release }), ...each }));
}

/** Plans the end of what is not wanted any more: only ours goes, and only when nobody else has or uses it. */
export function planRemovals(request: DeployRequest, state: TargetState, types: ResourceTypes): Removals {
  const standing = standingDeployments(state.deployments);
  const going = new Set<string>();
  const fates = removalCandidates(request, state.deployments).map((object): Fate => {
    const actual = state.actual.get(keyText(object));
    if (actual === undefined) return { attention: { object, what: 'gone', text: 'is gone already' } };
    const users = outsiders(request, object, state.users.get(keyText(object)) ?? [], going);
    const fate = fateOf(request, object, actual, foreignness(request, standing, object, actual), users);
    if (fate.removal !== undefined) going.add(keyText(object));
    return fate;
  });
  const removals = fates.flatMap(({ removal }) => removal ?? []);
  // What cannot be put back goes last: until then everything can be undone.
  const lasts = removals.filter(({ object }) => {
    const actual = state.actual.get(keyText(object));
    return actual !== undefined && types.get(object.type)?.restorable?.(actual) === false;
  });
  return {
    operations: [...removals.filter((removal) => !lasts.includes(removal)), ...lasts],
    stays: fates.flatMap(({ stay }) => stay ?? []).toReversed(),
    attention: fates.flatMap(({ attention }) => attention ?? []),
    refusals: fates.flatMap(({ refusal }) => refusal ?? []),
  };
}

type Removal = Extract<DeployOperation, { do: 'remove' }>;

/** What becomes of one object: it goes, or stays and is ours, or only stays. */
interface Fate {
  readonly removal?: Removal;
  readonly stay?: DeployOperation;
  readonly attention?: Attention;
  readonly refusal?: Refusal;
}

/** @param foreign why it may not simply be taken away @param users who will still use it when it is to go */
function fateOf(
  request: DeployRequest,
  object: ObjectKey,
  { digest }: ActualObject,
  foreign: Attention | undefined,
  users: readonly string[],
): Fate {
  const named = request.named?.some((key) => keyText(key) === keyText(object)) === true;
  if (foreign !== undefined) {
    // --overwrite is about what was ours once, or was named: never about what others merely have beside us.
    const may = request.overwrite === true && (named || foreign.what === 'changed');
    if (!may && named) return { refusal: { code: 'target-foreign', object, why: foreign.text } };
    if (!may) return { attention: { ...foreign, text: `stays: ${foreign.text}` } };
  }
  const used = `used by ${listed(users)}`;
  if (users.length > 0 && (named || (request.action === 'undeploy' && !users.every(isKeyText)))) {
    return { refusal: { code: 'target-used', object, why: used } };
  }
  if (users.length > 0) {
    return { stay: { do: 'keep', object, digest }, attention: { object, what: 'used', text: `stays: ${used}` } };
  }
  const removal: Removal = { do: 'remove', object, requires: { digest } };
  if (foreign === undefined) return { removal };
  return { removal, attention: { object, what: 'overwritten', text: `${foreign.text}; saved` } };
}

/** Why an object may not simply be taken away; undefined where it is ours alone. */
function foreignness(
  request: DeployRequest,
  standing: readonly Deployment[],
  object: ObjectKey,
  { digest }: ActualObject,
): Attention | undefined {
  const ownership = ownershipOf(standing, object, digest);
  if (ownership === 'foreign') return { object, what: 'foreign', text: 'the journal does not know it' };
  const other = holdersOf(standing, object).find((deployment) => !isOfLine(deployment, request));
  if (other !== undefined) return { object, what: 'shared', text: `${nameOf(other)} has it too` };
  if (ownership === 'ours') return undefined;
  const since = holdersOf(standing, object).map(nameOf)[0] ?? '';
  return { object, what: 'changed', text: `changed by hand since ${since}` };
}

/** Users that will still use it when it is to go: not what goes before it, nor what no longer refers to it then. */
function outsiders(
  { desired }: DeployRequest,
  object: ObjectKey,
  users: readonly string[],
  going: ReadonlySet<string>,
): string[] {
  return users.filter((user) => {
    const after = desired.find((candidate) => keyText(candidate) === user);
    if (after !== undefined) return after.dependsOn.some((key) => keyText(key) === keyText(object));
    return !going.has(user);
  });
}

function isKeyText(user: string): boolean {
  return resourceTypes.some((type) => user.startsWith(`${type}/`));
}
