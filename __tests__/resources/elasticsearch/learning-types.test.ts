import { afterEach, describe, expect, it } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import { codeOf, failureOf } from '../../contracts/assets.ts';
import {
  analyticsBody,
  feedBody,
  jobBody,
  type LearningWorld,
  learningWorld,
  standing,
  wanted,
} from './learning-world.ts';

let world: LearningWorld;
afterEach(() => world.close());

/** A job with its datafeed, both at work, and analytics that run. */
async function atWork(version?: string, force?: boolean): Promise<void> {
  world = await learningWorld(version, force);
  const { job, datafeed, analytics } = world.types;
  await job.create(wanted('job', 'ours', jobBody()));
  await datafeed.create(wanted('datafeed', 'datafeed-ours', feedBody()));
  await analytics.create(wanted('data-frame-analytics', 'ours', analyticsBody()));
  await world.person('POST', '/_ml/anomaly_detectors/ours/_open');
  await world.person('POST', '/_ml/datafeeds/datafeed-ours/_start');
  await world.person('POST', '/_ml/data_frame/analytics/ours/_start');
}

/** Requests since, but those that only look. */
function changesSince(start: number): string[] {
  const since = world.server.requests.slice(start).filter(({ method }) => method !== 'GET');
  return since.map(({ method, path }) => `${method} ${path.replace('/_ml/', '')}`);
}

describe('an anomaly detection job', () => {
  it.each<[string, { [key: string]: Value }, 'update' | 'replace']>([
    ['its description', { description: 'x' }, 'update'],
    ['its groups', { groups: ['x'] }, 'update'],
    ['its plot', { model_plot_config: { enabled: true } }, 'update'],
    ['its settings', { custom_settings: { custom_urls: [] } }, 'update'],
    ['its memory', { analysis_limits: { model_memory_limit: '2gb' } }, 'update'],
    ['how often it is saved', { background_persist_interval: '2h' }, 'update'],
    ['how long results stay', { results_retention_days: 30 }, 'update'],
    ['its time field', { data_description: { time_field: 'other' } }, 'replace'],
    ['its index of results', { results_index_name: 'own' }, 'replace'],
    ['its span', { analysis_config: { ...analysis(), bucket_span: '30m' } }, 'replace'],
    ['its influencers', { analysis_config: { ...analysis(), influencers: [] } }, 'replace'],
    ['a detector', { analysis_config: analysis({ function: 'high_mean' }) }, 'replace'],
    ['the words of a detector', { analysis_config: analysis({ detector_description: 'x' }) }, 'update'],
    [
      'the rules of a detector',
      { analysis_config: analysis({ custom_rules: [{ actions: ['skip_result'] }] }) },
      'update',
    ],
  ])('that differs in %s', async (_, more, way) => {
    await atWork();
    const { job } = world.types;
    const actual = await standing(job, 'ours');
    const next = wanted('job', 'ours', jobBody(more));
    expect(job.equal(next, actual)).toBe(false);
    expect(job.change(next, actual)).toBe(way);
    await (way === 'update' ? job.update?.(next, actual) : job.replace?.(next));
    await job.resume?.(next, actual.body);
    expect(job.equal(next, await standing(job, 'ours'))).toBe(true);
    expect([world.state('job', 'ours'), world.state('datafeed', 'datafeed-ours')]).toEqual(['opened', 'started']);
    // And back, whatever was done.
    await job.restore(next, actual.body);
    expect(job.equal(wanted('job', 'ours', jobBody()), await standing(job, 'ours'))).toBe(true);
    expect([world.state('job', 'ours'), world.state('datafeed', 'datafeed-ours')]).toEqual(['opened', 'started']);
  });

  it('is not stopped to be described in other words', async () => {
    await atWork();
    const { job } = world.types;
    const start = world.server.requests.length;
    await job.update?.(wanted('job', 'ours', jobBody({ description: 'x' })), await standing(job, 'ours'));
    expect(changesSince(start)).toEqual(['POST anomaly_detectors/ours/_update']);
  });

  it('is stopped with its datafeed to get more memory', async () => {
    await atWork();
    const { job } = world.types;
    const start = world.server.requests.length;
    const more = jobBody({ analysis_limits: { model_memory_limit: '2gb' } });
    await job.update?.(wanted('job', 'ours', more), await standing(job, 'ours'));
    expect(changesSince(start)).toEqual([
      'POST datafeeds/datafeed-ours/_stop',
      'POST anomaly_detectors/ours/_close',
      'POST anomaly_detectors/ours/_update',
    ]);
  });

  it.each(['8.17.2', '7.10.2'])('names its datafeed as a user, and does not go with it on %s', async (version) => {
    await atWork(version);
    const { job } = world.types;
    expect(await job.usedBy?.('ours')).toEqual(['datafeed/datafeed-ours']);
    expect(await codeOf(job.remove({ type: 'job', id: 'ours' }))).toBe('target-refused');
    expect(world.state('datafeed', 'datafeed-ours')).toBe('started');
  });

  it('that failed is closed by force only where that is asked for', async () => {
    await atWork();
    world.server.stack.datafeeds.delete('datafeed-ours');
    fail('ours');
    const failure = await failureOf(world.types.job.remove({ type: 'job', id: 'ours' }));
    expect(failure?.message).toContain('use force close');
    expect(world.state('job', 'ours')).toBe('failed');
    await world.close();
    await atWork('8.17.2', true);
    world.server.stack.datafeeds.delete('datafeed-ours');
    fail('ours');
    await world.types.job.remove({ type: 'job', id: 'ours' });
    expect(world.state('job', 'ours')).toBeUndefined();
  });

  it('is never another one of its group', async () => {
    await atWork();
    const before = world.everything();
    expect(await world.types.job.read('group-of-theirs')).toBeUndefined();
    await world.types.job.remove({ type: 'job', id: 'group-of-theirs' });
    expect(world.everything()).toEqual(before);
  });
});

