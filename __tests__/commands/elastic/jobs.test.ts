import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import type { ElasticServer } from '../../elastic-server/server.ts';
import { cluster, mldr, onTarget, textOf } from './cluster.ts';

const bundle = 'ML-experimental-detections-20261122-1';
const job = 'experimental-high-sum-dga-probability';
const [jobFile, feedFile] = [join(bundle, `${job}.json`), join(bundle, `datafeed-${job}.json`)];
const analytics = 'experimental-dns-client-outliers';
const upload = { command: 'elastic upload-job' } as const;
const drop = { command: 'elastic delete-job', type: 'anomaly_detection', name: job } as const;

/** A folder with the example. */
function work(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mldr-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  cpSync(resolve('examples', bundle), join(folder, bundle), { recursive: true });
  return folder;
}

/** Changes the body in a file of a job. */
function edit(path: string, more: { readonly [key: string]: Value }): void {
  const wrapper = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...wrapper, body: { ...wrapper.body, ...more } }));
}

/** Changes since a request, without the journal. */
function changes({ requests }: ElasticServer, since: number): string[] {
  const sent = requests.slice(since).filter(({ method, path }) => method !== 'GET' && path.startsWith('/_ml/'));
  return sent.map(({ method, path }) => `${method} ${path.slice('/_ml/'.length)}`);
}

const states = ({ stack }: ElasticServer): unknown[] => [
  stack.jobs.get(job)?.status,
  stack.datafeeds.get(`datafeed-${job}`)?.status,
  stack.analytics.get(analytics)?.status,
];

it('puts the jobs of a bundle there, job before datafeed, and opens and starts them; again, nothing', async () => {
  const [server, folder] = [await cluster(), work()];
  const ended = await mldr(folder, server.url, { ...upload, file: [bundle], start: true });
  expect(ended).toMatchObject({ exit: 0, report: { deployment: { state: 'done', release: bundle } } });
  expect(changes(server, 0)).toEqual([
    `PUT anomaly_detectors/${job}`,
    'PUT anomaly_detectors/experimental-rare-dga-domain',
    `PUT datafeeds/datafeed-${job}`,
    `PUT data_frame/analytics/${analytics}`,
    `POST anomaly_detectors/${job}/_open`,
    'POST anomaly_detectors/experimental-rare-dga-domain/_open',
    `POST datafeeds/datafeed-${job}/_start`,
    `POST data_frame/analytics/${analytics}/_start`,
  ]);
  expect(states(server)).toEqual(['opened', 'started', 'started']);
  const since = server.requests.length;
  const again = await mldr(folder, server.url, { ...upload, file: [bundle], start: true });
  expect(again).toMatchObject({ exit: 0, report: { deployment: { state: 'unchanged' } } });
  expect(changes(server, since)).toEqual([]);
  expect(await mldr(folder, server.url, { command: 'status' })).toMatchObject({ exit: 0 });
});

it('are put there by `deploy` of a detections bundle, and taken off by `undeploy`', async () => {
  const [server, folder] = [await cluster(), work()];
  const empty = onTarget(server);
  expect(await mldr(folder, server.url, { command: 'deploy', directory: bundle, only: 'jobs' })).toMatchObject({
    exit: 0,
  });
  expect(states(server)).toEqual(['closed', 'stopped', 'stopped']);
  expect(await mldr(folder, server.url, { command: 'undeploy' })).toMatchObject({ exit: 0 });
  expect(onTarget(server)).toEqual(empty);
});

it('opens without starting, and says in a dry run what it would do', async () => {
  const [server, folder] = [await cluster(), work()];
  const files = { ...upload, file: [feedFile, jobFile], 'id-prefix': 'team-' };
  const dry = await mldr(folder, server.url, { ...files, start: true, 'dry-run': true });
  expect(textOf(dry)).toContain(`> datafeed  team-datafeed-${job}  to be started, where it is not`);
  expect([server.stack.jobs.size, server.stack.indices.size]).toEqual([0, 0]);
  expect(await mldr(folder, server.url, { ...files, open: true })).toMatchObject({ exit: 0 });
  expect(server.stack.jobs.get(`team-${job}`)?.status).toBe('opened');
  const feed = server.stack.datafeeds.get(`team-datafeed-${job}`);
  expect(feed).toMatchObject({ status: 'stopped', config: { job_id: `team-${job}` } });
});

