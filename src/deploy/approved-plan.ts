import { canonicalJson } from '../domain/canonical-json.ts';
import type { Deployment, DeployPlan } from '../domain/deployment.ts';
import { isArray, isObject, member, type ObjectValue, type Value } from '../domain/document.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import { isOfLine } from './ownership.ts';
import { nameOf } from './refusal.ts';

/** A plan that was written down and that somebody agreed to: it is applied to the letter, or not at all. */
export interface ApprovedPlan {
  /** File that it was read from. */
  readonly file: string;
  /** Address of the target, without user information. */
  readonly target: string;
  /** Address of the Kibana that it is about, likewise; absent where it is about none. */
  readonly kibana?: string;
  /** Newest deployment of the journal when it was made. */
  readonly after: number;
  /** What it says, as `DeployPlan` has it. */
  readonly plan: ObjectValue;
}

const words: Readonly<Record<string, string>> = {
  keep: 'to be kept',
  create: 'to be added',
  update: 'to be changed',
  replace: 'to be replaced',
  remove: 'to be removed',
  prove: 'to be proven',
};

const help =
  'Nothing was changed. If nobody edited the file, the target or the release moved: plan anew with --dry-run --plan-out, and have that agreed to.';

/**
 * Whether the journal stands as it did when a plan was made. A deployment that was undone since changed nothing.
 * @returns the deployment that did all of it already; undefined where it is still to be done
 * @throws Failure `target-changed` where something else was deployed since, also after the plan itself
 */
export function appliedBefore(
  { after, file, plan }: ApprovedPlan,
  deployments: readonly Deployment[],
): Deployment | undefined {
  const newest = Math.max(0, ...deployments.map(({ number }) => number));
  if (after > newest) {
    const message = `The plan in ${safe(file)} was made behind deployment ${after}, and the newest here is ${newest}.`;
    throw new Failure('target-changed', message, { help });
  }
  const since = deployments
    .filter(({ number, state }) => number > after && state === 'done')
    .toSorted((a, b) => a.number - b.number);
  const [first, ...later] = since;
  if (first === undefined) return undefined;
  const does = canonicalJson(asValue(first.steps.map(({ operation }) => operation)));
  const same = (['action', 'family', 'prefix', 'release', 'digest'] as const).every(
    (key) => first[key] === member(plan, key),
  );
  const moved = same && does === canonicalJson(plan['operations'] ?? null) ? later : since;
  const other = moved.find((each) => moved === since || isOfLine(each, first));
  if (other === undefined) return first;
  throw new Failure('target-changed', `Since the plan in ${safe(file)} was made, ${nameOf(other)} was deployed.`, {
    help,
  });
}

/**
 * Holds what would be done now against what was agreed to.
 * @throws Failure `target-changed`, which names what differs
 */
export function requireApproved({ file, plan: agreed }: ApprovedPlan, plan: DeployPlan): void {
  const now = asValue({ ...plan, after: 0 });
  const then: ObjectValue = { ...agreed, after: 0 };
  if (!isObject(now) || canonicalJson(now) === canonicalJson(then)) return;
  const objects = changedObjects(then['operations'], now['operations']);
  const fields = ['action', 'target', 'family', 'prefix', 'release', 'digest', 'standing']
    .filter((key) => then[key] !== now[key])
    .map((key) => `${key}: ${said(then[key])} in the plan, ${said(now[key])} now`);
  const found = [...fields, ...objects];
  const shown = found.slice(0, 10);
  const more = found.length > shown.length ? [`and ${found.length - shown.length} more`] : [];
  const what = found.length === 0 ? ['its steps come in another order, or keep something else'] : [...shown, ...more];
  const message = `The plan in ${safe(file)} is not what would be done now: ${what.join('; ')}.`;
  throw new Failure('target-changed', message, { help });
}

function changedObjects(then: Value | undefined, now: Value | undefined): string[] {
  const [planned, wanted] = [byObject(then), byObject(now)];
  return [...new Set([...planned.keys(), ...wanted.keys()])].flatMap((key) => {
    const [old, fresh] = [planned.get(key), wanted.get(key)];
    if (old !== undefined && fresh !== undefined && canonicalJson(old) === canonicalJson(fresh)) return [];
    return [`\`${safe(key)}\`: ${difference(old, fresh)}`];
  });
}

function difference(old: Value | undefined, fresh: Value | undefined): string {
  const [planned, wanted] = [old, fresh].map((each) => words[textOf(member(each, 'do'))] ?? 'not mentioned');
  if (planned !== wanted) return `${planned} in the plan, ${wanted} now`;
  const stands = (each: Value | undefined): string => canonicalJson(member(each, 'requires') ?? null);
  return stands(old) === stands(fresh) ? 'another body in the plan' : 'changed on the target since';
}

function byObject(operations: Value | undefined): Map<string, Value> {
  const list = isArray(operations) ? operations : [];
  return new Map(
    list.map((operation) => {
      const object = member(operation, 'object');
      const name = object === undefined ? member(operation, 'proof') : undefined;
      return [
        name === undefined ? `${textOf(member(object, 'type'))}/${textOf(member(object, 'id'))}` : textOf(name),
        operation,
      ];
    }),
  );
}

function said(value: Value | undefined): string {
  return value === undefined ? 'nothing' : `\`${safe(textOf(value))}\``;
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : canonicalJson(value ?? null);
}

/** A value of ours as it is after it was written and read. */
function asValue(value: unknown): Value {
  return JSON.parse(JSON.stringify(value));
}
