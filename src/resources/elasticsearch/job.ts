import { isArray, isObject, member, type ObjectValue, type Value } from '../../domain/document.ts';
import { type ActualObject, type DesiredObject, keyText } from '../../domain/resource.ts';
import type { TargetClient } from '../http/client.ts';
import type { ResourceType } from '../resource.ts';
import { configOf, differences } from './config-likeness.ts';
import { datafeedsOf, datafeeds as datafeedType } from './datafeed.ts';
import type { Elasticsearch } from './elasticsearch.ts';
import { eachHealth } from './health.ts';
import { isUpdatable, jobShape, jobUpdate } from './job-update.ts';
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
import { jobHealth } from './learning-health.ts';

/**
 * Anomaly detection jobs. What a job has learnt is lost with it, so it is changed in place wherever the API can;
 * a replacement takes its datafeed off, and puts it back behind it as it was.
 */
export function jobs(elasticsearch: Elasticsearch, options: StopOptions = {}): ResourceType {
  const { client } = elasticsearch;
  const feeds = datafeedType(elasticsearch, options);
  const put = (desired: DesiredObject) => {
    return create(client, jobCollection, desired, without(desired.body, [...jobShape.server, '_meta']));
  };

  const close = (id: string): Promise<void> => halt(client, jobCollection, id, options);

  async function alter({ id, body }: DesiredObject, standing: Value): Promise<void> {
    const update = jobUpdate(body, standing);
    if (update === undefined) return;
    // The memory of a job that runs is given out already.
    if (member(update, 'analysis_limits') !== undefined && (await stateOf(client, jobCollection, id)) !== 'closed') {
      for (const [feed] of await datafeedsOf(client, id)) await act(client, datafeedCollection, feed, '_stop', options);
      await close(id);
    }
    await change(client, jobCollection, id, update);
  }

  async function replace(desired: DesiredObject): Promise<void> {
    const { id } = desired;
    for (const [feed] of await datafeedsOf(client, id)) await feeds.remove({ type: 'datafeed', id: feed });
    await close(id);
    await erase(client, jobCollection, id);
    await put(desired);
  }

  async function resume(id: string, before: Value): Promise<void> {
    const running = runningOf(before);
    const saved = savedFeeds(running);
    for (const { key, body } of saved) {
      const standing = await readConfig(client, datafeedCollection, key.id);
      if (standing === undefined) await feeds.create(asDesired(key, body));
    }
    if (member(running, 'state') !== 'opened') return;
    await openJob(client, id);
    for (const { key, body } of saved) await feeds.resume?.(key, body);
  }

  const differing = (desired: DesiredObject, actual: ActualObject) =>
    differences(jobShape, configOf(jobShape, desired.body), configOf(jobShape, actual.body));

  return {
    type: 'job',
    async read(id) {
      const config = await readConfig(client, jobCollection, id);
      if (config === undefined) return undefined;
      const [state, own] = await Promise.all([stateOf(client, jobCollection, id), datafeedsOf(client, id)]);
      const saved = await Promise.all(own.map(async ([feed]) => ({ id: feed, body: (await feeds.read(feed))?.body })));
      const standing = saved.flatMap(({ id: feed, body }) => (body === undefined ? [] : [{ id: feed, body }]));
      return actualOf(jobShape, config, { state: state ?? 'closed', datafeeds: standing });
    },
    equal: (desired, actual) => differing(desired, actual).length === 0,
    differing,
    change: (desired, actual) => (isUpdatable(desired.body, actual.body) ? 'update' : 'replace'),
    create: put,
    update: (desired, before) => alter(desired, before.body),
    replace,
    async remove({ id }) {
      await close(id);
      await erase(client, jobCollection, id);
    },
    async restore(key, before) {
      const desired = asDesired(key, before);
      const standing = await readConfig(client, jobCollection, key.id);
      if (standing === undefined) await put(desired);
      else if (isUpdatable(before, standing)) await alter(desired, standing);
      else await replace(desired);
      await resume(key.id, before);
    },
    resume: ({ id }, before) => resume(id, before),
    health: (ids) => eachHealth(ids, (id) => jobHealth(client, id)),
    usedBy: async (id) => (await datafeedsOf(client, id)).map(([feed]) => keyText({ type: 'datafeed', id: feed })),
  };
}

/** The datafeeds that a job had. A journal lies where others can write: nothing of it is trusted to have its form. */
function savedFeeds(running: Value | undefined) {
  const saved = member(running, 'datafeeds');
  return (isArray(saved) ? saved : []).flatMap((feed) => {
    const [id, body] = [member(feed, 'id'), member(feed, 'body')];
    if (typeof id !== 'string' || !isObject(body)) return [];
    return [{ key: { type: 'datafeed', id } as const, body: body satisfies ObjectValue }];
  });
}

/** Opens a job that is closed. @returns whether it was */
export async function openJob(client: TargetClient, id: string): Promise<boolean> {
  if ((await stateOf(client, jobCollection, id)) !== 'closed') return false;
  await act(client, jobCollection, id, '_open');
  return true;
}
