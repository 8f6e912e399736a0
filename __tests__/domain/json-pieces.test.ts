import { expect, it } from 'vitest';
import { canonicalJson, canonicalPieces } from '../../src/domain/canonical-json.ts';
import type { Value } from '../../src/domain/document.ts';
import { jsonPieces } from '../../src/domain/json-pieces.ts';

/** Deeper than what is cut into pieces, with every sort of value. */
const deep =
  '{"b":[{"z":{"y":{"x":{"w":[{"v":[]},{}]}}}},1.5,"é",null],"":{},"__proto__":{"b":1,"a":[true]},"10":0,"9":""}';

it.each(['null', '"text"', '[]', '{}', '[[[[[[[[1,2]]]]]]]]', deep])('joined they are the text of %s', (text) => {
  const value: Value = JSON.parse(text);
  expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value));
  for (const omit of [new Set<string>(), new Set(['b', '9'])]) {
    expect([...canonicalPieces(value, omit)].join('')).toBe(canonicalJson(value, omit));
  }
});

it('cuts a model at its trees, so that no piece is larger than one of them', () => {
  const tree = {
    tree: { feature_names: ['a'], tree_structure: Array.from({ length: 50 }, (_, index) => ({ index })) },
  };
  const trees = Array.from({ length: 40 }, () => tree);
  const model: Value = { definition: { trained_model: { ensemble: { trained_models: trees } } } };
  const longest = Math.max(...[...jsonPieces(model)].map(({ length }) => length));
  expect(longest).toBe(JSON.stringify(tree).length);
});
