import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Inputs } from '../../src/inputs.ts';
import { reportBlocks } from '../../src/reporters/sections.ts';
import { told } from './told.ts';

const name = 'ML-DGA-20261122-2';
const small = 'dga_1000_1.0_model.json';
const goldenFile = 'dga_1000_1.0_golden.jsonl';
let cwd = '';

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mldr-model-'));
  cpSync(join('examples', name), join(cwd, name), { recursive: true });
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const put = (file: string, text: string | Buffer) => writeFileSync(join(cwd, file), text);
const ask = (
  command: 'model inspect' | 'model predict' | 'model golden' | 'model evaluate',
  inputs: Partial<Inputs> = {},
) => told({ model: name, ...inputs, command }, cwd);
/** Lines of an answer that nobody took as they came. */
const rowsOf = (report: { readonly text?: readonly string[] } | undefined) => report?.text ?? [];

describe('model inspect', () => {
  test('shows the card, in three forms', async () => {
    const { exit, text, result, report } = await ask('model inspect');
    expect(exit).toBe(0);
    expect(text).toContain('trees         15, depth 7, 120 leaves, 105 splits');
    const inputs = expect.arrayContaining([{ name: 'dga_tld', splits: 17 }]);
    expect(result).toMatchObject({
      id: 'dga_1000_1.0',
      task: 'classification',
      leaves: 120,
      classes: ['0', '1'],
      inputs,
    });
    const page = report === undefined ? '' : reportBlocks(report, {}).join('');
    expect(page).toContain('xychart-beta horizontal');
    expect(page).toContain('| trees | 15, depth 7, 120 leaves, 105 splits |');
    expect(page).not.toContain('█');
  });

  test('reads a file that stands alone, compressed too', async () => {
    cpSync('__tests__/fixtures/models/compressed_model.json', join(cwd, 'model.json'));
    expect((await ask('model inspect', { model: 'model.json' })).result).toMatchObject({ leaves: 120, trees: 15 });
  });

  test('warns of features that no input gives, and of the leaves of a random forest', async () => {
    const model = JSON.parse(readFileSync(join(cwd, name, small), 'utf8'));
    model.input.field_names = model.input.field_names.filter((field: string) => field !== 'dga_tld');
    for (const { tree } of model.definition.trained_model.ensemble.trained_models) {
      for (const node of tree.tree_structure)
        if ('leaf_value' in node) node.leaf_value = [Math.log(0.25), Math.log(0.75)];
    }
    put(`${name}/${small}`, JSON.stringify(model));
    const { text } = await ask('model inspect');
    expect(text).toContain('No input gives the features');
    expect(text).toContain('as eland writes those of a random forest');
  });

  test('says by pointer what cannot be evaluated', async () => {
    const model = JSON.parse(readFileSync(join(cwd, name, small), 'utf8'));
    model.definition.trained_model.ensemble.classification_labels = ['0'];
    put(`${name}/${small}`, JSON.stringify(model));
    const { exit, text } = await ask('model inspect');
    expect(exit).toBe(1);
    expect(text).toContain(`${small} /definition/trained_model/ensemble/classification_labels: There are 1 labels`);
  });

  test('tells a file that is none, and one that is not there', async () => {
    put('model.json', '{"definition":');
    const broken = await ask('model inspect', { model: 'model.json' });
    expect([broken.exit, broken.text]).toEqual([1, expect.stringContaining('(json-syntax)')]);
    const absent = await ask('model inspect', { model: 'none.json' });
    expect([absent.exit, absent.failure?.code]).toEqual([2, 'path-not-found']);
  });
});

