import { describe, expect, test } from 'vitest';
import type { Value } from '../../src/domain/document.ts';
import { around, asked, ensemble, leaf, refusedAt } from './small.ts';

const classification = { target_type: 'classification' };

function classes(body: { [key: string]: Value }) {
  const prediction = asked(body, { a: 1 });
  if (prediction.kind !== 'classification') throw new Error(JSON.stringify(prediction));
  return prediction.classes;
}

/** Probabilities in the order of the classes. */
function shares(body: { [key: string]: Value }): number[] {
  return [...classes(body)].sort((a, b) => a.index - b.index).map(({ probability }) => probability);
}

const near = (numbers: number[]) => numbers.map((each) => expect.closeTo(each, 14));

describe('logistic regression', () => {
  test('of one value a leaf is a sigmoid of the sum', () => {
    const one = 1 / (1 + Math.exp(-1.25));
    const body = around(ensemble([1, 0.5], { logistic_regression: { weights: [1, 0.5] } }, classification));
    expect(shares(body)).toEqual(near([1 - one, one]));
  });

  test('of arrays is a softmax of the sums of each class', () => {
    const body = around(
      ensemble(
        [
          [1, 0, 2],
          [0, 1, 1],
        ],
        { logistic_regression: {} },
        classification,
      ),
    );
    const all = Math.E + Math.E + Math.exp(3);
    expect(shares(body)).toEqual(near([Math.E / all, Math.E / all, Math.exp(3) / all]));
  });

  test('of a regression is the index of the likelier class', () => {
    expect(asked(around(ensemble([-3], { logistic_regression: {} })), { a: 1 })).toEqual({
      kind: 'regression',
      value: 0,
    });
    expect(asked(around(ensemble([3], { logistic_regression: {} })), { a: 1 })).toEqual({
      kind: 'regression',
      value: 1,
    });
  });

  test('is not moved by values that exp cannot hold', () => {
    const body = around(
      ensemble(
        [
          [1000, 0],
          [0, 999],
        ],
        { logistic_regression: {} },
        classification,
      ),
    );
    expect(shares(body)).toEqual(near([Math.E / (1 + Math.E), 1 / (1 + Math.E)]));
  });
});

describe('weighted mode', () => {
  test('counts votes by weight; a class without votes has probability 0', () => {
    const body = around(
      ensemble([0, 2, 2], { weighted_mode: { num_classes: 3, weights: [1, 0.25, 0.5] } }, classification),
    );
    const [a, b] = [Math.exp(1), Math.exp(0.75)];
    expect(shares(body)).toEqual([...near([a / (a + b)]), 0, ...near([b / (a + b)])]);
  });

  test('sums arrays by class', () => {
    const body = around(
      ensemble(
        [
          [0, 1],
          [0, 1],
        ],
        { weighted_mode: { num_classes: 2, weights: [1, 2] } },
        classification,
      ),
    );
    expect(shares(body)).toEqual(near([1 / (1 + Math.exp(3)), Math.exp(3) / (1 + Math.exp(3))]));
  });
});

describe('a tree alone', () => {
  const labels = { classification_labels: ['x', 'y', 'z'], ...classification };
  test('of one value a leaf is certain of its class', () => {
    expect(classes(around(leaf(2, labels)))[0]).toEqual({ index: 2, label: 'z', probability: 1, score: 1 });
  });

  test('of arrays is a softmax', () => {
    const all = 1 + Math.E + Math.exp(2);
    expect(shares(around(leaf([0, 1, 2], labels)))).toEqual(near([1 / all, Math.E / all, Math.exp(2) / all]));
  });
});

