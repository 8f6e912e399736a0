import { isArray, member, type ObjectValue, type Value } from '../../domain/document.ts';
import type { ActualObject, DesiredObject } from '../../domain/resource.ts';
import type { TargetClient } from '../http/client.ts';
import type { ResourceType } from '../resource.ts';
import { type ConfigShape, configOf, differences } from './config-likeness.ts';
import type { Elasticsearch } from './elasticsearch.ts';
import { eachHealth } from './health.ts';
import {
  act,
  actualOf,
  asDesired,
  change,
  create,
  datafeedCollection,
  erase,
  halt,
  jobCollection,
  readConfig,
  runningOf,
  type StopOptions,
  stateOf,
  without,
} from './learning.ts';
import { datafeedHealth } from './learning-health.ts';

const shape: ConfigShape = {
  server: ['datafeed_id', 'authorization', 'create_time', 'headers'],
  renamed: { indexes: 'indices', aggs: 'aggregations' },
  whole: ['query', 'aggregations', 'runtime_mappings'],
  bare: ['query', 'aggregations', 'runtime_mappings', 'script_fields', 'frequency', 'max_empty_searches'],
};

/** A server without these uses all of what it finds: they can be changed and not taken out again. */
const lasting = ['job_id', ...shape.bare.filter((name) => name !== 'query')];

/**
 * Datafeeds. All of a datafeed can be changed while it is stopped; what the API cannot change is put anew, since a
 * datafeed has learnt nothing: how far it came, its job knows.
 */
export function datafeeds({ client }: Elasticsearch, options: StopOptions = {}): ResourceType {
  const put = (desired: DesiredObject) => create(client, datafeedCollection, desired, plain(desired.body));

  const stop = (id: string): Promise<void> => halt(client, datafeedCollection, id, options);

  async function alter(desired: DesiredObject, standing: Value): Promise<void> {
    const { id } = desired;
    const [wanted, actual] = [configOf(shape, desired.body), configOf(shape, standing)];
    const names = differences(shape, wanted, actual);
    if (names.length === 0) return;
    await stop(id);
    if (names.some((name) => name === 'job_id' || (lasting.includes(name) && member(wanted, name) === undefined))) {
      await erase(client, datafeedCollection, id);
      return await put(desired);
    }
    const everything: Value = { match_all: {} };
    const body = Object.fromEntries(names.map((name) => [name, wanted[name] ?? everything]));
    await change(client, datafeedCollection, id, body);
  }

  async function resume(id: string, before: Value): Promise<void> {
    const job = member(before, 'job_id');
    if (member(runningOf(before), 'state') !== 'started' || typeof job !== 'string') return;
    // What its job did meanwhile (it may have failed) is nothing that could be put back.
    if ((await stateOf(client, jobCollection, job)) === 'opened') await startDatafeed(client, id);
  }

  const differing = (desired: DesiredObject, actual: ActualObject) =>
    differences(shape, configOf(shape, desired.body), configOf(shape, actual.body));

  return {
    type: 'datafeed',
    async read(id) {
      const config = await readConfig(client, datafeedCollection, id);
      if (config === undefined) return undefined;
      return actualOf(shape, config, { state: (await stateOf(client, datafeedCollection, id)) ?? 'stopped' });
    },
    equal: (desired, actual) => differing(desired, actual).length === 0,
    differing,
    change: () => 'update',
    create: put,
    update: (desired, before) => alter(desired, before.body),
    async remove({ id }) {
      await stop(id);
      await erase(client, datafeedCollection, id);
    },
    async restore(key, before) {
      const standing = await readConfig(client, datafeedCollection, key.id);
      if (standing === undefined) await put(asDesired(key, before));
      else await alter(asDesired(key, before), standing);
      await resume(key.id, before);
    },
    resume: ({ id }, before) => resume(id, before),
    health: (ids) => eachHealth(ids, (id) => datafeedHealth(client, id)),
  };
}

/** The datafeeds of a job with their configurations. A job has one; a server is not trusted to know that. */
export async function datafeedsOf(client: TargetClient, job: string): Promise<[id: string, config: ObjectValue][]> {
  const { path, list, key } = datafeedCollection;
  const { value } = await client.send({ method: 'GET', path }, [404]);
  const all = member(value, list);
  return (isArray(all) ? all : []).flatMap((config): [string, ObjectValue][] => {
    const id = member(config, key);
    return typeof id === 'string' && member(config, 'job_id') === job ? [[id, config as ObjectValue]] : [];
  });
}

/** Starts a datafeed that does not run: where it stopped, or with the first document that there is. */
export async function startDatafeed(client: TargetClient, id: string): Promise<boolean> {
  if ((await stateOf(client, datafeedCollection, id)) !== 'stopped') return false;
  await act(client, datafeedCollection, id, '_start');
  return true;
}

/** As it is sent: without its id, which stands in the address, and without `_meta`, which datafeeds do not have. */
function plain(body: Value): Value {
  return without(body, [...shape.server, '_meta']);
}
