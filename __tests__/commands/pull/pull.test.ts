import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Failure } from '../../../src/errors.ts';
import { cluster, example, mldr, onTarget, second, textOf, work } from '../elastic/cluster.ts';
import { filesIn } from './files-in.ts';

const pulled = 'ML-DGA-20261124-7';
const pull = { command: 'pull', out: pulled } as const;

it('what was deployed comes back as a bundle that is clean, and deploys elsewhere as it was', async () => {
  const [first, folder] = [await cluster(), work({ name: example })];
  await mldr(folder, first.url, { command: 'deploy', directory: example });
  const before = onTarget(first);
  const ended = await mldr(folder, first.url, pull);
  expect(textOf(ended)).toContain(`✓ written to ${pulled}`);
  expect(ended).toMatchObject({ exit: 0, report: { subjects: [{ verdict: 'accept', diagnostics: [] }] } });
  expect(onTarget(first)).toEqual(before);
  expect(first.problems).toEqual([]);
  const files = filesIn(join(folder, pulled));
  expect(Object.keys(files)).toEqual(readdirSync(join(folder, example)).sort());
  for (const part of ['ngrams_create', 'ngrams_transform_delete', 'ingest_pipeline1', 'ingest_pipeline2']) {
    const name = `dga_1000_1.0_${part}.json`;
    expect(JSON.parse(files[name] ?? '')).toEqual(JSON.parse(readFileSync(join(folder, example, name), 'utf8')));
  }
  expect(await mldr(folder, first.url, { command: 'validate', bundle: [pulled] })).toMatchObject({
    exit: 0,
    report: { counts: { error: 0, warning: 0, note: 0 } },
  });

  const other = await cluster();
  expect(await mldr(folder, other.url, { command: 'deploy', directory: pulled })).toMatchObject({ exit: 0 });
  expect(await mldr(folder, other.url, { ...pull, out: join('again', pulled) })).toMatchObject({ exit: 0 });
  expect(filesIn(join(folder, 'again', pulled))).toEqual(files);
});

it.each(['7.10.2', '8.0.0'])('asks a server of version %s for nothing that it does not know', async (version) => {
  const [server, folder] = [await cluster({ version }), work({ name: example })];
  await mldr(folder, server.url, { command: 'deploy', directory: example });
  const ended = await mldr(folder, server.url, pull);
  expect(ended).toMatchObject({ exit: 0, report: { subjects: [{ verdict: 'accept' }] } });
  expect(server.problems).toEqual([]);
});

it('ids lose the prefix of their line and the version that an update gave them, in references too', async () => {
  const [updated, folder] = [await cluster(), work({ name: example }, second)];
  const line = { 'id-prefix': 'team-b.' } as const;
  await mldr(folder, updated.url, { command: 'deploy', directory: example, ...line });
  await mldr(folder, updated.url, { command: 'deploy', directory: second.name, ...line });
  expect([...updated.stack.scripts.keys()].some((id) => /^team-b\.dga_ngrams_create__/.test(id))).toBe(true);
  await mldr(folder, updated.url, { ...pull, ...line });
  const fresh = await cluster();
  await mldr(folder, fresh.url, { command: 'deploy', directory: second.name });
  await mldr(folder, fresh.url, { ...pull, out: join('fresh', pulled) });
  const [{ 'README.md': _, ...files }, { 'README.md': __, ...plain }] = [
    filesIn(join(folder, pulled)),
    filesIn(join(folder, 'fresh', pulled)),
  ];
  expect(files).toEqual(plain);
  expect(JSON.stringify(files)).not.toContain('team-b');
});

it('a model brings the pipelines that lead to it; what else calls them is left out, and named', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  await mldr(folder, server.url, { command: 'deploy', directory: example });
  server.stack.pipelines.set('logs@custom', { processors: [{ pipeline: { name: 'dns_enrich_pipeline' } }] });
  const ended = await mldr(folder, server.url, { ...pull, id: ['dga_1000_1.0'] });
  expect(textOf(ended)).toContain('left out: pipeline logs@custom');
  expect(Object.keys(filesIn(join(folder, pulled)))).toHaveLength(6);
});

