import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { member, type Value } from '../../../src/domain/document.ts';
import { markdown } from '../../../src/reporters/markdown.ts';
import { superuser } from '../../elastic-server/access.ts';
import { ask } from '../../elastic-server/ask.ts';
import type { Json } from '../../elastic-server/json.ts';
import type { ElasticServer } from '../../elastic-server/server.ts';
import { cluster, type Ended, example, mldr, textOf, work } from './cluster.ts';
import { detections, detectionsFolder, learning, predicted, probable, stack } from './detections.ts';

const deploy = { command: 'deploy', directory: example } as const;
const status = { command: 'status', health: true } as const;
const bundle = 'ML-DGA-20261122-2';

/** Indexes documents through the pipeline that the data comes to. */
async function indexed(server: ElasticServer, ...domains: readonly string[]): Promise<void> {
  for (const domain of domains) {
    const document: Json = { dns: { question: { registered_domain: domain } } };
    const answer = await ask(server, 'POST', '/packetbeat-1/_doc?pipeline=dns_enrich_pipeline', document);
    expect(answer.status).toBe(201);
  }
}

/** Object, state and words of each row, as a person reads them. */
function rowsOf(ended: Ended): string[] {
  return textOf(ended)
    .split('\n')
    .filter((line) => line.includes(bundle))
    .map((line) => line.replaceAll(/ {2,}/g, ' | ').replace(` | ${bundle}`, ''));
}

function resultOf(ended: Ended): Value {
  return 'report' in ended ? JSON.parse(JSON.stringify(ended.report.result)) : expect.unreachable(textOf(ended));
}

async function deployed() {
  const [server, folder] = [await cluster(), work({ name: example })];
  expect(await mldr(folder, server.url, deploy)).toMatchObject({ exit: 0 });
  return { server, folder };
}

it('is quiet before the first document and healthy behind it, with the figures of the servers', async () => {
  const { server, folder } = await deployed();
  const before = await mldr(folder, server.url, status);
  expect(before).toMatchObject({ exit: 0, report: { outcome: 'passed' } });
  expect(rowsOf(before)).toContain('model dga_1000_1.0 | quiet | no inference yet');
  await indexed(server, 'elastic.co', 'wikipedia.org');
  const since = server.requests.length;
  const ended = await mldr(folder, server.url, status);
  expect(ended).toMatchObject({ exit: 0 });
  expect(rowsOf(ended).sort()).toEqual([
    'model dga_1000_1.0 | healthy | 2 inferences, 0 failures',
    'pipeline dns_dga_inference_enrich_pipeline | healthy | 2 documents, 0 failures',
    'pipeline dns_enrich_pipeline | healthy | 2 documents, 0 failures',
    'script dga_ngrams_create | ok',
    'script dga_ngrams_transform_delete | ok',
  ]);
  expect(textOf(ended)).toMatch(/\n3 healthy$/);
  expect(server.requests.slice(since).filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(resultOf(ended)).toMatchObject({
    objects: expect.arrayContaining([
      {
        object: { type: 'model', id: 'dga_1000_1.0' },
        release: bundle,
        state: 'ok',
        health: {
          state: 'healthy',
          text: '2 inferences, 0 failures',
          figures: { inferences: 2, failures: 0, missing: 0, pipelines: 1 },
        },
      },
    ]),
  });
  expect('report' in ended && markdown(ended.report)).toContain('2 inferences, 0 failures');
  // Nobody asked: neither a request more nor a word.
  const plain = await mldr(folder, server.url, { command: 'status' });
  expect(JSON.stringify(resultOf(plain))).not.toContain('health');
});

it('is ill by one document that failed, though on_failure caught it, unless failures are borne with', async () => {
  const { server, folder } = await deployed();
  await indexed(server, ...Array.from({ length: 9 }, () => 'elastic.co'));
  const state = server.stack.models.get('dga_1000_1.0') ?? expect.unreachable();
  server.stack.models.delete('dga_1000_1.0');
  await indexed(server, 'wikipedia.org');
  server.stack.models.set('dga_1000_1.0', state);
  const ended = await mldr(folder, server.url, status);
  expect(ended).toMatchObject({ exit: 4, report: { outcome: 'failed' } });
  expect(rowsOf(ended)).toContain('model dga_1000_1.0 | ill | 10 inferences, 1 failure');
  expect(rowsOf(ended)).toContain(
    'pipeline dns_dga_inference_enrich_pipeline | ill | 10 documents, 1 failure (1 at `inference`)',
  );
  expect(textOf(ended)).toMatch(/\n2 ill, 1 healthy$/);
  expect(await mldr(folder, server.url, { ...status, 'tolerate-failures': '10' })).toMatchObject({ exit: 0 });
  expect(await mldr(folder, server.url, { ...status, 'tolerate-failures': '9.9' })).toMatchObject({ exit: 4 });
  for (const wrong of ['-1', '101', 'few', '1e1', '']) {
    expect(await mldr(folder, server.url, { ...status, 'tolerate-failures': wrong })).toMatchObject({ code: 'usage' });
  }
});

it('shows what is missing, changed and foreign beside it, and asks nothing of what is gone', async () => {
  const { server, folder } = await deployed();
  server.stack.scripts.delete('dga_ngrams_create');
  server.stack.pipelines.set('dns_enrich_pipeline', { description: 'by hand', processors: [] });
  const ended = await mldr(folder, server.url, status);
  expect(ended).toMatchObject({ exit: 4 });
  expect(rowsOf(ended)).toContain('script dga_ngrams_create | missing');
  expect(rowsOf(ended)).toContain(
    'pipeline dns_enrich_pipeline | changed by hand | quiet: no document since its nodes started',
  );
});

it('shows jobs, datafeeds and analytics with their reasons', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const detections = 'ML-experimental-detections-20261122-1';
  cpSync(join('examples', detections), join(folder, detections), { recursive: true });
  const upload = { command: 'elastic upload-job', file: [detections] } as const;
  expect(await mldr(folder, server.url, { ...upload, start: true })).toMatchObject({ exit: 0 });
  expect(await mldr(folder, server.url, status)).toMatchObject({ exit: 0 });
  const { jobs } = server.stack;
  const job = jobs.get('experimental-rare-dga-domain') ?? expect.unreachable();
  jobs.set('experimental-rare-dga-domain', { ...job, status: 'failed', explanation: 'the native process crashed' });
  const ended = await mldr(folder, server.url, status);
  expect(ended).toMatchObject({ exit: 4 });
  const ill = member(resultOf(ended), 'objects') as readonly Value[];
  expect(ill.filter((row) => member(member(row, 'health'), 'state') === 'ill')).toMatchObject([
    {
      object: { type: 'job', id: 'experimental-rare-dga-domain' },
      health: { text: 'failed: the native process crashed', figures: { state: 'failed' } },
    },
  ]);
});