describe('model predict', () => {
  const first = { domain: 'take-lobsters.example', malicious_prediction: 1, malicious_probability: 0.5882116491759719 };

  test('answers values', async () => {
    const { exit, text, result } = await ask('model predict', { value: [first.domain, 'example'] });
    expect(exit).toBe(0);
    expect(text).toContain('take-lobsters.example  malicious_prediction 1  malicious_probability 0.5882116491759719\n');
    expect(result).toMatchObject({ predictions: [first, { domain: 'example' }] });
  });

  test.each([
    ['a value a line', 'names.txt', 'take-lobsters.example\r\n\n', [first]],
    ['NDJSON', 'rows.ndjson', `{"domain":"take-lobsters.example","note":1}\n`, [first]],
    ['NDJSON by its first line', 'rows', '{"domain":"take-lobsters.example"}', [first]],
  ] as const)('answers a stream: %s', async (_, from, text, expected) => {
    put(from, text);
    const { exit, report, progress } = await ask('model predict', { from });
    expect(exit).toBe(0);
    expect(rowsOf(report).map((line) => JSON.parse(line))).toEqual(expected);
    expect(progress).toEqual(['predict  1 rows']);
  });

  test('answers CSV as CSV; its columns are domains, or the inputs', async () => {
    put('a.csv', 'note,domain\n"a, ""quoted"" one",take-lobsters.example\n');
    const { report } = await ask('model predict', { from: 'a.csv' });
    expect(rowsOf(report)).toEqual([
      'row,malicious_prediction,malicious_probability,error',
      'take-lobsters.example,1,0.5882116491759719,',
    ]);
    put('b.csv', 'dga_len,dga_tld,other\n13,example,1\n,,1\n');
    const rows = rowsOf((await ask('model predict', { from: 'b.csv' })).report);
    expect(rows[1]).toMatch(/^2,[01],0\.\d+,$/);
    expect(rows[2]).toContain('all fields were missing');
  });

  test('goes on behind a bad row, says what is wrong with it, and ends with a no', async () => {
    const good = JSON.stringify({ domain: first.domain });
    const bad = Buffer.from([0x7b, 0xff, 0x0a]);
    put(
      'rows.ndjson',
      Buffer.concat([Buffer.from(`${good}\n[1]\n{"domain":NaN}\n`), bad, Buffer.from(`{"fields":{"x":1}}\n${good}`)]),
    );
    const { exit, report, progress } = await ask('model predict', { from: 'rows.ndjson' });
    expect(exit).toBe(1);
    expect(rowsOf(report).map((line) => JSON.parse(line))).toEqual([
      first,
      { line: 2, error: 'The row must be an object with `domain`, a text, or `fields`, an object.' },
      { line: 3, error: expect.stringMatching(/^Column 11: /) },
      { line: 4, error: 'The line is not UTF-8, or longer than 1 MiB.' },
      { line: 5, error: 'Model [dga_1000_1.0] could not be inferred as all fields were missing.' },
      first,
    ]);
    expect(progress).toEqual(['predict  6 rows, of which 4 could not be predicted']);
  });

  test.each([
    ['a,b\n1', 'The line has 1 cell, the head 2.'],
    ['a,b\n"1,2', 'The line opens a quote in cell 1 and does not close it.'],
    ['a,b\n"1"x,2', 'The line goes on behind the quotes of cell 1.'],
    ['a,b\n1,x"y', 'The line has a quote inside cell 2, which begins with none.'],
    ['"a\n1', 'The head of the table opens a quote in cell 1 and does not close it: no row can be read.'],
  ])('refuses a line of CSV: %j', async (text, error) => {
    put('rows.csv', text);
    const { exit, report } = await ask('model predict', { from: 'rows.csv' });
    expect(exit).toBe(1);
    expect(rowsOf(report).at(-1)).toContain(error.slice(0, 30));
  });

  test('of a domain needs a pipeline that is known', async () => {
    const { exit, text } = await ask('model predict', { model: `${name}/${small}`, value: ['a.example'] });
    expect(exit).toBe(1);
    expect(text).toContain('a model alone has no pipeline');
  });

  test('takes values or rows, one of them', async () => {
    expect((await ask('model predict')).failure?.code).toBe('usage');
    expect((await ask('model predict', { value: ['a'], from: 'b' })).failure?.code).toBe('usage');
    expect((await ask('model predict', { from: 'none' })).failure?.code).toBe('path-not-found');
  });
});

