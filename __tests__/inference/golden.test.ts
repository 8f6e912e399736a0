import { describe, expect, test } from 'vitest';
import type { Value } from '../../src/domain/document.ts';
import { judgeBundle, usualCoverage } from '../../src/inference/golden/bundle.ts';
import { dgaBundle, dgaRows, documentOf, rowsOf, withDocument } from './dga.ts';

const bundle = await dgaBundle();
const rows = await dgaRows();
type Plain = { [key: string]: Value };
const judge = (changed = bundle) => judgeBundle(changed, [rows], usualCoverage);

test('all rows agree, and reach 110 of 120 leaves', async () => {
  const coverage = { rows: 240, differing: 0, largest: 0, leaves: 120, reached: 110 };
  expect(await judge()).toEqual({ findings: [], coverage });
});

describe('what Elasticsearch would take in silence', () => {
  function changed(change: (model: Plain) => void) {
    const model = documentOf(bundle, 'model') as Plain;
    change(model);
    return judge(withDocument(bundle, 'model', model));
  }

  test('an input left out', async () => {
    const { coverage } = await changed((model) => {
      const input = model['input'] as { field_names: string[] };
      input.field_names = input.field_names.filter((name) => name !== 'dga_2_3');
    });
    expect(coverage?.differing).toBeGreaterThan(100);
  });

  test('thresholds that were rounded', async () => {
    const { coverage, findings } = await changed((model) => {
      const text = JSON.stringify(model['definition']);
      const rounded = text.replace(
        /"threshold":([-\d.e]+)/g,
        (_, number) => `"threshold":${Number(number).toFixed(2)}`,
      );
      model['definition'] = JSON.parse(rounded);
    });
    expect(coverage?.differing).toBeGreaterThan(20);
    expect(findings[0]?.message).toBe(
      `${coverage?.differing} of 240 golden rows differ from the model, by ${coverage?.largest.toPrecision(3)} at most.`,
    );
  });
});

test('of 225 changes of a single node the rows catch 154', async () => {
  const model = documentOf(bundle, 'model');
  const trees = (
    (((model as Plain)['definition'] as Plain)['trained_model'] as Plain)['ensemble'] as {
      trained_models: { tree: { tree_structure: { leaf_value?: number; threshold?: number }[] } }[];
    }
  ).trained_models;
  let caught = 0;
  let all = 0;
  for (const { tree } of trees) {
    for (const node of tree.tree_structure) {
      const before = { ...node };
      if (node.leaf_value !== undefined) node.leaf_value = -node.leaf_value;
      else node.threshold = (node.threshold ?? 0) * 1.02;
      // The walk over the trees remembers what it saw of an object.
      const fresh = { ...(model as Plain), definition: { ...((model as Plain)['definition'] as Plain) } };
      const { coverage } = await judge(withDocument(bundle, 'model', fresh));
      all += 1;
      if ((coverage?.differing ?? 0) > 0) caught += 1;
      Object.assign(node, before);
    }
  }
  expect(all).toBe(225);
  expect(caught).toBe(154);
});

describe('rows', () => {
  async function said(text: string, changed = bundle) {
    const { findings } = await judgeBundle(changed, [await rowsOf(text)], { share: 0, asked: false });
    return findings
      .filter(({ check }) => check !== 'golden-input-constant')
      .map(({ check, message, at }) => `${check} ${at?.span?.line}:${at?.span?.column} ${message}`);
  }
  const right = '"malicious_prediction":1,"malicious_probability":0.5882116491759719';
  const good = `{"domain":"take-lobsters.example",${right}}`;

  test('of fields are compared as rows of a domain are', async () => {
    const grams = ['ta', 'ak', 'ke', 'e-', '-l', 'lo', 'ob', 'bs'].map((gram, index) => [`dga_2_${index}`, gram]);
    const letters = ['t', 'a', 'k'].map((letter, index) => [`dga_1_${index}`, letter]);
    const fields = { dga_len: 13, dga_tld: 'example', ...Object.fromEntries([...letters, ...grams]) };
    expect(await said(`{"fields":${JSON.stringify(fields)},${right}}\n`)).toEqual([]);
    expect(await said(`${good}\n`)).toEqual([]);
  });

  test('may lie 1e-9 away, and no further', async () => {
    const near = (probability: number) => good.replace('0.5882116491759719', String(probability));
    expect(await said(near(0.5882116491759719 + 9e-10))).toEqual([]);
    expect((await said(near(0.5882116491759719 + 2e-9)))[1]).toContain(
      '`malicious_probability` of `take-lobsters.example`',
    );
  });

  test.each([
    ['no object', '[]', 'golden-row-invalid 1:1 A golden row must be a JSON object.'],
    ['a blank line between', `${good}\n\n${good}`, 'golden-row-invalid 2:1'],
    [
      'cut short',
      `${good}\n{"domain":`,
      'golden-row-invalid 2:10 The text ends here, and the `{` at 2:1 is not closed.',
    ],
    ['a key twice', `{"domain":"a",${good.slice(1)}`, 'golden-row-invalid 1:15'],
    ['neither domain nor fields', `{${right}}`, 'golden-row-invalid 1:1 The row has neither'],
    [
      'both',
      `{"domain":"a","fields":{},${right}}`,
      'golden-row-invalid 1:24 A row has `domain` or `fields`, not both.',
    ],
    ['a domain that is none', `{"domain":7,${right}}`, 'golden-row-invalid 1:11 `domain` must be a text.'],
    ['fields that are none', `{"fields":[],${right}}`, 'golden-row-invalid 1:11 `fields` must be an object.'],
    ['no input at all', `{"fields":{},${right}}`, 'golden-row-invalid 1:1 The row sets no input of the model'],
    ['an unknown field', `{"fields":{"x":1},${right}}`, 'golden-row-invalid 1:12 `x` is no input of the model'],
    ['no class', '{"domain":"a.example","malicious_probability":0.5}', 'The row does not say `malicious_prediction`.'],
    ['a probability above 1', good.replace('0.58', '1.58'), 'must be a probability: a number from 0 to 1'],
    [
      'another model',
      `{"model_id":"dga_7",${good.slice(1)}`,
      'golden-model-mismatch 1:13 The row is for the model `dga_7`',
    ],
  ])('%s: a finding at its place', async (_, text, expected) => {
    expect((await said(text)).join('\n')).toContain(expected);
  });

  test('of a domain need a script that is known', async () => {
    const script = documentOf(bundle, 'pipeline-inference') as { processors: Plain[] };
    script.processors.unshift({ set: { field: 'dga_len', value: 3 } });
    const changed = withDocument(bundle, 'pipeline-inference', script as unknown as Value);
    expect((await said(good, changed)).join()).toContain('/processors/0 does is not known here');
  });

  test('meet the settings of the pipeline: without top classes there is no probability', async () => {
    const pipeline = documentOf(bundle, 'pipeline-inference') as { processors: { inference?: Plain }[] };
    const inference = pipeline.processors.find((each) => each.inference !== undefined)?.inference ?? {};
    inference['inference_config'] = { classification: { num_top_classes: 0 } };
    const changed = withDocument(bundle, 'pipeline-inference', pipeline as unknown as Value);
    expect((await said(good, changed)).join()).toContain('and the model gives nothing');
  });
});

test('a bundle without a model is skipped with that reason', async () => {
  const entries = bundle.entries.filter(({ role }) => role !== 'model');
  expect(await judge({ ...bundle, entries })).toEqual({ findings: [], skipped: 'there is no model' });
});
