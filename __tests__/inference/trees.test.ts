import { describe, expect, test } from 'vitest';
import type { Value } from '../../src/domain/document.ts';
import { around, asked, ensemble, leaf, refusedAt, split, value } from './small.ts';

/** Whether the split of `a` against the threshold holds. */
function holds(node: { [key: string]: Value }, a: Value): boolean {
  return value(around(split(node)), { a, b: 0 }) === 1;
}

describe('what counts as missing goes the default way', () => {
  const missing: Value[] = [null, true, [1], { x: 1 }, '', 'abc', 'NaN', 'Infinity', '1e400', '1_0', '0x10', '١'];
  test.each(missing.map((each) => [JSON.stringify(each), each] as const))('%s', (_, each) => {
    expect(holds({ default_left: true }, each)).toBe(true);
    expect(holds({ default_left: false }, each)).toBe(false);
    expect(holds({}, each)).toBe(false);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('the number %s', (each) => {
    expect(holds({ default_left: true }, each)).toBe(true);
    expect(holds({}, each)).toBe(false);
  });

  test('absent, though another input is there', () => {
    expect(value(around(split({ default_left: true })), { b: 1 })).toBe(1);
    expect(value(around(split()), { b: 1 })).toBe(2);
  });
});

describe('comparisons', () => {
  test.each([
    ['lt', true, false, false],
    ['lte', true, true, false],
    ['gt', false, false, true],
    ['gte', false, true, true],
    [undefined, true, true, false],
  ] as const)('%s', (type, under, equal, over) => {
    const node = type === undefined ? {} : { decision_type: type };
    expect([1, 2, 3].map((a) => holds(node, a))).toEqual([under, equal, over]);
    // The neighbours among doubles, not only whole numbers.
    expect([2 - 2 ** -52, 2 + 2 ** -51].map((a) => holds(node, a))).toEqual([under, over]);
  });

  test.each([
    ['lt', -0, 0, false],
    ['lt', 0, -0, true],
    ['lte', -0, 0, false],
    ['lte', 0, -0, true],
    ['lte', -0, -0, true],
    ['gt', -0, 0, true],
    ['gte', 0, -0, false],
    ['gte', 0, 0, true],
  ] as const)('%s against %s: %s is %s, since -0.0 is below 0.0', (decision_type, threshold, a, expected) => {
    expect(holds({ decision_type, threshold }, a)).toBe(expected);
  });

  test('numbers are doubles: nothing is cast to 32 bits', () => {
    expect(holds({ threshold: 0.1 }, Math.fround(0.1))).toBe(false);
    expect(holds({ threshold: Math.fround(0.1) }, 0.1)).toBe(true);
  });
});

describe('inputs', () => {
  test('fields that are no input of the model do not reach it', () => {
    expect(value(around(split({ default_left: true }), { inputs: ['b'] }), { a: 5, b: 1 })).toBe(1);
  });

  test('without any of them there is a warning and no prediction', () => {
    for (const fields of [{}, { a: null }, { c: 1 }]) expect(asked(around(split()), fields).kind).toBe('warning');
  });

  test('a dot leads into objects, or is part of the name', () => {
    const body = around(split({}, { feature_names: ['x.y'] }), { inputs: ['x.y'] });
    for (const fields of [{ 'x.y': 1 }, { x: { y: 1 } }]) expect(value(body, fields)).toBe(1);
    expect(asked(body, { x: 1 }).kind).toBe('warning');
    expect(asked(body, Object.create({ 'x.y': 1 })).kind).toBe('warning');
  });
});

test('each tree counts features by its own names', () => {
  const trees = [
    split({ split_feature: 0, threshold: 0 }, { feature_names: ['b', 'a'] }),
    split({ split_feature: 1, threshold: 0 }, { feature_names: ['b', 'a'] }),
    split({ split_feature: 0, threshold: 0 }, { feature_names: ['a'] }),
  ];
  const weights = [100, 10, 1];
  const feature_names = ['a', 'b'];
  const aggregate_output = { weighted_sum: { weights } };
  const body = around({ ensemble: { feature_names, trained_models: trees, aggregate_output } });
  expect(value(body, { a: 1, b: -1 })).toBe(122);
  expect(value(body, { a: -1, b: 1 })).toBe(211);
});

describe('sums', () => {
  test('are compensated as those of Java: a plain loop gives 0 here', () => {
    const thirds = Array.from({ length: 10 }, () => 0.1);
    expect(thirds.reduce((sum, each) => sum + each, 0)).not.toBe(1);
    expect(value(around(ensemble(thirds, { weighted_sum: {} })), { a: 1 })).toBe(1);
  });

  test('take a weight for each tree, and go through exp', () => {
    expect(value(around(ensemble([1, 2], { weighted_sum: { weights: [0.5, 4] } })), { a: 1 })).toBe(8.5);
    expect(value(around(ensemble([1, 2], { exponent: { weights: [1, -1] } })), { a: 1 })).toBeCloseTo(Math.exp(-1), 15);
    expect(value(around(ensemble([1, 2], {}, { aggregate_output: undefined as unknown as Value })), { a: 1 })).toBe(3);
  });
});

test('a single tree gives its leaf', () => {
  expect(value(around(leaf(0.25)), { a: 1 })).toBe(0.25);
});

test.each([
  [
    'another comparison',
    split({ decision_type: 'eq' }),
    '/definition/trained_model/tree/tree_structure/0/decision_type',
  ],
  [
    'a default that is none',
    split({ default_left: 'yes' }),
    '/definition/trained_model/tree/tree_structure/0/default_left',
  ],
  [
    'a child that does not exist',
    split({ left_child: 9 }),
    '/definition/trained_model/tree/tree_structure/0/left_child',
  ],
  ['a cycle', split({ left_child: 0 }), '/definition/trained_model/tree/tree_structure/0/left_child'],
  ['a shared child', split({ left_child: 2 }), '/definition/trained_model/tree/tree_structure/0/right_child'],
  [
    'a feature that does not exist',
    split({ split_feature: 1 }),
    '/definition/trained_model/tree/tree_structure/0/split_feature',
  ],
  ['an unknown key', split({}, { depth: 3 }), '/definition/trained_model/tree/depth'],
  ['another target', split({}, { target_type: 'ranking' }), '/definition/trained_model/tree/target_type'],
])('refuses %s by its place', (_, trained, pointer) => {
  expect(refusedAt(around(trained, { config: { regression: {} } }))).toContain(pointer);
});
