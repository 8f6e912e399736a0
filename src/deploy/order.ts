import { compareText } from '../domain/diagnostic.ts';
import { type DesiredObject, keyText, resourceTypes } from '../domain/resource.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';

/**
 * The order in which objects can be put on a target: what is needed before what needs it, otherwise by type (models
 * first, as `resourceTypes` has them) and id, so that equal bundles give equal plans. Removal is the same backwards.
 * What an object needs beyond the bundle stands on the target, or does not: that is no matter of order.
 * @throws Failure `objects-collide` (one key twice), `dependency-cycle`
 */
export function orderObjects(objects: readonly DesiredObject[]): DesiredObject[] {
  const waiting = byKey(objects);
  const ordered: DesiredObject[] = [];
  const sorted = objects.toSorted(compareObjects);
  while (waiting.size > 0) {
    const next = sorted.find((object) => waiting.has(keyText(object)) && needsOf(object, waiting).length === 0);
    if (next === undefined) throw cycle(waiting);
    waiting.delete(keyText(next));
    ordered.push(next);
  }
  return ordered;
}

function byKey(objects: readonly DesiredObject[]): Map<string, DesiredObject> {
  const found = new Map<string, DesiredObject>();
  for (const object of objects) {
    const other = found.get(keyText(object));
    if (other !== undefined) {
      const files = `\`${safe(other.file)}\` and \`${safe(object.file)}\``;
      throw new Failure('objects-collide', `${files} both are \`${safe(keyText(object))}\` on the target.`);
    }
    found.set(keyText(object), object);
  }
  return found;
}

function compareObjects(a: DesiredObject, b: DesiredObject): number {
  return resourceTypes.indexOf(a.type) - resourceTypes.indexOf(b.type) || compareText(a.id, b.id);
}

function needsOf({ dependsOn }: DesiredObject, waiting: ReadonlyMap<string, DesiredObject>): DesiredObject[] {
  return dependsOn.flatMap((key) => waiting.get(keyText(key)) ?? []);
}

/** Each object that waits needs one that waits: following the first of them comes round. */
function cycle(waiting: ReadonlyMap<string, DesiredObject>): Failure {
  const path: string[] = [];
  let [object] = waiting.values();
  while (object !== undefined && !path.includes(keyText(object))) {
    path.push(keyText(object));
    [object] = needsOf(object, waiting);
  }
  const first = object === undefined ? '' : keyText(object);
  const round = [...path.slice(path.indexOf(first)), first].map((key) => `\`${safe(key)}\``);
  return new Failure('dependency-cycle', `These need each other: ${round.join(' → ')}.`);
}