it('starts nothing in a dry run that finds nothing to do', async () => {
  const [server, folder] = [await cluster(), work()];
  const files = { ...upload, file: [bundle] };
  expect(await mldr(folder, server.url, files)).toMatchObject({ exit: 0 });
  const since = server.requests.length;
  const dry = await mldr(folder, server.url, { ...files, start: true, 'dry-run': true });
  expect(dry).toMatchObject({ exit: 0, report: { deployment: { state: 'unchanged' } } });
  expect(textOf(dry)).toContain(`> job  ${job}  to be opened, where it is not`);
  expect(changes(server, since)).toEqual([]);
  expect(states(server)).toEqual(['closed', 'stopped', 'stopped']);
});

it('changes what can be changed while it runs, and names the members that cannot', async () => {
  const [server, folder] = [await cluster(), work()];
  await mldr(folder, server.url, { ...upload, file: [bundle], start: true });
  edit(join(folder, jobFile), { description: 'In other words' });
  edit(join(folder, feedFile), { query_delay: '90s' });
  const since = server.requests.length;
  const ended = await mldr(folder, server.url, { ...upload, file: [bundle] });
  expect(ended).toMatchObject({ exit: 0 });
  expect(textOf(ended)).toContain('+ "description": "In other words"');
  expect(textOf(ended)).not.toContain('model_snapshot_retention_days');
  expect(changes(server, since)).toEqual([
    `POST anomaly_detectors/${job}/_update`,
    `POST datafeeds/datafeed-${job}/_stop`,
    `POST datafeeds/datafeed-${job}/_update`,
    `POST datafeeds/datafeed-${job}/_start`,
  ]);

  edit(join(folder, jobFile), { data_description: { time_field: 'event.ingested' } });
  const before = onTarget(server);
  const refused = await mldr(folder, server.url, { ...upload, file: [bundle] });
  expect(refused).toMatchObject({ code: 'target-unchangeable', exit: 1 });
  expect(textOf(refused)).toContain(
    'can only be replaced (it differs in `data_description`), and what it has learnt is lost',
  );
  expect(onTarget(server)).toEqual(before);
  expect(await mldr(folder, server.url, { ...upload, file: [bundle], overwrite: true })).toMatchObject({ exit: 0 });
  expect(server.stack.jobs.get(job)?.config['data_description']).toMatchObject({ time_field: 'event.ingested' });
  expect(states(server)).toEqual(['opened', 'started', 'started']);
});

it('of one file touches nothing else, and what somebody else put there only with --overwrite', async () => {
  const [server, folder] = [await cluster(), work()];
  await mldr(folder, server.url, { ...upload, file: [bundle] });
  const other = join(folder, 'other.json');
  const wrapper = JSON.parse(readFileSync(join(folder, jobFile), 'utf8'));
  writeFileSync(other, JSON.stringify({ ...wrapper, name: 'other' }));
  expect(await mldr(folder, server.url, { ...upload, file: ['other.json'] })).toMatchObject({ exit: 0 });
  expect([...server.stack.jobs.keys()].sort()).toEqual([job, 'experimental-rare-dga-domain', 'other']);
  // The journal is gone: now everything is somebody else's.
  server.stack.indices.delete('ml-detection-release-journal');
  edit(other, { description: 'x' });
  expect(await mldr(folder, server.url, { ...upload, file: ['other.json'] })).toMatchObject({ code: 'target-foreign' });
  const forced = await mldr(folder, server.url, { ...upload, file: ['other.json'], overwrite: true });
  expect(forced).toMatchObject({ exit: 0 });
});

it('says what cannot be opened, leaves what is there, and goes on with the same command', async () => {
  const [server, folder] = [await cluster(), work()];
  server.stack.mlNodes = 0;
  const ended = await mldr(folder, server.url, { ...upload, file: [jobFile], open: true });
  expect(ended).toMatchObject({ code: 'start-failed', exit: 3 });
  expect(textOf(ended).trimEnd()).toMatch(/\n *mldr elastic upload-job \S+ --open$/);
  expect(textOf(ended)).toContain('no ML nodes');
  expect(server.stack.jobs.get(job)?.status).toBe('closed');
  server.stack.mlNodes = 1;
  expect(await mldr(folder, server.url, { ...upload, file: [jobFile], open: true })).toMatchObject({ exit: 0 });
  expect(server.stack.jobs.get(job)?.status).toBe('opened');
});