describe('top classes', () => {
  const three = (more: { [key: string]: Value }) =>
    around(ensemble([[1, 1, 0]], { logistic_regression: {} }, { ...classification, ...more }));

  test('are sorted by score; equal ones keep their order', () => {
    expect(classes(three({})).map(({ index }) => index)).toEqual([0, 1, 2]);
    const weighted = classes(three({ classification_weights: [0.1, 0.1, 5] }));
    expect(weighted.map(({ index }) => index)).toEqual([2, 0, 1]);
    expect(weighted[0]?.score).toBeCloseTo((weighted[0]?.probability ?? 0) * 5, 15);
  });

  test.each([
    ['string', ['7', 'true', 'x'], ['7', 'true', 'x']],
    ['number', ['7', '1e1', 'x'], [7, 10, 2]],
    ['boolean', ['false', 'TRUE', 'true'], [false, true, true]],
    ['boolean', ['no', 'yes', 'true'], [false, true, true]],
  ] as const)('are written as %s', (prediction_field_type, classification_labels, written) => {
    const body = {
      ...three({ classification_labels }),
      inference_config: { classification: { prediction_field_type } },
    };
    expect(classes(body).map(({ label }) => label)).toEqual(written);
  });
});

const output = '/definition/trained_model/ensemble';
test.each([
  ['labels of another length', { classification_labels: ['a'] }, `${output}/classification_labels`],
  ['weights of another length', { classification_weights: [1] }, `${output}/classification_weights`],
  ['another aggregator', { aggregate_output: { median: {} } }, `${output}/aggregate_output/median`],
  ['a sum for classes', { aggregate_output: { weighted_sum: {} } }, `${output}/aggregate_output/weighted_sum`],
  [
    'weights for other trees',
    { aggregate_output: { weighted_mode: { weights: [1, 2] } } },
    `${output}/aggregate_output/weighted_mode/weights`,
  ],
  [
    'a vote that is no class',
    { aggregate_output: { weighted_mode: { num_classes: 2 } } },
    `${output}/trained_models/0/tree/tree_structure/0/leaf_value`,
  ],
  [
    'one class only',
    { aggregate_output: { weighted_mode: { num_classes: 1 } } },
    `${output}/aggregate_output/weighted_mode/num_classes`,
  ],
  [
    'an ensemble within',
    { trained_models: [ensemble([1], { weighted_sum: {} })] },
    `${output}/trained_models/0/ensemble`,
  ],
  ['an unknown key', { order: 1 }, `${output}/order`],
])('refuses %s by its place', (_, more, pointer) => {
  const trained = ensemble([0.5], { logistic_regression: {} }, { ...classification, ...more });
  expect(refusedAt(around(trained))).toContain(pointer);
});

test('refuses a mode for numbers, arrays for a sum, labels for a regression, and a config of the other kind', () => {
  expect(refusedAt(around(ensemble([1], { weighted_mode: { num_classes: 2 } })))).toEqual([
    `${output}/aggregate_output/weighted_mode`,
  ]);
  expect(refusedAt(around(ensemble([[1, 2]], { weighted_sum: {} })))).toEqual([
    `${output}/aggregate_output/weighted_sum`,
  ]);
  expect(refusedAt(around(ensemble([1], { weighted_sum: {} }, { classification_labels: ['a', 'b'] })))).toEqual([
    output,
  ]);
  expect(refusedAt(around(ensemble([1], { weighted_sum: {} }), { config: { classification: {} } }))).toEqual([
    '/inference_config',
  ]);
});

test('refuses what it does not know: other models by name, a body without a definition', () => {
  const neural = { lang_ident_neural_network: {} };
  expect(refusedAt(around(neural, { config: { classification: {} } }))).toEqual([
    '/definition/trained_model/lang_ident_neural_network',
  ]);
  expect(refusedAt({ model_id: 'x' })).toEqual(['']);
});

test('refuses leaves of more classes than any detection has', () => {
  const wide = Array.from({ length: 300_000 }, () => 0);
  expect(refusedAt(around(ensemble([wide], { logistic_regression: {} }, classification)))).toEqual([
    `${output}/aggregate_output/logistic_regression`,
  ]);
});
