import { describe, expect, test } from 'vitest';
import type { Bundle } from '../../src/domain/bundle.ts';
import type { Value } from '../../src/domain/document.ts';
import type { Gates } from '../../src/domain/evaluation.ts';
import { readLabels } from '../../src/formats/labels.ts';
import { bundleModel } from '../../src/inference/bundle/bundle-model.ts';
import { curveOf } from '../../src/inference/evaluation/curve.ts';
import { evaluateModel } from '../../src/inference/evaluation/evaluate.ts';
import { dgaBundle, documentOf, withDocument } from './dga.ts';

const bundle = await dgaBundle();

function judged(text: string, gates: Gates = {}, changed: Bundle = bundle) {
  const lines = text.split('\n');
  const reading = bundleModel(changed);
  if (!('found' in reading)) throw new Error(JSON.stringify(reading));
  return evaluateModel(reading.found, [readLabels('a/set.csv', 'f'.repeat(64), (number) => lines[number - 1])], gates);
}

// Of these the small model calls the first two malicious.
const rows = [
  'value,label,family',
  'xj4wq8zkv2p7tr.example,malicious,letters',
  'kq3v9z7x1wjh5m.example,0,',
  'docs.example,benign,',
  '"mail.example",1,words',
].join('\n');

test('counts what is called right and wrong, over all and by family', () => {
  const { evaluation, findings } = judged(rows);
  expect(findings).toEqual([]);
  expect(evaluation).toMatchObject({
    rows: 4,
    truePositives: 1,
    falsePositives: 1,
    trueNegatives: 1,
    falseNegatives: 1,
    falsePositiveRate: 0.5,
    recall: 0.5,
    families: [
      { family: 'letters', rows: 1, recall: 1 },
      { family: 'words', rows: 1, recall: 0 },
    ],
    sets: { 'set.csv': 'f'.repeat(64) },
  });
  // No row of a set goes further.
  expect(JSON.stringify(evaluation)).not.toContain('example');
});

describe('gates', () => {
  test.each<[Gates, string[]]>([
    [{ falsePositiveRate: 0.5, recall: 0.5, recallPerFamily: 0 }, []],
    [{ falsePositiveRate: 0.49 }, ['1 of 2 benign values are called malicious (50 %); allowed are 49 %.']],
    [{ recall: 0.51 }, ['1 of 2 malicious values are found (50 %); wanted are 51 %.']],
    [{ recallPerFamily: 0.01 }, ['Of the family `words` 0 of 1 values are found (0 %); wanted are 1 %.']],
  ])('%j', (gates, messages) => {
    expect(judged(rows, gates).findings.map(({ message }) => message)).toEqual(messages);
  });

  test('that nothing could pass through are not open', () => {
    const benign = judged('value,label\ndocs.example,benign', { recall: 0.1 }).findings;
    expect(benign.map(({ check }) => check)).toEqual(['recall-low']);
    const malicious = judged('value,label\ndocs.example,1', { falsePositiveRate: 1 }).findings;
    expect(malicious.map(({ check }) => check)).toEqual(['false-positive-rate-high']);
  });
});

describe('the curve', () => {
  const scored = (pairs: readonly (readonly [number, boolean])[]) =>
    pairs.map(([probability, malicious]) => ({ probability, malicious }));

  test('holds every threshold at which something changes; equal probabilities fall together', () => {
    const { curve } = curveOf(
      scored([
        [0.9, true],
        [0.5, false],
        [0.5, true],
        [0.1, false],
      ]),
      0,
    );
    expect(curve).toEqual([
      { threshold: 0.9, falsePositiveRate: 0, recall: 0.5 },
      { threshold: 0.5, falsePositiveRate: 0.5, recall: 1 },
      { threshold: 0.1, falsePositiveRate: 1, recall: 1 },
    ]);
  });

  test('suggests what finds most with no more false alarms than allowed', () => {
    const all = scored([
      [0.9, true],
      [0.8, false],
      [0.7, true],
      [0.6, false],
    ]);
    expect(curveOf(all, 0).suggested.threshold).toBe(0.9);
    expect(curveOf(all, 0.5).suggested).toEqual({ threshold: 0.7, falsePositiveRate: 0.5, recall: 1 });
    expect(curveOf(scored([[0.9, false]]), 0).suggested).toEqual({ threshold: 1, falsePositiveRate: 0, recall: 0 });
  });

  test('fits on a page, first and last point included', () => {
    const many = scored(Array.from({ length: 1000 }, (_, index) => [index / 1000, index % 3 === 0]));
    const { curve } = curveOf(many, 0.01);
    expect(curve.length).toBeLessThanOrEqual(21);
    expect([curve[0]?.threshold, curve.at(-1)?.threshold]).toEqual([0.999, 0]);
  });
});

describe('rows that cannot be judged are findings, and the others count', () => {
  test.each([
    ['value,label\na.example,odd\nb.example,0', 'The label `odd` is none of `0`, `1`, `benign`, `malicious`.'],
    ['value,label\n"a,0\nb.example,0', 'The line opens a quote in cell 1 and does not close it.'],
    ['value,label\n\nb.example,0', 'The line is empty.'],
    ['value,label\na\nb.example,0', 'The line has another number of cells (1) than the head (2).'],
  ])('%j', (text, message) => {
    const { findings, evaluation } = judged(text);
    expect(findings.map((finding) => [finding.message, finding.at?.span?.line])).toEqual([[message, 2]]);
    expect(evaluation?.rows).toBe(1);
  });

  test.each(['', 'name,label\na,0', 'value,label,label\na,0,0', 'value,"label\na,0'])(
    'a head that is none: %j',
    (text) => {
      const { findings, evaluation, skipped } = judged(text);
      expect(findings.map(({ at }) => at?.span?.line)).toEqual([1]);
      expect([evaluation, skipped]).toEqual([undefined, 'no row of the labelled sets could be judged']);
    },
  );
});

test('a model of another type is skipped with that reason', () => {
  const model = documentOf(bundle, 'model') as { [key: string]: Value };
  model['inference_config'] = { regression: {} };
  const trained = { tree: { feature_names: [], tree_structure: [{ leaf_value: 1 }] } };
  const changed = withDocument(bundle, 'model', { ...model, definition: { trained_model: trained } });
  const plain = withDocument(changed, 'pipeline-inference', { processors: [] });
  expect(judged(rows, {}, plain)).toEqual({ findings: [], skipped: 'labelled sets judge models of two classes' });
});