it.each<[string, (folder: string) => readonly string[], object]>([
  ['no such file', () => ['nowhere.json'], { code: 'path-not-found' }],
  ['a file without a job', (folder) => [written(folder, { script: { source: '' } })], { exit: 1 }],
  ['a type that there is not', (folder) => [written(folder, { name: 'x', type: 'y', body: {} })], { exit: 1 }],
  ['a name that reaches every job', (folder) => [written(folder, named('_all'))], { exit: 1 }],
  ['a bundle among files', () => [bundle, jobFile], { code: 'usage' }],
])('asks nothing of the server about %s', async (_, files, outcome) => {
  const [server, folder] = [await cluster(), work()];
  expect(await mldr(folder, server.url, { ...upload, file: files(folder) })).toMatchObject(outcome);
  expect(server.requests).toEqual([]);
});

it('deletes a job that runs with its datafeed, which the plan names first; again, it is not there', async () => {
  const [server, folder] = [await cluster(), work()];
  const empty = onTarget(server);
  await mldr(folder, server.url, { ...upload, file: [jobFile, feedFile], start: true });
  const dry = await mldr(folder, server.url, { ...drop, 'dry-run': true });
  expect(textOf(dry)).toMatch(new RegExp(`- datafeed +datafeed-${job}[^]*- job +${job}`));
  const since = server.requests.length;
  expect(await mldr(folder, server.url, drop)).toMatchObject({ exit: 0 });
  expect(changes(server, since)).toEqual([
    `POST datafeeds/datafeed-${job}/_stop`,
    `DELETE datafeeds/datafeed-${job}`,
    `POST anomaly_detectors/${job}/_close`,
    `DELETE anomaly_detectors/${job}`,
  ]);
  expect(onTarget(server)).toEqual(empty);
  const again = await mldr(folder, server.url, drop);
  expect(again).toMatchObject({ exit: 0 });
  expect(textOf(again)).toContain('is not there. Nothing was changed.');
});

it('deletes one of a release, which keeps the rest', async () => {
  const [server, folder] = [await cluster(), work()];
  await mldr(folder, server.url, { ...upload, file: [bundle] });
  const one = { command: 'elastic delete-job', type: 'data_frame_analytic', name: analytics } as const;
  expect(await mldr(folder, server.url, one)).toMatchObject({ exit: 0, report: { deployment: { release: bundle } } });
  expect([server.stack.analytics.size, server.stack.jobs.size, server.stack.datafeeds.size]).toEqual([0, 2, 1]);
  expect(await mldr(folder, server.url, { command: 'status' })).toMatchObject({ exit: 0 });
  expect(await mldr(folder, server.url, { command: 'undeploy' })).toMatchObject({ exit: 0 });
  expect(server.stack.jobs.size).toBe(0);
});

it('deletes what the journal does not know only with --overwrite, and what failed only with --force', async () => {
  const [server, folder] = [await cluster(), work()];
  await mldr(folder, server.url, { ...upload, file: [jobFile, feedFile], start: true });
  server.stack.indices.delete('ml-detection-release-journal');
  const state = server.stack.jobs.get(job) ?? expect.unreachable('no job');
  server.stack.jobs.set(job, { ...state, status: 'failed' });
  const before = onTarget(server);
  expect(await mldr(folder, server.url, drop)).toMatchObject({ code: 'target-foreign', exit: 1 });
  expect(onTarget(server)).toEqual(before);
  const failed = await mldr(folder, server.url, { ...drop, overwrite: true });
  expect(textOf(failed)).toContain('use force close');
  expect(server.stack.datafeeds.size).toBe(1);
  expect(await mldr(folder, server.url, { ...drop, overwrite: true, force: true })).toMatchObject({ exit: 0 });
  expect([server.stack.jobs.size, server.stack.datafeeds.size]).toEqual([0, 0]);
});

it.each(['_all', '*', '../x', 'a,b'])('never sends %j', async (name) => {
  const [server, folder] = [await cluster(), work()];
  await mldr(folder, server.url, { ...upload, file: [bundle], start: true });
  const before = onTarget(server);
  expect(await mldr(folder, server.url, { ...drop, name })).toMatchObject({ code: 'target-invalid' });
  expect(onTarget(server)).toEqual(before);
});

function written(folder: string, value: unknown): string {
  writeFileSync(join(folder, 'file.json'), JSON.stringify(value));
  return 'file.json';
}

function named(name: string): object {
  return { ...JSON.parse(readFileSync(resolve('examples', jobFile), 'utf8')), name };
}
