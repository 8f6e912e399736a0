import { expect, it } from 'vitest';
import { arrayText, elementTexts, memberTexts, objectText } from '../../../src/formats/json/pieces.ts';

it('gives the members of an object as they are written', () => {
  const text = '{ "a" : 9007199254740993, "b/~": [1.0, {"c": 1e2}], "\\u0063": "\\u0041", "__proto__": -0, "1": null }';
  const members = memberTexts(text);
  expect([...members]).toEqual([
    // An object has keys that are numbers first.
    ['1', 'null'],
    ['a', '9007199254740993'],
    ['b/~', '[1.0, {"c": 1e2}]'],
    ['c', '"\\u0041"'],
    ['__proto__', '-0'],
  ]);
  expect(JSON.parse(objectText(members))).toEqual(JSON.parse(text));
  expect(objectText(members)).toContain('"a":9007199254740993');
});

it('gives the elements of an array as they are written', () => {
  const elements = elementTexts('[ 18446744073709551616, [ ], "]" ]');
  expect(elements).toEqual(['18446744073709551616', '[ ]', '"]"']);
  expect(arrayText(elements)).toBe('[18446744073709551616,[ ],"]"]');
});

it.each(['null', '1', '"{}"'])('finds none in %s', (text) => {
  expect([memberTexts(text).size, elementTexts(text).length]).toEqual([0, 0]);
});
