import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cluster, example, mldr, onTarget, second, textOf, work } from './cluster.ts';

const deploy = { command: 'deploy', directory: example } as const;
const validate = { command: 'validate', bundle: [example] } as const;

const plain = { dns: { question: { registered_domain: 'elastic.co' } } };

/** The bundle with documents of which one is asked about and the other has no question; what is expected of the first. */
function bundle(expected: object): string {
  const folder = work({ name: example }, second);
  for (const name of [example, second.name]) {
    const test = join(folder, name, '_dev', 'test');
    mkdirSync(test, { recursive: true });
    writeFileSync(join(test, 'dns.json'), JSON.stringify([plain, { message: 'no question' }]));
    const wanted = [{ _source: { ...plain, ml_is_dga: expected } }, { _source: { message: 'no question' } }];
    const text = JSON.stringify({ docs: wanted, volatile: ['/ml_is_dga/top_classes'] }, undefined, 2);
    writeFileSync(join(test, 'dns-expected.json'), text);
  }
  return folder;
}

const right = {
  malicious_prediction: 0,
  malicious_probability: 0.01,
  model_id: 'dga_1000_1.0',
};

it('documents that come out as expected are no word; the report of a validation says that it asked no stack', async () => {
  const [server, folder] = [await cluster(), bundle(right)];
  const offline = await mldr(folder, server.url, validate);
  expect(offline).toMatchObject({ exit: 0, report: { subjects: [{ diagnostics: [] }] } });
  expect(server.requests).toEqual([]);
  const skipped = (ended: typeof offline) => ('report' in ended ? ended.report.subjects[0]?.skipped : undefined);
  expect(skipped(offline)).toContainEqual({ check: 'pipeline-simulate', reason: 'no stack given' });

  const asked = { ...validate, 'elasticsearch-url': server.url };
  expect(skipped(await mldr(folder, server.url, asked))).toContainEqual({
    check: 'pipeline-simulate',
    reason: expect.stringMatching(/^`pipeline\/\S+` does not stand on http:\S+ as the bundle has it: deploy it there$/),
  });

  const ended = await mldr(folder, server.url, deploy);
  expect(textOf(ended)).toContain('5 documents through _simulate');
  expect(ended).toMatchObject({ exit: 0 });
  const online = await mldr(folder, server.url, asked);
  expect(online).toMatchObject({ exit: 0, report: { subjects: [{ diagnostics: [], skipped: [] }] } });
  expect(server.problems).toEqual([]);
});

it('a difference is found at its place by a validation, and by a deployment before the switch', async () => {
  const [server, folder] = [await cluster(), bundle({ ...right, malicious_prediction: 1, seen: true })];
  const empty = onTarget(server);
  const ended = await mldr(folder, server.url, deploy);
  expect(ended).toMatchObject({ code: 'proof-failed', exit: 1 });
  expect(textOf(ended)).toContain(
    '_dev/test/dns-expected.json:11:35: Document 1 of `_dev/test/dns.json`: `/ml_is_dga/malicious_prediction` is ' +
      'the number 0; expected is the number 1.',
  );
  expect(textOf(ended)).toContain('_dev/test/dns-expected.json:14:19: Document 1 of');
  expect(textOf(ended)).toContain('`/ml_is_dga/seen` is missing; expected is `true`.');
  expect(onTarget(server)).toEqual(empty);

  const good = bundle(right);
  await mldr(good, server.url, deploy);
  const before = onTarget(server);
  const asked = await mldr(folder, server.url, { ...validate, 'elasticsearch-url': server.url });
  expect(asked).toMatchObject({
    exit: 1,
    report: {
      subjects: [
        {
          diagnostics: [
            { check: 'pipeline-simulate', file: '_dev/test/dns-expected.json', line: 11, column: 35 },
            { check: 'pipeline-simulate', file: '_dev/test/dns-expected.json', line: 14, column: 19 },
          ],
        },
      ],
    },
  });
  expect(onTarget(server)).toEqual(before);
});

it('an update is proven with the ids of its own, while the one that stands serves', async () => {
  const [server, folder] = [await cluster(), bundle({ ...right, model_id: 'dga_1001_1.0' })];
  await mldr(work({ name: example }), server.url, deploy);
  const ended = await mldr(folder, server.url, { command: 'deploy', directory: second.name });
  expect(textOf(ended)).toContain('5 documents through _simulate');
  expect(ended).toMatchObject({ exit: 0 });
});

it('documents that are none stop before the first request', async () => {
  const [server, folder] = [await cluster(), bundle(right)];
  writeFileSync(join(folder, example, '_dev', 'test', 'dns.json'), '[{"a": 1},\n  "b"]');
  const ended = await mldr(folder, server.url, deploy);
  expect(ended).toMatchObject({
    exit: 1,
    report: { subjects: [{ diagnostics: [{ check: 'test-document-malformed', line: 2, column: 3 }] }] },
  });
  writeFileSync(join(folder, example, '_dev', 'test', 'dns.json'), '[{"a": 1},\n  {"b" 2}]');
  expect(await mldr(folder, server.url, deploy)).toMatchObject({
    exit: 1,
    report: { subjects: [{ diagnostics: [{ check: 'json-syntax', file: '_dev/test/dns.json', line: 2 }] }] },
  });
  expect(server.requests).toEqual([]);
});

it('the files of the recipe come out as it says, with either release', async () => {
  const recipe = readFileSync(new URL('../../../docs/recipes/test-documents.md', import.meta.url), 'utf8');
  const [documents = '', expected = ''] = [...recipe.matchAll(/```json\n([^`]*)```/g)].map(([, text]) => text);
  const [server, folder] = [await cluster(), bundle(right)];
  for (const name of [example, second.name]) {
    writeFileSync(join(folder, name, '_dev', 'test', 'dns.json'), documents);
    writeFileSync(join(folder, name, '_dev', 'test', 'dns-expected.json'), expected);
    const ended = await mldr(folder, server.url, { command: 'deploy', directory: name });
    expect(ended, textOf(ended)).toMatchObject({ exit: 0 });
  }
});
