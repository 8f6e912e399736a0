import { expect, it, onTestFinished } from 'vitest';
import type { Health } from '../../../src/domain/health.ts';
import type { ObjectKey } from '../../../src/domain/resource.ts';
import type { ResourceType } from '../../../src/resources/resource.ts';
import type { JobState, Stack } from '../../elastic-server/stack.ts';
import { analyticsBody, feedBody, jobBody, type LearningWorld, learningWorld } from './learning-world.ts';

async function world(): Promise<LearningWorld> {
  const made = await learningWorld();
  onTestFinished(made.close);
  await made.person('PUT', '/_ml/anomaly_detectors/ours', jobBody());
  await made.person('PUT', '/_ml/datafeeds/datafeed-ours', feedBody());
  await made.person('PUT', '/_ml/data_frame/analytics/ours', analyticsBody());
  return made;
}

async function healthOf(type: ResourceType, id: string): Promise<Health | undefined> {
  return (await type.health?.([id], { failures: 0 }))?.get(id);
}

const index = (made: LearningWorld, name: string, source: Parameters<LearningWorld['person']>[2]) =>
  made.person('POST', `/${name}/_doc?refresh=true`, source);

it('counts for a job what its datafeed brought it, and only that', async () => {
  const made = await world();
  const { job, datafeed } = made.types;
  expect(await healthOf(job, 'ours')).toMatchObject({ state: 'quiet', text: 'closed' });
  expect(await healthOf(datafeed, 'datafeed-ours')).toMatchObject({ state: 'quiet', text: 'stopped' });
  await made.person('POST', '/_ml/anomaly_detectors/ours/_open');
  expect(await healthOf(job, 'ours')).toMatchObject({ state: 'quiet', text: 'opened, no record yet' });
  await made.person('POST', '/_ml/datafeeds/datafeed-ours/_start');
  await index(made, 'logs-a', { p: 1, '@timestamp': '2026-11-22T10:00:00Z' });
  await index(made, 'logs-b', { p: 2, '@timestamp': '2026-11-22T12:00:00Z' });
  await index(made, 'logs-b', { q: 2, '@timestamp': '2026-11-22T13:00:00Z' });
  await index(made, 'other', { p: 2, '@timestamp': '2026-11-22T14:00:00Z' });
  expect(await healthOf(job, 'ours')).toEqual({
    state: 'healthy',
    text: '2 records, the latest of 2026-11-22T12:00:00.000Z',
    figures: { state: 'opened', records: 2, latest: '2026-11-22T12:00:00.000Z', memory: 'ok' },
  });
  expect(await healthOf(datafeed, 'datafeed-ours')).toMatchObject({ state: 'healthy', text: /^\d searche?s?$/ });
  await made.person('POST', '/_ml/datafeeds/datafeed-ours/_stop');
  await index(made, 'logs-a', { p: 3, '@timestamp': '2026-11-22T15:00:00Z' });
  expect(await healthOf(job, 'ours')).toMatchObject({ figures: { records: 2 } });
});

const changes: readonly (readonly [string, Partial<JobState>, string])[] = [
  ['failed', { status: 'failed', explanation: 'the process died.' }, 'failed: the process died'],
  ['full', { memory: 'hard_limit' }, 'its memory is full (`hard_limit`): it leaves out what is new'],
];

it.each(changes)('a job that is %s is ill', async (_, change, text) => {
  const made = await world();
  await made.person('POST', '/_ml/anomaly_detectors/ours/_open');
  const { jobs } = made.server.stack;
  jobs.set('ours', { ...(jobs.get('ours') ?? expect.unreachable()), ...change });
  expect(await healthOf(made.types.job, 'ours')).toMatchObject({ state: 'ill', text });
});

it('a job that waits for a node is ill, with the words of the server', async () => {
  const made = await world();
  await made.person('PUT', '/_ml/anomaly_detectors/lazy', jobBody({ allow_lazy_open: true }));
  made.server.stack.mlNodes = 0;
  await made.person('POST', '/_ml/anomaly_detectors/lazy/_open');
  expect(await healthOf(made.types.job, 'lazy')).toMatchObject({
    state: 'ill',
    text: 'opened, and on no node: No ML nodes with sufficient capacity were found',
  });
});

it('a datafeed that waits is ill, and its explanation prints on one line', async () => {
  const made = await world();
  const { datafeeds } = made.server.stack;
  const state = datafeeds.get('datafeed-ours') ?? expect.unreachable();
  datafeeds.set('datafeed-ours', { ...state, status: 'started', explanation: 'no node\n::error::x' });
  expect(await healthOf(made.types.datafeed, 'datafeed-ours')).toMatchObject({
    state: 'ill',
    text: 'started, and on no node: no node\\u{a}::error::x',
  });
});

it.each([
  [{ status: 'stopped' }, 'quiet', 'stopped at 0 %'],
  [{ status: 'stopped', progress: 100 }, 'healthy', 'finished'],
  [{ status: 'started', progress: 40 }, 'healthy', 'started, 40 % done'],
  [{ status: 'failed' }, 'ill', 'failed: the process died'],
] as const)('analytics that are %j are %s', async (change, state, text) => {
  const made = await world();
  const { analytics } = made.server.stack;
  analytics.set('ours', { ...(analytics.get('ours') ?? expect.unreachable()), ...change });
  expect(await healthOf(made.types.analytics, 'ours')).toMatchObject({ state, text });
});

it('asks with GET alone, and finds nothing under what is gone', async () => {
  const made = await world();
  const since = made.server.requests.length;
  const every: readonly [keyof LearningWorld['types'], ObjectKey['id']][] = [
    ['job', 'ours'],
    ['datafeed', 'datafeed-ours'],
    ['analytics', 'ours'],
  ];
  for (const [type, id] of every) {
    expect(await healthOf(made.types[type], id)).toMatchObject({ state: 'quiet' });
    expect(await healthOf(made.types[type], 'nowhere')).toBeUndefined();
  }
  expect(new Set(made.server.requests.slice(since).map(({ method }) => method))).toEqual(new Set(['GET']));
  const { stack }: { stack: Stack } = made.server;
  expect(stack.jobs.size).toBe(2);
});
