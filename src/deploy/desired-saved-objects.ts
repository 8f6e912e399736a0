import type { Bundle, Entry } from '../domain/bundle.ts';
import { isArray, isObject, member, type ObjectValue, type Value } from '../domain/document.ts';
import { definitions } from '../domain/reference.ts';
import type { DesiredObject, ObjectKey } from '../domain/resource.ts';
import { savedObjectKey } from '../domain/saved-object-key.ts';
import { migrationVersions, savedObjectDigest } from '../formats/saved-object-digest.ts';
import { orderObjects } from './order.ts';

/** How the saved objects of a bundle are to stand on a target. */
interface SavedObjectOptions {
  /** Put before every id. */
  readonly prefix: string;
  /** Space of Kibana. */
  readonly space: string;
}

/** Types that may refer to each other in a circle, and can be put there before what they show. */
const circular = ['dashboard', 'links'];

/** Members of a line that are the object; the others are what a server wrote beside it. */
const own = ['attributes', 'references', ...migrationVersions];

/**
 * The saved objects of a bundle, each an object of its own, in an order in which Kibana takes them.
 * @throws Failure `objects-collide`
 */
export function desiredSavedObjects(bundle: Bundle, options: SavedObjectOptions): DesiredObject[] {
  const ids = new Set(definitions(bundle.graph.references, 'saved-object').map(({ id }) => id));
  const found = bundle.entries.flatMap((entry) => {
    const lines = isFile(bundle, entry) ? entry.document?.value : undefined;
    return (isArray(lines) ? lines : []).flatMap((line) => objectOf(line, entry.path, ids, options) ?? []);
  });
  return orderObjects(found);
}

function isFile({ kind }: Bundle, { role }: Entry): boolean {
  return kind?.roles.find(({ id }) => id === role)?.format === 'elastic-saved-objects';
}

function objectOf(
  line: Value,
  file: string,
  ids: ReadonlySet<string>,
  { prefix, space }: SavedObjectOptions,
): DesiredObject | undefined {
  const [type, id] = [member(line, 'type'), member(line, 'id')];
  if (!isObject(line) || typeof type !== 'string' || typeof id !== 'string') return undefined;
  const named = savedObjectKey({ space, type, id });
  const key = savedObjectKey({ space, type, id: `${prefix}${id}` });
  const dependsOn: ObjectKey[] = [];
  const listed = member(line, 'references');
  const references = (isArray(listed) ? listed : []).map((reference): Value => {
    const [to, target] = [member(reference, 'type'), member(reference, 'id')];
    if (!isObject(reference) || typeof to !== 'string' || typeof target !== 'string') return reference;
    if (!ids.has(`${to}/${target}`)) return reference;
    const final = `${prefix}${target}`;
    if (!circular.includes(to)) {
      dependsOn.push({ type: 'saved-object', id: savedObjectKey({ space, type: to, id: final }) });
    }
    return { ...reference, id: final };
  });
  const members = Object.entries(line).filter(([name]) => own.includes(name));
  const body: ObjectValue = { ...Object.fromEntries(members), references };
  const digest = savedObjectDigest(body);
  const object = { type: 'saved-object', id: key, body, digest, dependsOn, file, wants: body } as const;
  return key === named ? object : { ...object, named };
}
