import type { Bundle, Entry } from '../domain/bundle.ts';
import { isObject, member, type ObjectValue, type Value } from '../domain/document.ts';
import type { DesiredObject, ObjectKey, ResourceTypeId } from '../domain/resource.ts';
import { objectBody, objectDigest } from '../formats/object-body.ts';
import { orderObjects } from './order.ts';

/** Words of a wrapper's `type` (elastic.md §2.4). */
export const jobTypes: ReadonlyMap<string, ResourceTypeId> = new Map([
  ['anomaly_detection', 'job'],
  ['datafeed', 'datafeed'],
  ['data_frame_analytic', 'data-frame-analytics'],
]);

/** A configuration of machine learning, under the id that the bundle gives it. */
interface Source extends ObjectKey {
  readonly body: ObjectValue;
  readonly file: string;
}

/**
 * The jobs of bundles with their datafeeds, and their analytics, in an order in which they can be put on a target. A
 * datafeed that stands inside a job becomes an object of its own, as it is one on the server.
 * @param prefix put before every id
 * @throws Failure `objects-collide`
 */
export function desiredJobs(bundles: readonly Bundle[], prefix: string): DesiredObject[] {
  const sources = bundles.flatMap((bundle) => {
    return bundle.entries.flatMap((entry) => (isJobFile(bundle, entry) ? sourcesOf(entry) : []));
  });
  const own = new Set(sources.flatMap(({ type, id }) => (type === 'job' ? [id] : [])));
  return orderObjects(sources.map((source) => objectOf(source, own, prefix)));
}

function isJobFile({ kind }: Bundle, { role }: Entry): boolean {
  return kind?.roles.find(({ id }) => id === role)?.format === 'elastic-job';
}

function sourcesOf({ document, path }: Entry): Source[] {
  const wrapper = document?.value ?? null;
  const [id, word, body] = [member(wrapper, 'name'), member(wrapper, 'type'), objectBody('elastic-job', wrapper)];
  const type = typeof word === 'string' ? jobTypes.get(word) : undefined;
  if (type === undefined || typeof id !== 'string' || !isObject(body)) return [];
  const inner = type === 'job' ? member(body, 'datafeed_config') : undefined;
  if (!isObject(inner)) return [{ type, id, body, file: path }];
  const { datafeed_config: _, ...job } = body;
  const { datafeed_id: named, ...feed } = inner;
  const datafeed = {
    type: 'datafeed',
    id: typeof named === 'string' ? named : id,
    body: { ...feed, job_id: id },
  } as const;
  return [
    { type, id, body: job, file: path },
    { ...datafeed, file: path },
  ];
}

function objectOf({ type, id: named, body, file }: Source, own: ReadonlySet<string>, prefix: string): DesiredObject {
  const id = `${prefix}${named}`;
  const job = type === 'datafeed' ? member(body, 'job_id') : undefined;
  // A job that is not of these bundles keeps the id that it has on the target.
  const inside = typeof job === 'string' && own.has(job);
  const rendered: Value = inside && prefix !== '' ? { ...body, job_id: `${prefix}${job}` } : body;
  const dependsOn: ObjectKey[] = inside ? [{ type: 'job', id: `${prefix}${job}` }] : [];
  const digest = objectDigest('elastic-job', rendered);
  return { type, id, body: rendered, digest, dependsOn, file, ...(id === named ? {} : { named }) };
}
