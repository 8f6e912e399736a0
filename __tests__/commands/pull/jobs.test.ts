import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { cluster, mldr, onTarget, textOf } from '../elastic/cluster.ts';
import { filesIn } from './files-in.ts';

const bundle = 'ML-experimental-detections-20261122-1';
const pulled = 'ML-experimental-detections-20261124-2';
const pull = { command: 'pull', out: pulled } as const;

function work(...examples: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'mldr-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  for (const name of examples) cpSync(resolve('examples', name), join(folder, name), { recursive: true });
  return folder;
}

const jsonIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();

it('jobs, their datafeeds and analytics come as the files that they were, and stand elsewhere as they stood', async () => {
  const [server, folder] = [await cluster(), work(bundle)];
  await mldr(folder, server.url, { command: 'elastic upload-job', file: [bundle], start: true });
  const before = onTarget(server);
  const words = ['job/experimental-*', 'data_frame_analytic/experimental-dns-client-outliers'];
  const ended = await mldr(folder, server.url, { ...pull, id: words });
  expect(textOf(ended)).toContain(`✓ written to ${pulled}`);
  expect(ended).toMatchObject({ exit: 0, report: { counts: { error: 0, warning: 0 } } });
  expect(onTarget(server)).toEqual(before);
  expect(jsonIn(join(folder, pulled))).toEqual(jsonIn(join(folder, bundle)));
  for (const name of jsonIn(join(folder, bundle))) {
    const [old, now] = [bundle, pulled].map((from) => JSON.parse(readFileSync(join(folder, from, name), 'utf8')));
    expect(Object.keys(now)).toEqual(['name', 'type', 'body']);
    expect(now).toMatchObject({ name: old.name, type: old.type });
    expect(JSON.stringify(now)).not.toMatch(/create_time|job_version|"authorization"|running|ml_detection_release/);
  }
  // What the file says is on the server as it was: nothing to do for either of the two bundles.
  const again = await mldr(folder, server.url, { command: 'elastic upload-job', file: [pulled] });
  expect(textOf(again)).not.toMatch(/^ +[~+-] /m);

  const other = await cluster();
  expect(await mldr(folder, other.url, { command: 'elastic upload-job', file: [pulled] })).toMatchObject({ exit: 0 });
  await mldr(folder, other.url, { ...pull, id: words, out: join('again', pulled) });
  expect(filesIn(join(folder, 'again', pulled))).toEqual(filesIn(join(folder, pulled)));
});

it('a later family comes back with the stems that are its ids', async () => {
  const name = 'ML-ProblemChild-20261122-1';
  const [server, folder] = [await cluster(), work(name)];
  for (const file of jsonIn(join(folder, name))) {
    const [stem, value] = [file.replace(/\.json$/, ''), JSON.parse(readFileSync(join(folder, name, file), 'utf8'))];
    if (/_script$/.test(stem)) server.stack.scripts.set(stem, value.script);
    else if (/_pipeline$/.test(stem)) server.stack.pipelines.set(stem, value);
    else server.stack.models.set(stem.replace(/_model$/, ''), { body: value, createdAt: 0 });
  }
  const out = 'ML-ProblemChild-20261124-2';
  const ended = await mldr(folder, server.url, { command: 'pull', id: ['problemchild_1000_1.0'], out });
  expect(textOf(ended)).toContain(`✓ written to ${out}`);
  expect(ended).toMatchObject({ report: { counts: { error: 0 } } });
  expect(jsonIn(join(folder, out))).toEqual(jsonIn(join(folder, name)));
});

it('ids that cannot be names of files are refused, whatever pattern reached them', async () => {
  const [server, folder] = [await cluster(), work()];
  const kind = `[[kind]]
id = "mine"
family = "ML-Mine"
title = "Pipelines of ours"
[[kind.role]]
id = "pipeline"
pattern = "*_pipeline.json"
format = "elastic-pipeline"
count = "any"
defines = [{ space = "pipeline", id = "<stem>" }]
`;
  writeFileSync(join(folder, 'ml-detection-release.toml'), kind);
  const good = 'mine_pipeline';
  for (const id of [
    good,
    '../../etc/x_pipeline',
    'a b_pipeline',
    'con_\u202epipeline',
    '.x_pipeline',
    'x'.repeat(300),
  ]) {
    server.stack.pipelines.set(id, { processors: [{ set: { field: 'mine', value: 1 } }] });
  }
  const out = 'ML-Mine-20261124-1';
  expect(textOf(await mldr(folder, server.url, { command: 'pull', id: ['pipeline/*'], out }))).toContain(out);
  expect(jsonIn(join(folder, out))).toEqual([`${good}.json`]);
  const ended = await mldr(folder, server.url, {
    command: 'pull',
    id: ['pipeline/../../etc/x_pipeline'],
    out: `${out}0`,
  });
  expect(ended).toMatchObject({ code: 'pull-refused' });
  expect(readdirSync(folder).sort()).toEqual([out, 'ml-detection-release.toml']);
});
