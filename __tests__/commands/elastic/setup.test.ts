import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Failure } from '../../../src/errors.ts';
import { render } from '../../../src/reporters/reporter.ts';
import { newStack, stackView } from '../../elastic-server/stack.ts';
import { cluster, example, mldr, onTarget, second, textOf, work } from './cluster.ts';

const setup = { command: 'elastic setup-model', directory: example } as const;

it('installs with the ids that everybody knows, in an order in which nothing is missing', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const ended = await mldr(folder, server.url, setup);
  expect(ended).toMatchObject({ exit: 0, report: { outcome: 'passed', deployment: { state: 'done', number: 1 } } });
  if (!('report' in ended)) throw ended;
  expect(await render('summary', ended.report)).toContain('ML-DGA-20261122-2 is deployed: read back and verified.');
  const { subjects } = JSON.parse(await render('json', ended.report));
  expect(subjects[0].deployment).toMatchObject({ state: 'done', release: example, changes: { length: 5 } });
  const { stack } = server;
  expect([...stack.models.keys()]).toEqual(['dga_1000_1.0']);
  expect([...stack.scripts.keys()]).toEqual(['dga_ngrams_create', 'dga_ngrams_transform_delete']);
  expect([...stack.pipelines.keys()]).toEqual(['dns_dga_inference_enrich_pipeline', 'dns_enrich_pipeline']);
  expect(server.problems).toEqual([]);
});

it('a bundle of 2 MB takes at most 30 requests, and a second run changes nothing', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const file = join(folder, example, 'dga_1000_1.0_model.json');
  const model = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...model, metadata: { notes: 'x'.repeat(2_000_000) } }));
  await mldr(folder, server.url, setup);
  const first = server.requests.length;
  process.stdout.write(`requests of a first installation: ${first}\n`);
  expect(first).toBeLessThanOrEqual(30);
  const before = stackView(server.stack);
  const again = await mldr(folder, server.url, setup);
  expect(again).toMatchObject({ exit: 0, report: { deployment: { state: 'unchanged' } } });
  expect(stackView(server.stack)).toEqual(before);
  expect(server.requests.slice(first).every(({ method }) => method === 'GET')).toBe(true);
});

it('a dry run writes nothing but the plan', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const ended = await mldr(folder, server.url, { ...setup, 'dry-run': true, 'plan-out': 'plan.json' });
  expect(textOf(ended)).toContain('5 to add · nothing was written');
  expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'));
  expect(plan).toMatchObject({ version: 1, action: 'deploy', release: example, after: 0 });
});

it('stops at an error of the bundle before the first request', async () => {
  const change = [['ingest_pipeline2', 'dga_ngrams_create', 'dga_ngram_create']] as const;
  const [server, folder] = [await cluster(), work({ name: example, change })];
  const ended = await mldr(folder, server.url, setup);
  expect(ended).toMatchObject({ exit: 1, report: { subjects: [{ verdict: 'reject' }] } });
  expect(server.requests).toEqual([]);
});

it('a script that does not compile is shown at its place in the JSON file, and nothing stays', async () => {
  const change = [['ngrams_create', '{\\n  ctx.put', '{\\n  ctx = ;ctx.put']] as const;
  const [server, folder] = [await cluster(), work({ name: example, change })];
  const approved = { ...setup, severity: ['pipeline-script-not-known=note'] };
  const ended = await mldr(folder, server.url, approved);
  const lines = readFileSync(join(folder, example, 'dga_1000_1.0_ngrams_create.json'), 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes('ctx = ;')) + 1;
  const column = (lines[line - 1] ?? '').indexOf('ctx = ;') + 'ctx = '.length + 1;
  expect(ended).toMatchObject({ code: 'script-refused', exit: 1 });
  expect(textOf(ended)).toContain(`dga_1000_1.0_ngrams_create.json:${line}:${column}: `);
  expect(textOf(ended)).toContain('What this deployment had changed was put back.');
  expect([server.stack.models.size, server.stack.scripts.size, server.stack.pipelines.size]).toEqual([0, 0, 0]);
});

it('a proof that fails is no switch: what stood there stays as it was', async () => {
  const [server, folder] = [await cluster(), work({ name: example }, second)];
  await mldr(folder, server.url, setup);
  const before = onTarget(server);
  const wrong = work({
    ...second,
    change: [...(second.change ?? []), ['ingest_pipeline2', '"ngram_count": 1', '"ngram_count": 2']],
  });
  const ended = await mldr(wrong, server.url, { command: 'deploy', directory: second.name });
  expect(ended).toMatchObject({ code: 'proof-failed' });
  expect(onTarget(server)).toEqual(before);
});

it('puts models side by side under a prefix', async () => {
  const [server, folder] = [await cluster(), work({ name: example }, second)];
  await mldr(folder, server.url, setup);
  await mldr(folder, server.url, { command: 'deploy', directory: second.name, 'id-prefix': 'team-b.' });
  expect([...server.stack.pipelines.keys()]).toEqual([
    'dns_dga_inference_enrich_pipeline',
    'dns_enrich_pipeline',
    'team-b.dns_dga_inference_enrich_pipeline',
    'team-b.dns_enrich_pipeline',
  ]);
  const inner = server.stack.pipelines.get('team-b.dns_dga_inference_enrich_pipeline');
  expect(JSON.stringify(inner)).toContain('"model_id":"team-b.dga_1001_1.0"');
});

it('refuses a licence that runs no model, by its name', async () => {
  const folder = work({ name: example });
  for (const [license, text] of [
    [{ type: 'basic', status: 'active' }, '`basic`'],
    [{ type: 'platinum', status: 'expired' }, 'expired'],
  ] as const) {
    const server = await cluster({ stack: { ...newStack(), license } });
    const ended = await mldr(folder, server.url, setup);
    expect(ended).toMatchObject({ code: 'target-licence' });
    expect(textOf(ended)).toContain(text);
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  }
  const off = { ...newStack(), machineLearning: { available: true, enabled: false } };
  const ended = await mldr(folder, (await cluster({ stack: off })).url, setup);
  expect(textOf(ended)).toContain('switched off');
  const trial = { ...newStack(), license: { type: 'trial', status: 'active' } };
  expect(await mldr(folder, (await cluster({ stack: trial })).url, setup)).toMatchObject({ exit: 0 });
});

it('of two at once one waits or refuses, and the target is whole', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const ended = await Promise.all([1, 2, 3].map(() => mldr(folder, server.url, setup)));
  const failures = ended.flatMap((each) => (each instanceof Failure ? [each.code] : []));
  expect(failures.length).toBeLessThan(3);
  for (const code of failures) expect(['deployment-held', 'target-changed', 'deployment-unfinished']).toContain(code);
  expect(await mldr(folder, server.url, { command: 'status' })).toMatchObject({ exit: 0 });
  expect([server.stack.models.size, server.stack.scripts.size, server.stack.pipelines.size]).toEqual([1, 2, 2]);
});