describe('model golden', () => {
  const golden = () => readFileSync(join(cwd, name, goldenFile), 'utf8');

  test('writes what the model says of values; then validate agrees, and writing again changes nothing', async () => {
    cpSync('__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl', join(cwd, 'names.ndjson'));
    const written = await ask('model golden', { mode: 'write', from: 'names.ndjson' });
    expect(written.text).toContain(`${goldenFile}: 240 rows, 240 of them new or changed`);
    expect(golden()).toBe(readFileSync(join(cwd, 'names.ndjson'), 'utf8'));
    expect((await ask('model golden', { mode: 'write' })).text).toContain('240 rows, 0 of them new or changed');
    expect((await told({ command: 'validate', bundle: [name] }, cwd)).text).toContain('240 rows agree');
    const checked = await ask('model golden', { mode: 'check' });
    expect([checked.exit, checked.result]).toMatchObject([0, { coverage: { rows: 240, differing: 0 } }]);
  });

  test('writes rows anew as they stand, and says how many changed; check names them before', async () => {
    const row = { model_id: 'dga_1000_1.0', domain: 'take-lobsters.example', malicious_prediction: 1 };
    put(`${name}/${goldenFile}`, `${JSON.stringify({ ...row, malicious_probability: 0.25 })}\n`);
    const before = await ask('model golden', { mode: 'check', severity: ['golden-input-constant=off'] });
    expect([before.exit, before.text]).toEqual([1, expect.stringContaining('golden-mismatch')]);
    expect((await ask('model golden', { mode: 'write' })).text).toContain('1 rows, 1 of them new or changed');
    expect(JSON.parse(golden())).toEqual({ ...row, malicious_probability: 0.5882116491759719 });
  });

  test('writes nothing where one row cannot be', async () => {
    put(`${name}/${goldenFile}`, '{"domain":"a.example"}\n{"domain":\n');
    const { exit, text } = await ask('model golden', { mode: 'write' });
    expect([exit, text]).toEqual([1, expect.stringContaining(`Nothing was written:\n  ${goldenFile}:2: `)]);
    expect(golden()).toBe('{"domain":"a.example"}\n{"domain":\n');
    put('rows.ndjson', '{"domain":"a.example"}\n{}\n');
    expect((await ask('model golden', { mode: 'write', from: 'rows.ndjson' })).text).toContain('rows.ndjson:2: ');
  });

  test('needs rows, a folder and a bundle', async () => {
    expect((await ask('model golden', { mode: 'write' })).failure?.code).toBe('usage');
    expect((await ask('model golden', { mode: 'check' })).exit).toBe(1);
    expect((await ask('model golden', { mode: 'check', model: `${name}/${small}` })).failure?.code).toBe('usage');
    expect(existsSync(join(cwd, name, goldenFile))).toBe(false);
  });
});

