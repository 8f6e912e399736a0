import { describe, expect, test } from 'vitest';
import type { Value } from '../../src/domain/document.ts';
import { around, refusedAt, value } from './small.ts';

/** The value of one feature, found by a tree of many small steps; undefined where it is missing. */
function feature(name: string, preprocessors: Value[], a: Value): number | undefined {
  const steps = Array.from({ length: 41 }, (_, index) => (index - 20) / 4);
  const nodes = steps.flatMap((threshold, index) => [
    { split_feature: 0, threshold, left_child: index * 2 + 1, right_child: index * 2 + 2, default_left: false },
    { leaf_value: threshold },
  ]);
  const tree = { feature_names: [name], tree_structure: [...nodes, { leaf_value: 99 }] };
  const got = value(around({ tree }, { preprocessors }), { a, b: 1 });
  return got === 99 ? undefined : got;
}

const map = { x: 2, '1': 3 };
const mean = { target_mean_encoding: { field: 'a', feature_name: 'f', target_map: map, default_value: -1.5 } };
const frequency = { frequency_encoding: { field: 'a', feature_name: 'f', frequency_map: map } };
const hot = { one_hot_encoding: { field: 'a', hot_map: { x: 'is_x', '1': 'is_1' }, custom: true } };

describe('looked up by text', () => {
  test.each([
    ['target mean', mean, 'x', 2],
    ['target mean of a number', mean, 1, 3],
    ['target mean of a value unseen', mean, 'y', -1.5],
    ['target mean of a key of the prototype', mean, 'constructor', -1.5],
    ['frequency', frequency, 'x', 2],
    ['frequency of a value unseen', frequency, 'y', 0],
    [
      'frequency of a boolean',
      { frequency_encoding: { field: 'a', feature_name: 'f', frequency_map: { true: 4 } } },
      true,
      4,
    ],
    ['nothing of a missing field', mean, null, undefined],
  ] as const)('%s', (_, preprocessor, a, expected) => {
    expect(feature('f', [preprocessor], a)).toBe(expected);
  });

  test('one-hot: 1 in one column, 0 in the others, and 0 in all for a value unseen', () => {
    expect(['is_x', 'is_1'].map((name) => feature(name, [hot], 'x'))).toEqual([1, 0]);
    expect(['is_x', 'is_1'].map((name) => feature(name, [hot], 1))).toEqual([0, 1]);
    expect(['is_x', 'is_1'].map((name) => feature(name, [hot], 'y'))).toEqual([0, 0]);
    expect(feature('is_x', [hot], null)).toBeUndefined();
  });
});

describe('n-grams', () => {
  const grams = (more: { [key: string]: Value }) => ({ n_gram_encoding: { field: 'a', n_grams: [1, 2], ...more } });
  test.each([
    ['first of one', { feature_prefix: 'g' }, 'g.10', '3210', 3],
    ['third of one', { feature_prefix: 'g' }, 'g.12', '3210', 1],
    ['the last of two is short, and absent', { feature_prefix: 'g' }, 'g.23', '3210', undefined],
    ['from a start', { feature_prefix: 'g', start: 2 }, 'g.10', '3215', 1],
    ['from the end', { feature_prefix: 'g', start: -2, length: 2 }, 'g.11', '3214', 4],
    ['a text shorter than the start', { feature_prefix: 'g', start: -3, length: 2 }, 'g.10', '32', undefined],
    ['no more than the length', { feature_prefix: 'g', length: 2 }, 'g.12', '3210', undefined],
    ['named by start and length', { start: 1, length: 3 }, 'ngram_1_3.10', '321', 2],
    ['named so by default', {}, 'ngram_0_50.10', '321', 3],
    ['of a number', { feature_prefix: 'g' }, 'g.11', 42, 2],
    ['by UTF-16 units', { feature_prefix: 'g' }, 'g.12', '💡5', 5],
  ] as const)('%s', (_, more, name, a, expected) => {
    expect(feature(name, [grams(more)], a)).toBe(expected);
  });
});

test('several in one: each sees what those before it wrote', () => {
  const first = { n_gram_encoding: { field: 'a', n_grams: [1], feature_prefix: 'g' } };
  const second = { target_mean_encoding: { field: 'g.11', feature_name: 'f', target_map: map, default_value: 0.5 } };
  const multi = { multi_encoding: { processors: [first, second], custom: true } };
  expect(feature('f', [multi], '?x')).toBe(2);
  expect(feature('f', [multi], '??')).toBe(0.5);
  expect(feature('f', [second, first], '?x')).toBeUndefined();
});

const at = '/definition/preprocessors/0';
test.each([
  ['another type', { standard_scaler: {} }, `${at}/standard_scaler`],
  ['no type', 'one_hot', at],
  ['two types', { ...mean, ...frequency }, `${at}/target_mean_encoding`],
  [
    'a default that is missing',
    { target_mean_encoding: { field: 'a', feature_name: 'f', target_map: {} } },
    `${at}/target_mean_encoding`,
  ],
  [
    'a frequency that is no number',
    { frequency_encoding: { field: 'a', feature_name: 'f', frequency_map: { x: '1' } } },
    `${at}/frequency_encoding/frequency_map/x`,
  ],
  ['an n of 6', { n_gram_encoding: { field: 'a', n_grams: [6] } }, `${at}/n_gram_encoding/n_grams`],
  [
    'an n above the length',
    { n_gram_encoding: { field: 'a', n_grams: [3], length: 2 } },
    `${at}/n_gram_encoding/n_grams`,
  ],
  ['a length of 101', { n_gram_encoding: { field: 'a', n_grams: [1], length: 101 } }, `${at}/n_gram_encoding/length`],
  [
    'a start without room',
    { n_gram_encoding: { field: 'a', n_grams: [1], start: -1, length: 2 } },
    `${at}/n_gram_encoding/start`,
  ],
  ['one in several', { multi_encoding: { processors: [mean] } }, `${at}/multi_encoding/processors`],
  [
    'a wrong one in several',
    { multi_encoding: { processors: [mean, { x: {} }] } },
    `${at}/multi_encoding/processors/1/x`,
  ],
  [
    'custom that is no boolean',
    { one_hot_encoding: { field: 'a', hot_map: {}, custom: 1 } },
    `${at}/one_hot_encoding/custom`,
  ],
  ['an unknown key', { one_hot_encoding: { field: 'a', hot_map: {}, sparse: true } }, `${at}/one_hot_encoding/sparse`],
])('refuses %s by its place', (_, preprocessor, pointer) => {
  const tree = { feature_names: [], tree_structure: [{ leaf_value: 1 }] };
  expect(refusedAt(around({ tree }, { preprocessors: [preprocessor] }))).toEqual([pointer]);
});