it('says what could not be seen, and ends with 2 where nothing worse is', async () => {
  const password = 'correct-horse-battery';
  const poor = {
    name: 'poor',
    password,
    cluster: ['monitor_ml', 'read_pipeline', 'manage'],
    indices: [{ names: ['*'], privileges: ['all'] }],
  };
  const [server, folder] = [await cluster({ accounts: [poor, superuser] }), work({ name: example })];
  const who = { ELASTIC_USERNAME: 'poor', ELASTIC_PASSWORD: password };
  expect(await mldr(folder, server.url, deploy, who)).toMatchObject({ exit: 0 });
  const next = server.requests.length;
  await mldr(folder, server.url, status, who);
  const place = server.requests.slice(next).findIndex(({ path }) => path === '/_nodes/stats/ingest');
  server.faults.set(server.requests.length + place, '403');
  const ended = await mldr(folder, server.url, status, who);
  expect(ended).toMatchObject({ exit: 2, report: { outcome: 'failed' } });
  expect(textOf(ended)).toMatch(
    /dns_enrich_pipeline +ML-DGA-20261122-2 +unknown +GET \/_nodes\/stats\/ingest at .*403/,
  );
  expect(textOf(ended)).toMatch(/\n2 unknown, 1 quiet$/);
});

it('shows the last execution of rules, through Kibana', async () => {
  const on = await stack(detectionsFolder());
  expect(await on.mldr({ command: 'deploy', directory: detections, enable: true })).toMatchObject({ exit: 0 });
  const rules = on.kibana.state.spaces.get('default')?.rules;
  const ran = (id: string, state: string, message: string): void => {
    const last = { date: '2026-11-22T03:00:00.000Z', status: state, status_order: 0, message, metrics: {} };
    rules?.set(id, { ...(rules.get(id) ?? expect.unreachable()), execution_summary: { last_execution: last } });
  };
  ran(predicted, 'succeeded', 'Rule execution completed successfully');
  expect(await on.mldr(status)).toMatchObject({ exit: 0 });
  ran(learning, 'partial failure', 'Machine learning job(s) are not started: experimental-high-sum-dga-probability');
  const ended = await on.mldr(status);
  expect(ended).toMatchObject({ exit: 4 });
  expect(textOf(ended)).toMatch(new RegExp(`rule ${predicted} .* healthy +succeeded at 2026-11-22T03:00`));
  expect(textOf(ended)).toMatch(new RegExp(`rule ${learning} .* ill +partial failure at .*: Machine learning job`));
  expect(textOf(ended)).toMatch(new RegExp(`rule ${probable} .* quiet +has not run yet`));
});
