import { canonicalJson } from '../domain/canonical-json.ts';
import type { DeployedObject, Deployment, DeployOperation, DeployPlan } from '../domain/deployment.ts';
import { type DesiredObject, keyText } from '../domain/resource.ts';
import { safe } from '../domain/safe.ts';
import { parseReleaseName } from '../domain/tag.ts';
import { Failure } from '../errors.ts';
import type { ResourceTypes } from '../resources/resource.ts';
import { orderObjects } from './order.ts';
import { standingDeployments, standingOfLine } from './ownership.ts';
import { planObject } from './plan-object.ts';
import { throwRefusals } from './refusal.ts';
import { carriedObjects, planRemovals } from './removals.ts';
import type { Attention, DeployRequest, PlannedProof, TargetState } from './request.ts';

/** A plan, and what a person should know of it. */
export interface PlannedDeployment {
  readonly plan: DeployPlan;
  readonly attention: readonly Attention[];
}

/**
 * Plans what has to happen on a target. An object that is as wanted is kept, whoever put it there; kept foreign ones
 * are never ours, so nothing of ours ever changes or removes them. What is not ours and differs is refused without
 * `overwrite`; so is replacing, since it loses what an object has learnt. What the line's last deployment put there and
 * is not wanted any more goes at the end. A second run plans nothing.
 * @param types of the target: they compare, and say what a change takes; nothing is read
 * @throws Failure `target-foreign`, `target-unchangeable`, `target-used`, `downgrade-refused`, `objects-collide`,
 * `dependency-cycle`
 */
export function planDeployment(request: DeployRequest, state: TargetState, types: ResourceTypes): PlannedDeployment {
  const { action, target, family, prefix, release, digest } = request;
  const { deployments } = state;
  const installed = standingOfLine(deployments, request);
  requireUpgrade(request, installed);
  const standing = standingDeployments(deployments);
  const wanted = orderObjects(request.desired).map((desired) => planObject(request, state, standing, desired, types));
  const removals = planRemovals(request, state, types);
  throwRefusals([...wanted.flatMap((each) => each.refusal ?? []), ...removals.refusals]);

  const kept = [...removals.stays, ...wanted.flatMap((each) => each.operation ?? [])];
  const changes = [...kept, ...removals.operations].some((operation) => operation.do !== 'keep');
  const proven = changes ? withProofs(kept, request.proofs ?? []) : kept;
  const plan: DeployPlan = {
    version: 1,
    action,
    target,
    family,
    prefix,
    ...(release === undefined ? {} : { release }),
    ...(digest === undefined ? {} : { digest }),
    after: Math.max(0, ...deployments.map(({ number }) => number)),
    operations: [...proven, ...removals.operations],
    carried: carriedObjects(request, deployments),
  };
  const attention = [...wanted.flatMap((each) => each.attention ?? []), ...removals.attention];
  const standsSo = !changes && isStanding(plan, request.desired, installed);
  return { plan: standsSo ? { ...plan, standing: true } : plan, attention };
}

/** What the target holds of ours once a plan is applied. @param desired what says what releases say of it */
export function objectsAfter(
  { operations, carried }: Pick<DeployPlan, 'operations' | 'carried'>,
  desired: readonly DesiredObject[] = [],
): DeployedObject[] {
  const held = operations.flatMap((operation): DeployedObject[] => {
    if (operation.do === 'prove' || operation.do === 'remove') return [];
    if (operation.do === 'keep' && operation.foreign === true) return [];
    const { object, digest } = operation;
    return [{ object, digest }];
  });
  return [...carried, ...withWants(held, desired)];
}

/** Objects with what their release says of them, where people may make something else of it. */
export function withWants(held: readonly DeployedObject[], desired: readonly DesiredObject[]): DeployedObject[] {
  const wants = new Map(desired.map((object) => [keyText(object), object.wants]));
  return held.map((each) => {
    const wanted = wants.get(keyText(each.object));
    return wanted === undefined ? each : { ...each, wants: wanted };
  });
}

function withProofs(operations: readonly DeployOperation[], proofs: readonly PlannedProof[]): DeployOperation[] {
  const placed = proofs.map((proof) => {
    const keys = new Set(proof.objects.map(keyText));
    return { proof, after: operations.findLastIndex((each) => each.do !== 'prove' && keys.has(keyText(each.object))) };
  });
  const here = (index: number): DeployOperation[] =>
    placed.filter(({ after }) => after === index).map(({ proof }) => ({ do: 'prove', ...proof }));
  return [...operations.flatMap((operation, index) => [operation, ...here(index)]), ...here(-1)];
}

function requireUpgrade({ action, release, allowDowngrade }: DeployRequest, installed: Deployment | undefined): void {
  if (action !== 'deploy' || allowDowngrade === true) return;
  const [next, now] = [release, installed?.release].map((name) => parseReleaseName(name ?? ''));
  if (typeof next !== 'object' || typeof now !== 'object' || next.number >= now.number) return;
  throw new Failure(
    'downgrade-refused',
    `\`${safe(now.name)}\` is installed, and \`${safe(next.name)}\` came before it.`,
  );
}

/** Whether the journal's last word on the line is what a plan without changes would write there. */
function isStanding(plan: DeployPlan, desired: readonly DesiredObject[], installed: Deployment | undefined): boolean {
  const text = (objects: readonly DeployedObject[]): string =>
    objects
      .map(({ object, digest, wants }) => `${keyText(object)} ${digest} ${canonicalJson(wants ?? null)}`)
      .toSorted()
      .join('\n');
  const { release, digest, objects = [] } = installed ?? {};
  return release === plan.release && digest === plan.digest && text(objects) === text(objectsAfter(plan, desired));
}
