import { isObject, member, type Value } from '../../domain/document.ts';
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
  type Collection,
  change,
  create,
  erase,
  halt,
  readConfig,
  runningOf,
  type StopOptions,
  stateOf,
  statsOf,
  unnoted,
} from './learning.ts';
import { transformHealth } from './transform-health.ts';

const collection: Collection = {
  path: ['_transform'],
  list: 'transforms',
  key: 'id',
  idle: 'stopped',
  halt: '_stop',
  // Without it the answer comes before the end, and what still runs is not deleted.
  halting: { wait_for_completion: 'true' },
  // What a transform reads may come later: from another transform, or with the first documents.
  putting: { defer_validation: 'true' },
};

const shape: ConfigShape = {
  server: ['id', 'authorization', 'create_time', 'headers', 'version'],
  whole: ['query', 'aggregations', 'runtime_mappings'],
  bare: ['description', 'pipeline', 'query', 'retention_policy', 'runtime_mappings', 'sync'],
};

/** Members that `_update` takes, and what it is sent for one that is not wanted any more. */
const updatable: Readonly<Record<string, Value | undefined>> = {
  description: '',
  dest: undefined,
  frequency: '1m',
  settings: undefined,
  source: undefined,
};

/** States in which it is at work. */
const working = ['started', 'indexing', 'waiting'];

/**
 * Transforms: what reads indices and fills another one, which stays when they go. What `_update` cannot change is put
 * anew: it goes through its source from the start then, and writes the same documents again.
 */
export function transforms({ client }: Elasticsearch, options: StopOptions = {}): ResourceType {
  const put = (desired: DesiredObject) => create(client, collection, desired, unnoted(shape, desired.body));

  const stop = (id: string): Promise<void> => halt(client, collection, id, options);

  async function alter({ id, body }: DesiredObject, standing: Value): Promise<void> {
    const wanted = configured(body);
    const names = differences(shape, wanted, configured(standing));
    if (names.length === 0) return;
    const update = Object.fromEntries(names.map((name) => [name, wanted[name] ?? updatable[name] ?? null]));
    await change(client, collection, id, update);
  }

  async function replace(desired: DesiredObject): Promise<void> {
    await stop(desired.id);
    await erase(client, collection, desired.id);
    await put(desired);
  }

  async function resume(id: string, before: Value): Promise<void> {
    const state = member(runningOf(before), 'state');
    if (typeof state === 'string' && working.includes(state)) await startTransform(client, id);
  }

  const differing = (desired: DesiredObject, actual: ActualObject) =>
    differences(shape, configured(desired.body), configured(actual.body));

  return {
    type: 'transform',
    async read(id) {
      const config = await readConfig(client, collection, id);
      if (config === undefined) return undefined;
      return actualOf(shape, config, { state: (await stateOf(client, collection, id)) ?? 'stopped' });
    },
    equal: (desired, actual) => differing(desired, actual).length === 0,
    differing,
    change: (desired, actual) => (isUpdatable(desired.body, actual.body) ? 'update' : 'replace'),
    remade: true,
    create: put,
    update: (desired, before) => alter(desired, before.body),
    replace,
    async remove({ id }) {
      await stop(id);
      await erase(client, collection, id);
    },
    async restore(key, before) {
      const desired = asDesired(key, before);
      const standing = await readConfig(client, collection, key.id);
      if (standing === undefined) await put(desired);
      else if (isUpdatable(before, standing)) await alter(desired, standing);
      else await replace(desired);
      await resume(key.id, before);
    },
    resume: ({ id }, before) => resume(id, before),
    health: (ids) =>
      eachHealth(ids, async (id) => {
        const [stats, config] = await Promise.all([
          statsOf(client, collection, id),
          readConfig(client, collection, id),
        ]);
        return stats === undefined ? undefined : transformHealth(stats, member(config, 'sync') !== undefined);
      }),
  };
}

/** Starts a transform that stands still. One that goes over its source once, and has, is left. @returns whether it did */
export async function startTransform(client: TargetClient, id: string): Promise<boolean> {
  const stats = await statsOf(client, collection, id);
  if (member(stats, 'state') !== 'stopped') return false;
  const done = member(member(member(stats, 'checkpointing'), 'last'), 'checkpoint');
  const config = await readConfig(client, collection, id);
  if (typeof done === 'number' && done > 0 && member(config, 'sync') === undefined) return false;
  await act(client, collection, id, '_start');
  return true;
}

function isUpdatable(wanted: Value, standing: Value): boolean {
  const after = configured(wanted);
  return differences(shape, after, configured(standing)).every((name) => {
    return Object.hasOwn(updatable, name) && (after[name] ?? updatable[name]) !== undefined;
  });
}

/** A configuration as it is compared: aggregations by the name that the server has for them. */
function configured(body: Value): ReturnType<typeof configOf> {
  const config = configOf(shape, body);
  const pivot = config['pivot'];
  if (!isObject(pivot) || pivot['aggs'] === undefined) return config;
  const { aggs, ...rest } = pivot;
  return { ...config, pivot: { ...rest, aggregations: aggs } };
}