describe('model evaluate', () => {
  const labels = 'value,label,family\nxj4wq8zkv2p7tr.example,malicious,letters\ndocs.example,benign,\n';

  test('shows counts, families, the curve and a threshold, and never a row', async () => {
    put('set.csv', labels);
    const { exit, text, result } = await ask('model evaluate', { labels: ['set.csv'] });
    expect(exit).toBe(0);
    expect(text).toContain('false-positive rate 0 %');
    expect(text).toContain('letters: 100 % of 1 found');
    expect(text).toMatch(/A threshold of 0\.\d+ has a false-positive rate of 0 % and finds 100 %\./);
    expect(result).toMatchObject({ evaluation: { rows: 2, recall: 1 } });
    expect(text + JSON.stringify(result)).not.toContain('docs.example');
  });

  test('is a gate of validate too, by sets in the bundle that are never packed', async () => {
    cpSync(join(cwd, name), join(cwd, 'b', name), { recursive: true });
    mkdirSync(join(cwd, 'b', name, '_dev/labels'), { recursive: true });
    put(`b/${name}/_dev/labels/set.csv`, labels.replace('docs', 'kq3v9z7x1wjh5m'));
    const inputs = { command: 'validate', bundle: [`b/${name}`] } as const;
    const open = await told(inputs, cwd);
    expect([open.exit, open.text]).toEqual([0, expect.stringContaining('labels   2 rows · false-positive rate 100 %')]);
    const shut = await told({ ...inputs, 'max-false-positive-rate': '1%' }, cwd);
    expect([shut.exit, shut.text]).toEqual([1, expect.stringContaining('allowed are 1 %')]);
    const packed = await told({ command: 'pack', bundle: [`b/${name}`], out: 'out' }, cwd);
    expect(packed.report?.subjects[0]?.entries.filter(({ path }) => path.includes('label'))).toEqual([]);
  });

  test('needs rows, a bundle and shares that are shares', async () => {
    expect((await ask('model evaluate')).text).toContain('Nothing was judged');
    expect((await ask('model evaluate', { model: `${name}/${small}` })).failure?.code).toBe('usage');
    put('set.csv', labels);
    const wrong = await ask('model evaluate', { labels: ['set.csv'], 'min-recall': 'most' });
    expect(wrong.failure?.message).toBe('`--min-recall most` is no share: write 0.8, or 80%.');
  });
});

describe('model drift', () => {
  const copy = 'b/ML-DGA-20261123-1';
  const compare = (inputs: Partial<Inputs> = {}) =>
    told({ command: 'model drift', release: name, other: copy, ...inputs }, cwd);

  beforeEach(() => {
    cpSync(join(cwd, name), join(cwd, copy), { recursive: true });
    cpSync('__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl', join(cwd, copy, goldenFile));
  });

  test('is nothing between a release and the same model in a bundle', async () => {
    expect((await told({ command: 'release', bundle: [name], 'accept-warnings': true }, cwd)).exit).toBe(0);
    rmSync(join(cwd, name), { recursive: true });
    const { exit, result } = await compare({ 'max-drift': '0' });
    expect([exit, result]).toMatchObject([0, { drift: { rows: 240, flipped: 0, largest: 0, most: [] } }]);
  });

  test('says what flipped and how far, draws it, and is a gate', async () => {
    const file = join(cwd, copy, small);
    const model = JSON.parse(readFileSync(file, 'utf8'));
    const nodes = model.definition.trained_model.ensemble.trained_models[0].tree.tree_structure;
    for (const node of nodes) if ('leaf_value' in node) node.leaf_value = -node.leaf_value;
    writeFileSync(file, JSON.stringify(model));
    const { exit, text, result, report } = await compare({ 'max-drift': '1%' });
    expect(exit).toBe(1);
    const { drift } = result as {
      drift: { flipped: number; mean: number; percentile95: number; largest: number; histogram: number[] };
    };
    expect(drift.flipped).toBeGreaterThan(0);
    expect(drift.mean).toBeLessThan(drift.percentile95);
    expect(drift.percentile95).toBeLessThanOrEqual(drift.largest);
    expect(drift.histogram.reduce((sum, count) => sum + count, 0)).toBe(240);
    expect(text).toContain(`The largest change is ${drift.largest}; allowed are 0.01.`);
    expect(reportBlocks(report ?? expect.fail(), {}).join('')).toContain('xychart-beta');
  });

  test('takes values from a file where there are no golden predictions, and refuses a bad row', async () => {
    rmSync(join(cwd, copy, goldenFile));
    expect((await compare()).exit).toBe(1);
    put('names.txt', 'a.example\nb.example\n');
    expect((await compare({ from: 'names.txt' })).result).toMatchObject({ drift: { rows: 2, flipped: 0 } });
    put('rows.ndjson', '{}\n');
    expect((await compare({ from: 'rows.ndjson' })).failure?.message).toContain('rows.ndjson:1: ');
    expect((await compare({ other: 'none' })).failure?.code).toBe('release-not-found');
  });
});
