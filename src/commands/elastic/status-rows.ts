import type { DeployedObject, Deployment } from '../../domain/deployment.ts';
import { member, type Value } from '../../domain/document.ts';
import { type ActualObject, keyText, type ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import type { ResourceTypes } from '../../resources/resource.ts';
import type { StatusRow } from './status-table.ts';

/** How the objects of a deployment stand beside what the journal says of them. */
export function rowsOf(
  deployment: Deployment,
  actual: ReadonlyMap<string, ActualObject>,
  types: ResourceTypes,
): StatusRow[] {
  const release = deployment.release ?? `deployment ${deployment.number}`;
  const own = deployment.objects.map((held): StatusRow => {
    const { object, digest, release: from = release } = held;
    const found = actual.get(keyText(object));
    if (found === undefined) return { object, release: from, state: 'missing' };
    const text = textOf(held, found, types);
    const state = found.digest === digest ? 'ok' : 'changed by hand';
    return { object, release: from, state, ...(text === '' ? {} : { text }) };
  });
  const others = foreignOf(deployment).map((object): StatusRow => {
    return { object, release, state: actual.has(keyText(object)) ? 'foreign' : 'missing' };
  });
  return [...own, ...others];
}

/** What the deployment uses and somebody else put there. */
export function foreignOf({ steps }: Deployment): ObjectKey[] {
  return steps.flatMap(({ operation }) => {
    return operation.do === 'keep' && operation.foreign === true ? [operation.object] : [];
  });
}

/** The name of what people may tune, whose id says little, and where it is not what its release says. */
function textOf({ object, wants }: DeployedObject, found: ActualObject, types: ResourceTypes): string {
  if (wants === undefined) return '';
  const wanted = { ...object, body: wants, digest: '', dependsOn: [], file: '' };
  const names = types.get(object.type)?.differing?.(wanted, found) ?? [];
  const tuned = names.map((name) => `${safe(name)} ${shown(member(wants, name))} → ${shown(member(found.body, name))}`);
  return [safe(String(member(found.body, 'name') ?? '')), tuned.join(', ')].filter((part) => part !== '').join(': ');
}

function shown(value: Value | undefined): string {
  return value === undefined ? 'absent' : safe(JSON.stringify(value), 40);
}
