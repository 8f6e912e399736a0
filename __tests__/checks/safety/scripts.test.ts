import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readsOnly } from '../../../src/checks/condition.ts';
import { knownScripts } from '../../../src/domain/known-scripts.ts';
import { judged, told } from './judged.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function exampleSources(): string[] {
  const folders = readdirSync('examples').map((folder) => join('examples', folder));
  const files = folders.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
  return files
    .filter((file) => /_(?:ngrams_\w+|script)\.json$/.test(file))
    .map((file): { script: { source: string } } => JSON.parse(readFileSync(file, 'utf8')))
    .map(({ script }) => script.source);
}

test('the known scripts are those of the examples, and no others', () => {
  expect(Object.keys(knownScripts).sort()).toEqual([...new Set(exampleSources().map(sha256))].sort());
});

describe('a known script', () => {
  const [source = ''] = exampleSources();
  const stored = (more: object) => ({ script: { lang: 'painless', source, ...more } });

  test('is known inside a pipeline and without a language too', () => {
    expect(told('elastic-script', stored({}))).toEqual([]);
    expect(told('elastic-script', { script: { source, options: {} } })).toEqual([]);
    expect(told('elastic-pipeline', { processors: [{ script: { source } }, { script: source }] })).toEqual([]);
  });

  test.each([
    [{ source: `${source} ` }],
    [{ source: source.replaceAll('\n', '\r\n') }],
    [{ lang: 'Painless' }],
    [{ lang: null }],
    [{ options: { max_loop_counter: '0' } }],
    [{ options: 'x' }],
    [{ inline: 'ctx.x = 1' }],
    [{ code: 'ctx.x = 1' }],
  ])('is no other: %j', (more) => {
    expect(new Set(judged('elastic-script', stored(more)).map(({ check }) => check))).toEqual(
      new Set(['pipeline-script-not-known']),
    );
  });
});

test('an approved digest stands for its source, in scripts, conditions and searches', () => {
  const source = 'for (int i = 0; i < 3; i++) { ctx.a = i } return true';
  const approved = [{ sha256: sha256(source), reason: 'read' }];
  const pipeline = { processors: [{ script: { source } }, { set: { field: 'x', if: source } }] };
  const job = { name: 'd', type: 'anomaly_detection', body: { x: { script: { source } } } };
  expect(told('elastic-pipeline', pipeline)).toHaveLength(2);
  expect(told('elastic-job', job)).toHaveLength(1);
  expect(judged('elastic-pipeline', pipeline, approved)).toEqual([]);
  expect(judged('elastic-job', job, approved)).toEqual([]);
  expect(judged('elastic-script', { script: { source: `${source};` } }, approved)).toHaveLength(1);
});

test('the digest to approve is told whole', () => {
  const [finding] = judged('elastic-script', { script: { lang: 'painless', source: 'ctx.x = 1' } });
  expect(finding?.message).toContain(sha256('ctx.x = 1'));
});

describe('a condition', () => {
  test.each([
    'ctx?.dns?.question?.registered_domain != null && !ctx.dns.question.registered_domain.isEmpty()',
    'ctx.type == \'dns\' && ctx.dns?.question?.type != "PTR"',
    "return ctx['a b'] >= 1.5 || (ctx.tags ?: []) == params.tags;".replace('[]', 'null'),
    "ctx.x instanceof List && ctx.x.size() > 3 ? ctx.x.contains('a') : false",
    'true',
  ])('may read and compare: %s', (source) => {
    expect(readsOnly(source)).toBe(true);
  });

  test.each([
    '',
    ' ',
    'ctx.x = 1',
    'ctx.x=1',
    'ctx.x == 1; ctx.y = 2',
    "ctx.put('_index', 'x')",
    "ctx.remove('x')",
    'ctx.x++ > 1',
    'while (true) {}',
    'for (x in ctx.y) { return true }',
    'ctx.x.stream().anyMatch(y -> y == 1)',
    'new ArrayList().isEmpty()',
    'ctx.x =~ /(a+)+$/',
    "ctx.x.matches('(a+)+$')",
    "ctx.x.replaceAll('a', 'b') == 'b'",
    "'a'.splitOnToken('b').length == 1",
    'Math.random() > 0.5',
    'System.exit(1)',
    'isEmpty()',
    'ctx.x()',
    'ctx. x (1)',
    'def x = 1; return true',
    'ctx.x == 1 /* a comment */',
    '"not closed',
    "'a' + 'b' == ctx.x",
    'ctx.x @ 1',
    'params.x instanceof Runtime',
    `${'ctx.a == 1 || '.repeat(200)}true`,
  ])('may do no more: %s', (source) => {
    expect(readsOnly(source)).toBe(false);
  });
});

describe('searches', () => {
  const job = (body: object) => ({ name: 'j', type: 'anomaly_detection', body: JSON.parse(JSON.stringify(body)) });

  test.each([
    [{ script_fields: { a: { script: { source: 'x' } } } }, '/body/script_fields/a/script/source'],
    [{ script_fields: { script: { script: 'x' } } }, '/body/script_fields/script/script'],
    [{ runtime_mappings: { a: { type: 'long', script: 'x' } } }, '/body/runtime_mappings/a/script'],
    [{ query: { script: { script: { source: 'x' } } } }, '/body/query/script/script/source'],
    [{ aggs: { a: { scripted_metric: { init_script: 'x' } } } }, '/body/aggs/a/scripted_metric/init_script'],
    [{ aggs: { a: { terms: { script: { lang: 'expression', source: 'x' } } } } }, '/body/aggs/a/terms/script/source'],
    [{ sort: [{ _script: { type: 'number', script: ['x'] } }] }, '/body/sort/0/_script/script/0'],
    [{ query: { bool: { filter: [{ wrapper: { query: 'e30=' } }] } } }, '/body/query/bool/filter/0/wrapper'],
    [{ anything: [{ lang: 'painless', source: 'x' }] }, '/body/anything/0/source'],
    [
      { datafeed_config: { indices: ['a-b'], x: { Script: { inline: 'x' } } } },
      '/body/datafeed_config/x/Script/inline',
    ],
  ])('find the script in %j', (body, pointer) => {
    expect(told('elastic-job', job(body))).toEqual([`search-script-not-known ${pointer}`]);
  });

  test('take no word for a script that is none', () => {
    const description = { description: 'source of a script', script_score: 1, custom_settings: { source: 'x' } };
    expect(told('elastic-job', job(description))).toEqual([]);
  });
});