describe('what was put there meanwhile', () => {
  it('is told from other refusals, and stays', async () => {
    await atWork();
    const { job, datafeed, analytics } = world.types;
    const before = world.everything();
    expect(await codeOf(job.create(wanted('job', 'ours', jobBody())))).toBe('target-changed');
    expect(await codeOf(datafeed.create(wanted('datafeed', 'datafeed-ours', feedBody())))).toBe('target-changed');
    const same = wanted('data-frame-analytics', 'ours', analyticsBody());
    expect(await codeOf(analytics.create(same))).toBe('target-changed');
    // 409, and of another datafeed; 400, and of a group's name; 400, and of the body.
    const second = await failureOf(datafeed.create(wanted('datafeed', 'second', feedBody())));
    expect(second).toMatchObject({ code: 'target-refused', message: expect.stringContaining('second.json') });
    expect(await codeOf(job.create(wanted('job', 'group-of-theirs', jobBody())))).toBe('target-refused');
    expect(await codeOf(job.create(wanted('job', 'odd', { odd: 1 })))).toBe('target-refused');
    expect(world.everything()).toEqual(before);
  });
});

describe('a datafeed', () => {
  it('is stopped to be changed, and started again where it was', async () => {
    await atWork();
    const { datafeed } = world.types;
    const actual = await standing(datafeed, 'datafeed-ours');
    const next = wanted('datafeed', 'datafeed-ours', feedBody({ indices: ['x'] }));
    await datafeed.update?.(next, actual);
    expect(world.state('datafeed', 'datafeed-ours')).toBe('stopped');
    for (let turn = 0; turn < 2; turn += 1) await datafeed.resume?.(next, actual.body);
    expect(world.state('datafeed', 'datafeed-ours')).toBe('started');
  });
});

describe('data-frame analytics', () => {
  it('go on while they are described in other words, and stop for the rest', async () => {
    await atWork();
    const { analytics } = world.types;
    const actual = await standing(analytics, 'ours');
    await analytics.update?.(wanted('data-frame-analytics', 'ours', analyticsBody({ description: 'x' })), actual);
    expect(world.state('data-frame-analytics', 'ours')).toBe('started');
    const larger = wanted('data-frame-analytics', 'ours', analyticsBody({ model_memory_limit: '1gb' }));
    await analytics.update?.(larger, await standing(analytics, 'ours'));
    expect(world.state('data-frame-analytics', 'ours')).toBe('stopped');
    await analytics.restore(larger, actual.body);
    expect(world.state('data-frame-analytics', 'ours')).toBe('started');
    expect((await standing(analytics, 'ours')).digest).toBe(actual.digest);
  });

  it('keep the author’s _meta, and not what is noted beside it', async () => {
    world = await learningWorld();
    const { analytics } = world.types;
    const own = wanted('data-frame-analytics', 'ours', analyticsBody({ _meta: { team: 'x' } }));
    await analytics.create(own);
    const saved = await standing(analytics, 'ours');
    await analytics.remove(own);
    await analytics.restore(own, saved.body);
    expect(world.server.stack.analytics.get('ours')?.config['_meta']).toEqual({ team: 'x' });
  });
});

describe('ids that would reach something else', () => {
  const odd = ['_all', '*', 'a,b', '..', '../x', 'a/b', 'a?b', 'A', 'ü', '', ' ', '-a', 'n'.repeat(65)];
  it.each(odd)('%j is never sent', async (id) => {
    world = await learningWorld();
    const before = world.everything();
    const start = world.server.requests.length;
    for (const type of Object.values(world.types)) {
      expect(await codeOf(type.read(id))).toBe('target-invalid');
      expect(await codeOf(type.create(wanted(type.type, id, {})))).toBe('target-invalid');
      expect(await codeOf(type.remove({ type: type.type, id }))).toBe('target-invalid');
      expect(await codeOf(type.restore({ type: type.type, id }, {}))).toBe('target-invalid');
    }
    expect(world.server.requests.length).toBe(start);
    expect(world.everything()).toEqual(before);
  });

  it('in a journal that somebody changed, neither', async () => {
    await atWork();
    const { job } = world.types;
    const { body } = await standing(job, 'ours');
    const running = { state: 'opened', datafeeds: [{ id: '_all', body: {} }, { id: 5 }, 'x'] };
    const bad = { ...(body as object), _meta: { ml_detection_release: { running } } };
    expect(await codeOf(job.restore({ type: 'job', id: 'ours' }, bad))).toBe('target-invalid');
    expect(world.state('datafeed', 'datafeed-theirs')).toBe('started');
  });
});

function analysis(detector: { [key: string]: Value } = {}): { [key: string]: Value } {
  const plain = { function: 'high_sum', field_name: 'p', over_field_name: 'source.ip' };
  return { bucket_span: '15m', detectors: [{ ...plain, ...detector }], influencers: ['source.ip'] };
}

function fail(id: string): void {
  const state = world.server.stack.jobs.get(id) ?? expect.unreachable('no job');
  world.server.stack.jobs.set(id, { ...state, status: 'failed' });
}
