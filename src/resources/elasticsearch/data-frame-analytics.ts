import { isArray, member, type Value } from '../../domain/document.ts';
import type { ActualObject, DesiredObject } from '../../domain/resource.ts';
import type { TargetClient } from '../http/client.ts';
import type { ResourceType } from '../resource.ts';
import { type ConfigShape, configOf, differences } from './config-likeness.ts';
import type { Elasticsearch } from './elasticsearch.ts';
import { eachHealth } from './health.ts';
import {
  act,
  actualOf,
  analyticsCollection,
  asDesired,
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
import { analyticsHealth } from './learning-health.ts';

const shape: ConfigShape = {
  server: ['id', 'authorization', 'create_time', 'headers', 'version'],
  whole: ['query', 'runtime_mappings'],
  bare: ['analyzed_fields', 'description', 'query', 'runtime_mappings'],
};

/** Members that `_update` takes; of these only the description while it runs. */
const updatable = ['allow_lazy_start', 'description', 'max_num_threads', 'model_memory_limit'];

/** States in which it is at work. */
const working = ['starting', 'started', 'reindexing', 'analyzing'];

/** Data-frame analytics: jobs that read an index once and write another one, which stays when they go. */
export function dataFrameAnalytics({ client }: Elasticsearch, options: StopOptions = {}): ResourceType {
  const put = (desired: DesiredObject) => create(client, analyticsCollection, desired, unnoted(shape, desired.body));

  const stop = (id: string): Promise<void> => halt(client, analyticsCollection, id, options);

  async function alter({ id, body }: DesiredObject, standing: Value): Promise<void> {
    const wanted = configOf(shape, body);
    const names = differences(shape, wanted, configOf(shape, standing));
    if (names.length === 0) return;
    if (names.some((name) => name !== 'description')) await stop(id);
    const update = Object.fromEntries(names.map((name) => [name, wanted[name] ?? '']));
    await change(client, analyticsCollection, id, update);
  }

  async function replace(desired: DesiredObject): Promise<void> {
    await stop(desired.id);
    await erase(client, analyticsCollection, desired.id);
    await put(desired);
  }

  async function resume(id: string, before: Value): Promise<void> {
    const state = member(runningOf(before), 'state');
    if (typeof state === 'string' && working.includes(state)) await startAnalytics(client, id);
  }

  const differing = (desired: DesiredObject, actual: ActualObject) =>
    differences(shape, configOf(shape, desired.body), configOf(shape, actual.body));

  return {
    type: 'data-frame-analytics',
    async read(id) {
      const config = await readConfig(client, analyticsCollection, id);
      if (config === undefined) return undefined;
      return actualOf(shape, config, { state: (await stateOf(client, analyticsCollection, id)) ?? 'stopped' });
    },
    equal: (desired, actual) => differing(desired, actual).length === 0,
    differing,
    change: (desired, actual) => (isUpdatable(desired.body, actual.body) ? 'update' : 'replace'),
    create: put,
    update: (desired, before) => alter(desired, before.body),
    replace,
    async remove({ id }) {
      await stop(id);
      await erase(client, analyticsCollection, id);
    },
    async restore(key, before) {
      const desired = asDesired(key, before);
      const standing = await readConfig(client, analyticsCollection, key.id);
      if (standing === undefined) await put(desired);
      else if (isUpdatable(before, standing)) await alter(desired, standing);
      else await replace(desired);
      await resume(key.id, before);
    },
    resume: ({ id }, before) => resume(id, before),
    health: (ids) => eachHealth(ids, (id) => analyticsHealth(client, id)),
  };
}

/** Starts analytics that stand still and have something left to do. @returns whether they did */
export async function startAnalytics(client: TargetClient, id: string): Promise<boolean> {
  const stats = await statsOf(client, analyticsCollection, id);
  if (member(stats, 'state') !== 'stopped') return false;
  const progress = member(stats, 'progress');
  const phases = isArray(progress) ? progress.map((phase) => member(phase, 'progress_percent')) : [];
  if (phases.length > 0 && phases.every((percent) => percent === 100)) return false;
  await act(client, analyticsCollection, id, '_start');
  return true;
}

function isUpdatable(wanted: Value, standing: Value): boolean {
  const names = differences(shape, configOf(shape, wanted), configOf(shape, standing));
  return names.every((name) => updatable.includes(name));
}
