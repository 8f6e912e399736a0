import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Program } from '../../elastic-server/painless.ts';
import { newIndex } from '../../elastic-server/stack.ts';
import { cluster, example, mldr, onTarget, textOf, work } from './cluster.ts';

// A loopback server that is OpenSearch by its word: what it refuses was measured on a real 2.19.1.
const version = 'opensearch 2.19.1';
const [first, later] = ['ML-Mine-20261124-1', 'ML-Mine-20261125-2'] as const;

const kind = `[[kind]]
id = "mine"
family = "ML-Mine"
title = "Pipelines of ours"
[[kind.role]]
id = "script"
pattern = "*_script.json"
format = "elastic-script"
count = "any"
defines = [{ space = "script", id = "<stem>" }]
[[kind.role]]
id = "pipeline"
pattern = "*_pipeline.json"
format = "elastic-pipeline"
count = "any"
defines = [{ space = "pipeline", id = "<stem>", entry-point = true }]
`;

/** A bundle without a model, with a document that is to come out with a number. */
function bundle(folder: string, name: string, number: number): void {
  mkdirSync(join(folder, name, '_dev', 'test'), { recursive: true });
  const put = (file: string, value: unknown): void => writeFileSync(join(folder, name, file), JSON.stringify(value));
  put('mine_script.json', { script: { lang: 'painless', source: `ctx.x = ${number}` } });
  put('mine_pipeline.json', { processors: [{ script: { id: 'mine_script' } }] });
  put('_dev/test/a.json', [{ a: 1 }]);
  put('_dev/test/a-expected.json', [{ a: 1, x: number }]);
}

const severity = ['pipeline-script-not-known=note', 'pipeline-unknown-model=off'];

const programs: Record<string, Program> = {
  'ctx.x = 1': (ctx) => Object.assign(ctx, { x: 1 }),
  'ctx.x = 2': (ctx) => Object.assign(ctx, { x: 2 }),
};

it('takes scripts and pipelines, updates and removes them, with a journal and proofs as anywhere', async () => {
  const [server, folder] = [await cluster({ version, programs }), work()];
  writeFileSync(join(folder, 'ml-detection-release.toml'), kind);
  bundle(folder, first, 1);
  bundle(folder, later, 2);
  const empty = onTarget(server);
  const ended = await mldr(folder, server.url, { command: 'deploy', directory: first, severity });
  expect(textOf(ended)).toContain('OpenSearch 2.19.1');
  expect(ended).toMatchObject({ exit: 0, report: { deployment: { state: 'done' } } });
  // A version below 7 is none of Elasticsearch: `_meta` of pipelines and whatever came later are not sent.
  expect(JSON.stringify([...server.stack.pipelines.values()])).not.toContain('_meta');
  expect(await mldr(folder, server.url, { command: 'deploy', directory: later, severity })).toMatchObject({ exit: 0 });
  expect(textOf(await mldr(folder, server.url, { command: 'status' }))).toMatch(
    /OpenSearch 2\.19\.1[\s\S]*mine_pipeline +ML-Mine-20261125-2 +ok/,
  );
  const out = 'ML-Mine-20261126-3';
  expect(await mldr(folder, server.url, { command: 'pull', id: ['mine_pipeline'], out, severity })).toMatchObject({
    exit: 0,
  });
  expect(JSON.parse(readFileSync(join(folder, out, 'mine_script.json'), 'utf8')).script.source).toBe('ctx.x = 2');
  expect(await mldr(folder, server.url, { command: 'undeploy' })).toMatchObject({ exit: 0 });
  expect(onTarget(server)).toEqual(empty);
  expect(server.problems).toEqual([]);
});

it('refuses what needs machine learning of Elastic by its name, and writes nothing', async () => {
  const [server, folder] = [await cluster({ version }), work({ name: example })];
  server.stack.indices.set('logs', newIndex({}, {}));
  const before = onTarget(server);
  const model = await mldr(folder, server.url, { command: 'elastic setup-model', directory: example });
  expect(model).toMatchObject({ code: 'target-unsupported', exit: 2 });
  expect(textOf(model)).toContain(
    'is OpenSearch 2.19.1, and `model/dga_1000_1.0` (dga_1000_1.0_model.json) is of a type',
  );
  writeFileSync(
    join(folder, 'job.json'),
    readFileSync('examples/ML-experimental-detections-20261122-1/experimental-rare-dga-domain.json'),
  );
  for (const inputs of [
    { command: 'elastic upload-job', file: ['job.json'] },
    { command: 'elastic delete-job', name: 'x', type: 'anomaly_detection' },
  ] as const) {
    const ended = await mldr(folder, server.url, inputs);
    expect(ended).toMatchObject({ code: 'target-unsupported' });
    expect(textOf(ended)).toContain('it has no machine learning of Elastic');
  }
  expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  expect(onTarget(server)).toEqual(before);
});

it('a pipeline that asks a model is refused before anything is stored', async () => {
  const [server, folder] = [await cluster({ version }), work()];
  writeFileSync(join(folder, 'ml-detection-release.toml'), kind);
  bundle(folder, first, 1);
  writeFileSync(
    join(folder, first, 'mine_pipeline.json'),
    JSON.stringify({
      processors: [{ foreach: { field: 'a', processor: { inference: { model_id: 'lang_ident_model_1' } } } }],
    }),
  );
  const ended = await mldr(folder, server.url, { command: 'deploy', directory: first, severity });
  expect(textOf(ended)).toContain('`pipeline/mine_pipeline` (mine_pipeline.json) has the processor `inference`');
  expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
});
