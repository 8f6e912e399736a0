import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { isArray, isObject, member, type ObjectValue, type Value } from '../../domain/document.ts';
import type { ActualObject, DesiredObject } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { TargetClient } from '../http/client.ts';
import { type ConfigShape, configOf } from './config-likeness.ts';
import { markKey, unmarked } from './mark.ts';
import { atFile } from './refused.ts';

/** How the jobs of machine learning may be taken off. */
export interface StopOptions {
  /** Whether a person asked to stop or close by force what failed; never otherwise. */
  readonly force?: boolean;
}

/** One collection of machine learning in the API: where its objects stand, and how answers name them. */
export interface Collection {
  readonly path: readonly string[];
  /** Member of an answer with the list of configurations, and of their statistics. */
  readonly list: string;
  /** Member of a configuration with its id. */
  readonly key: string;
  /** State in which an object does nothing, and the action that brings it there. */
  readonly idle: 'closed' | 'stopped';
  readonly halt: '_close' | '_stop';
  /** Query parameters of that action, and of what creates or changes an object. */
  readonly halting?: Readonly<Record<string, string>>;
  readonly putting?: Readonly<Record<string, string>>;
}

/** Anomaly detection jobs, the datafeeds that feed them, and data-frame analytics. */
export const jobCollection: Collection = {
  path: ['_ml', 'anomaly_detectors'],
  list: 'jobs',
  key: 'job_id',
  idle: 'closed',
  halt: '_close',
};
export const datafeedCollection: Collection = {
  path: ['_ml', 'datafeeds'],
  list: 'datafeeds',
  key: 'datafeed_id',
  idle: 'stopped',
  halt: '_stop',
};
export const analyticsCollection: Collection = {
  path: ['_ml', 'data_frame', 'analytics'],
  list: 'data_frame_analytics',
  key: 'id',
  idle: 'stopped',
  halt: '_stop',
};

/** Ids of machine learning (elastic.md §6.1). `_all`, patterns and lists would reach every job. */
const idForm = /^[a-z0-9](?:[a-z0-9_.-]{0,62}[a-z0-9])?$/;

/** The path of one object. @throws Failure `target-invalid` for an id that cannot be one of machine learning */
function pathOf({ path }: Collection, id: string, ...action: readonly string[]): string[] {
  if (idForm.test(id)) return [...path, id, ...action];
  throw new Failure('target-invalid', `\`${safe(id)}\` cannot be the id of a job or transform.`, {
    help: 'An id has at most 64 lower-case letters, digits, hyphens, underscores and dots, and a letter or digit at both ends.',
  });
}

/** The entry of exactly this id in an answer: the name of a group of jobs is answered with all of its jobs. */
async function entryOf(client: TargetClient, collection: Collection, id: string, ...action: readonly string[]) {
  const { list, key } = collection;
  const { value } = await client.send({ method: 'GET', path: pathOf(collection, id, ...action) }, [404]);
  const found = member(value, list);
  const entry = isArray(found) ? found.find((each) => member(each, key) === id) : undefined;
  return isObject(entry) ? entry : undefined;
}

/** A configuration as the server has it; undefined where there is none. */
export function readConfig(client: TargetClient, collection: Collection, id: string): Promise<ObjectValue | undefined> {
  return entryOf(client, collection, id);
}

/** The ids of all anomaly detection jobs. */
export async function allJobs(client: TargetClient): Promise<string[]> {
  const { path, list, key } = jobCollection;
  const { value } = await client.send({ method: 'GET', path }, [404]);
  const jobs = member(value, list);
  return (isArray(jobs) ? jobs : []).map((job) => member(job, key)).filter((id) => typeof id === 'string');
}

/** The statistics of an object; undefined where there is none. */
export function statsOf(client: TargetClient, collection: Collection, id: string): Promise<ObjectValue | undefined> {
  return entryOf(client, collection, id, '_stats');
}

/** The state of an object (`opened`, `started`, …); undefined where there is none. */
export async function stateOf(client: TargetClient, collection: Collection, id: string): Promise<string | undefined> {
  const state = member(await statsOf(client, collection, id), 'state');
  return typeof state === 'string' ? state : undefined;
}

/** Does something with an object: `_open`, `_stop`. What is gone meanwhile is no failure. */
export async function act(
  client: TargetClient,
  collection: Collection,
  id: string,
  action: string,
  { force = false }: StopOptions = {},
): Promise<void> {
  const query = { ...(action === collection.halt ? collection.halting : {}), ...(force ? { force: 'true' } : {}) };
  await client.send({ method: 'POST', path: pathOf(collection, id, action), query }, [404]);
}

/** Stops or closes an object that does something; nothing where it is gone. */
export async function halt(
  client: TargetClient,
  collection: Collection,
  id: string,
  options: StopOptions,
): Promise<void> {
  const state = await stateOf(client, collection, id);
  if (state !== undefined && state !== collection.idle) await act(client, collection, id, collection.halt, options);
}

/** Changes members of an object. */
export async function change(client: TargetClient, collection: Collection, id: string, body: Value): Promise<void> {
  const { putting: query = {} } = collection;
  await client.send({ method: 'POST', path: pathOf(collection, id, '_update'), query, body: JSON.stringify(body) });
}

/** Takes an object away that does not run. Nothing where it is gone. */
export async function erase(client: TargetClient, collection: Collection, id: string): Promise<void> {
  await client.send({ method: 'DELETE', path: pathOf(collection, id) }, [404]);
}

/**
 * Puts an object where there is none.
 * @throws Failure `target-changed` where there is one by now: servers say so with 400 or 409, in words that tell it
 * from other refusals only sometimes, so they are asked
 */
export function create(client: TargetClient, collection: Collection, desired: DesiredObject, body: Value) {
  const { id } = desired;
  return atFile(desired, async () => {
    try {
      const { putting: query = {} } = collection;
      await client.send({ method: 'PUT', path: pathOf(collection, id), query, body: JSON.stringify(body) });
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'target-refused') throw error;
      if ((await readConfig(client, collection, id)) === undefined) throw error;
      throw new Failure('target-changed', `\`${safe(id)}\` was put there meanwhile. ${error.message}`);
    }
  });
}

/**
 * What stands there, with what runs of it beside the body: neither a difference nor part of the digest, but put back
 * with it.
 */
export function actualOf(shape: ConfigShape, config: ObjectValue, running: ObjectValue): ActualObject {
  const body = configOf(shape, config);
  const digest = createHash('sha256').update(canonicalJson(body)).digest('hex');
  const meta = member(config, '_meta');
  return { body: { ...body, _meta: { ...(isObject(meta) ? meta : {}), [markKey]: { running } } }, digest };
}

/** What ran when a body was read. */
export function runningOf(body: Value): Value | undefined {
  return member(member(member(body, '_meta'), markKey), 'running');
}

/** Something that was saved, as a bundle would want it. */
export function asDesired(key: Pick<DesiredObject, 'type' | 'id'>, body: Value): DesiredObject {
  return { ...key, body, digest: '', dependsOn: [], file: '' };
}

/** As it is sent: without its id, which stands in the address, and without what we noted beside it. */
export function unnoted({ server }: ConfigShape, body: Value): Value {
  return unmarked(without(body, server));
}

/** A body without some of its members. */
export function without(body: Value, names: readonly string[]): Value {
  if (!isObject(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}
