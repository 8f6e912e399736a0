import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/domain/canonical-json.ts';
import { isArray, isObject, type Value } from '../../src/domain/document.ts';
import { createRandom, type Random } from '../random.ts';

/** The rule itself, slowly: every object's keys by code unit, every scalar as ECMAScript writes it. */
function slowly(value: Value, omit: readonly string[] = []): string {
  if (isArray(value)) return `[${value.map((item) => slowly(item)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).filter((key) => !omit.includes(key));
  keys.sort((a, b) => (a < b ? -1 : 1));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${slowly(value[key] ?? null)}`).join(',')}}`;
}

const words = ['', 'a', 'b', 'B', 'aa', 'é', '\u{1f600}', '\ufb33', '\r', '"', '\\', '\u2028', 'toJSON', 'length'];
const unusual = ['0', '1', '10', '9', '007', '4294967295', '-1', '1.5', '__proto__', 'constructor'];
const scalars: readonly Value[] = [
  ...[null, true, false, 0, -0, 1, -1.5, 1e21, 1e-7, 333333333.3333333, 5e-324, 0.1],
  ...['', 'text', '\u0000\u001f"\\/', '\ud800', '€$\u000f\nA\'B"\\\\"/'],
];

/** A value as `JSON.parse` makes it, own keys `__proto__` included. */
function make(random: Random, depth: number, keys: readonly string[]): string {
  const kind = depth === 0 ? 0 : random.below(4);
  const some = <T>(one: () => T) => Array.from({ length: random.below(7) }, one);
  if (kind < 2) return JSON.stringify(random.pick(scalars));
  if (kind === 2) return `[${some(() => make(random, depth - 1, keys)).join(',')}]`;
  const names = [...new Set(some(() => random.pick(keys)))];
  return `{${names.map((name) => `${JSON.stringify(name)}:${make(random, depth - 1, keys)}`).join(',')}}`;
}

describe('canonicalJson', () => {
  it('writes the example of RFC 8785, section 3.2.3', () => {
    const text = String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
      "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`;
    expect(canonicalJson(JSON.parse(text))).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts as RFC 8785, section 3.2.3, does, by code unit', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', 'ö'];
    const sorted = ['\r', '1', '\u0080', 'ö', '\u20ac', '\u{1f600}', '\ufb33'];
    const members = (names: string[]) => `{${names.map((name) => `${JSON.stringify(name)}:0`).join(',')}}`;
    expect(canonicalJson(JSON.parse(members(keys)))).toBe(members(sorted));
  });

  it.each([
    ['usual keys', words],
    ['keys that no object keeps in order', [...words, ...unusual]],
  ])('writes what the rule says, for 3,000 values with %s', (_, keys) => {
    const random = createRandom(85);
    for (let round = 0; round < 3000; round += 1) {
      const value: Value = JSON.parse(make(random, 5, keys));
      const before = JSON.stringify(value);
      const omit = [random.pick(keys), random.pick(keys)];
      expect(canonicalJson(value)).toBe(slowly(value));
      expect(canonicalJson(value, new Set(omit))).toBe(slowly(value, omit));
      expect(JSON.stringify(value)).toBe(before);
    }
  });

  it('leaves out what is named at the top alone', () => {
    const value = { _meta: 1, b: { _meta: 2 }, a: [{ _meta: 3 }] };
    expect(canonicalJson(value, new Set(['_meta']))).toBe('{"a":[{"_meta":3}],"b":{"_meta":2}}');
  });
});
