import type { Bundle, Entry } from '../domain/bundle.ts';
import { member, type Value } from '../domain/document.ts';
import { definitions, type Reference, type Space, uses } from '../domain/reference.ts';
import { render } from '../domain/render.ts';
import { type DesiredObject, type ObjectKey, type ResourceTypeId, resourceTypes } from '../domain/resource.ts';
import { holdsObject, type ObjectFormat, objectBody, objectDigest } from '../formats/object-body.ts';
import { aggregationContext } from '../formats/references/transform.ts';
import { desiredJobs } from './desired-jobs.ts';
import { orderObjects } from './order.ts';

/** How the ids of a bundle become those of a target. */
export interface Naming {
  /** Put before every id; empty for none. */
  readonly prefix: string;
  /**
   * What the line has on the target now: an object that differs from it gets an id of its own, so that what stands there
   * serves until the switch (design.md §7.7). None before the first installation: then ids are the bundle's.
   */
  readonly standing: readonly { readonly object: ObjectKey; readonly digest: string }[];
}

/** A definition of the bundle with the body that its file holds. */
interface Source {
  readonly type: ResourceTypeId;
  readonly id: string;
  readonly format: ObjectFormat;
  readonly entry: Entry;
  readonly body: Value;
  readonly uses: readonly Reference[];
  /** All of the bundle. */
  readonly references: readonly Reference[];
  /** Used from outside: its id is what others point at, and stays. */
  readonly entryPoint: boolean;
}

const spaceOf: Readonly<Partial<Record<ResourceTypeId, Space>>> = {
  model: 'model',
  script: 'script',
  'enrich-policy': 'enrich-policy',
  pipeline: 'pipeline',
  transform: 'transform',
};

/** Types whose objects are replaced by new ones beside them; a model is never changed, and its id says which it is. */
const versioned: readonly ResourceTypeId[] = ['script', 'enrich-policy', 'pipeline'];

/**
 * What a bundle wants on an Elasticsearch: models, scripts, enrich policies, pipelines, transforms, then its jobs, in an
 * order in which they can be put there.
 * @returns objects with their final ids; bodies refer to each other by those
 * @throws Failure `dependency-cycle`, `objects-collide`
 */
export function desiredOf(bundle: Bundle, { prefix, standing }: Naming): DesiredObject[] {
  const sources = bundle.entries.flatMap((entry) => sourceOf(bundle, entry) ?? []);
  const plain = orderObjects(sources.map((source) => objectOf(source, source.id, sources, new Map())));
  const finals = new Map<string, string>();
  const desired: DesiredObject[] = [];
  for (const { type, id } of plain) {
    const source = sources.find((candidate) => candidate.type === type && candidate.id === id);
    if (source === undefined) continue;
    // Its own id is known last, since the digest that decides it is that of the body with the ids of all others.
    const usual = `${prefix}${id}`;
    const object = objectOf(source, usual, sources, finals);
    const final = source.entryPoint || !versioned.includes(type) ? usual : finalId(object, usual, standing);
    finals.set(`${type}/${id}`, final);
    desired.push({ ...object, id: final, ...(final === id ? {} : { named: id }) });
  }
  return [...desired, ...desiredJobs([bundle], prefix)];
}

/** The id under which an object stands already, else the usual one where that is free, else one with its digest. */
function finalId({ type, digest }: DesiredObject, usual: string, standing: Naming['standing']): string {
  const own = standing.filter(({ object }) => object.type === type && stemOf(object.id) === usual);
  const same = own.find((held) => held.digest === digest);
  if (same !== undefined) return same.object.id;
  return own.length === 0 ? usual : `${usual}__${digest.slice(0, 8)}`;
}

/** An id without the version that an update gave it. */
export function stemOf(id: string): string {
  return id.replace(/__[\da-f]{8}$/, '');
}

function sourceOf(bundle: Bundle, entry: Entry): Source | undefined {
  const role = bundle.kind?.roles.find(({ id }) => id === entry.role);
  if (role === undefined || entry.document === undefined || !holdsObject(role.format)) return undefined;
  const body = objectBody(role.format, entry.document.value, entry.openedDefinition);
  const { references } = bundle.graph;
  for (const type of resourceTypes) {
    const space = spaceOf[type];
    const defined = space && definitions(references, space).find(({ at }) => at.file === entry.path);
    if (space === undefined || defined === undefined || body === undefined) continue;
    const used = Object.values(spaceOf).flatMap((each) => uses(references, each));
    return {
      type,
      id: defined.id,
      format: role.format,
      entry,
      body: withoutId(type, body),
      references,
      uses: used.filter(({ at }) => at.file === entry.path),
      entryPoint: defined.entryPoint === true && !isPart(references, defined),
    };
  }
  return undefined;
}

/** Whether an object serves another of its own kind: a pipeline that a pipeline of the bundle calls. */
function isPart(references: readonly Reference[], { space, id }: Reference): boolean {
  const own = new Set(definitions(references, space).map(({ at }) => at.file));
  return uses(references, space).some((use) => use.id === id && own.has(use.at.file));
}

/** The id of a model stands in the address of its request; in the body it could only contradict it. */
function withoutId(type: ResourceTypeId, body: Value): Value {
  if (type !== 'model' || member(body, 'model_id') === undefined) return body;
  return Object.fromEntries(Object.entries(body as object).filter(([key]) => key !== 'model_id'));
}

/** @param finals final ids by `type/id` of what was ordered before it; ids that are not known yet stay */
function objectOf(
  source: Source,
  id: string,
  sources: readonly Source[],
  finals: ReadonlyMap<string, string>,
): DesiredObject {
  const dependsOn: ObjectKey[] = [];
  const texts = new Map<string, string>();
  for (const { space, id: used, at } of source.uses) {
    const target = sources.find((candidate) => spaceOf[candidate.type] === space && candidate.id === used);
    if (target === undefined) continue;
    const final = finals.get(`${target.type}/${used}`) ?? used;
    dependsOn.push({ type: target.type, id: final });
    if (at.pointer !== undefined && final !== used) texts.set(at.pointer, final);
  }
  for (const filled of fillersOf(source, sources)) {
    dependsOn.push({ type: 'transform', id: finals.get(`transform/${filled.id}`) ?? filled.id });
  }
  const body = render(source.body, texts);
  const digest = objectDigest(source.format, body);
  const context = source.type === 'script' ? contextOf(source.id, sources) : undefined;
  const object = { type: source.type, id, body, digest, dependsOn, file: source.entry.path };
  return context === undefined ? object : { ...object, context };
}

/** The transforms that fill an index which this one reads. */
function fillersOf({ type, entry, references }: Source, sources: readonly Source[]): Source[] {
  if (type !== 'transform') return [];
  const read = uses(references, 'index').filter(({ at }) => at.file === entry.path);
  const files = read.flatMap(({ id }) => definitions(references, 'index').filter((each) => each.id === id));
  return sources.filter((each) => each.type === 'transform' && files.some(({ at }) => at.file === each.entry.path));
}

/** The context in which a script is compiled, where it is not `ingest` alone; '' where there is no single one. */
function contextOf(script: string, sources: readonly Source[]): string | undefined {
  const contexts = new Set(
    sources.flatMap(({ type, uses: used }) => {
      const calls = used.filter(({ space, id }) => space === 'script' && id === script);
      return calls.map(({ at }) => (type === 'pipeline' ? 'ingest' : (aggregationContext(at.pointer ?? '') ?? '')));
    }),
  );
  const [only = 'ingest', ...others] = contexts;
  if (others.length > 0) return '';
  return only === 'ingest' ? undefined : only;
}