it('a pattern is matched here, and no request holds one', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  await mldr(folder, server.url, { command: 'deploy', directory: example });
  const first = server.requests.length;
  expect(await mldr(folder, server.url, { ...pull, id: ['model/dga_*'] })).toMatchObject({ exit: 0 });
  const sent = server.requests.slice(first);
  expect(sent.every(({ method, path, query }) => method === 'GET' && !/\*|%2a/i.test(path + query))).toBe(true);
  expect(textOf(await mldr(folder, server.url, { ...pull, id: ['script/dga_*'], out: 'x' }))).toContain('usage');
});

it('an object that is used and not there, or has no place, is a refusal that names it; nothing is written', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  await mldr(folder, server.url, { command: 'deploy', directory: example });
  const cases = [
    [{ ...pull, id: ['dns_other'] }, '`dns_other`'],
    [{ ...pull, id: ['pipeline/../x'] }, '`pipeline/../x`'],
    [{ ...pull, kind: 'ml-experimental-detections' }, 'It is not said which objects'],
    [{ command: 'pull' }, '--out ML-DGA-20261124-1'],
    [{ ...pull, out: 'folder' }, 'The kind of the bundle cannot be told'],
  ] as const;
  for (const [inputs, text] of cases) {
    const ended = await mldr(folder, server.url, inputs);
    expect(ended).toBeInstanceOf(Failure);
    expect(textOf(ended)).toContain(text);
  }
  server.stack.pipelines.set('other', { processors: [{ pipeline: { name: 'dns_enrich_pipeline' } }] });
  expect(textOf(await mldr(folder, server.url, { ...pull, id: ['pipeline/other'] }))).toContain(
    'pull-refused: The objects make no such bundle: `pipeline/other` has no place in it: an id of this type there is ' +
      '`dns_enrich_pipeline` or `dns_dga_inference_enrich_pipeline`.',
  );
  server.stack.scripts.delete('dga_ngrams_create');
  expect(textOf(await mldr(folder, server.url, pull))).toContain(
    '`pipeline/dns_dga_inference_enrich_pipeline` uses `script/dga_ngrams_create`, which is not there.',
  );
  expect(readdirSync(folder).sort()).toEqual([example, 'ml-detection-release.toml']);
});

it('writes over nothing, and leaves nothing where any of its requests fails', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  await mldr(folder, server.url, { command: 'deploy', directory: example });
  mkdirSync(join(folder, pulled));
  writeFileSync(join(folder, pulled, 'mine'), 'mine');
  expect(await mldr(folder, server.url, pull)).toMatchObject({ code: 'write-failed' });
  expect(filesIn(join(folder, pulled))).toEqual({ mine: 'mine' });

  const first = server.requests.length;
  await mldr(folder, server.url, { ...pull, out: 'ML-DGA-20261124-8' });
  const count = server.requests.length - first;
  for (let at = 0; at < count; at += 1) {
    for (const fault of ['500-after', 'truncated', '403', 'cut'] as const) {
      server.faults.set(server.requests.length + at, fault);
      const ended = await mldr(folder, server.url, { ...pull, out: 'ML-DGA-20261124-9' });
      const path = join(folder, 'ML-DGA-20261124-9');
      if (ended instanceof Failure) {
        expect(existsSync(path)).toBe(false);
        continue;
      }
      // A look that was cut short is taken again: what came of the first try is not in the file.
      expect(fault).toBe('cut');
      const [good, again] = [join(folder, 'ML-DGA-20261124-8'), path].map(filesIn);
      expect(again?.['dga_1000_1.0_model.json']).toBe(good?.['dga_1000_1.0_model.json']);
      rmSync(path, { recursive: true });
    }
  }
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});
