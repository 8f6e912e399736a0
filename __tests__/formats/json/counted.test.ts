import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import { createCollector } from '../../../src/formats/collector.ts';
import { countKeys, hasKeys } from '../../../src/formats/json/counted.ts';
import { scanJson } from '../../../src/formats/json/scan.ts';
import { createLines, unitsOf } from '../../../src/formats/text.ts';
import { createRandom, type Random } from '../../random.ts';
import { mutate } from './mutate.ts';

/** Whether the count is sure that a text needs no closer look; undefined where the text is not valid. */
function sure(text: string, depth = 64): boolean | undefined {
  let value: Value;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const keys = countKeys(text, unitsOf(text, Buffer.from(text)), depth);
  return keys >= 0 && hasKeys(value, keys);
}

/** What the scan finds in a text. */
function found(text: string, depth: number): string[] {
  const collector = createCollector('f.json', createLines(text));
  scanJson(text, unitsOf(text, Buffer.from(text)), depth, createLines(text), collector);
  return collector.findings().map(({ check }) => check);
}

it.each([
  '{"a":1,"b":-2.5,"c":null,"d":true,"e":false,"f":[],"g":{}}',
  '{ "b" : 1 ,\r\n "a" : "x:y,{[" }',
  '[0.47400000000000003,-0.12345678901234567,123456789012345]',
  '{"é:":"😀"}',
  '{"a":{"a":{"a":1}},"b":{"a":1}}',
  '{"2":0,"1":0}',
  'null',
  '0',
  `0.${'0'.repeat(180)}1`,
])('is sure of %j', (text) => {
  expect(sure(text)).toBe(true);
});

it.each([
  ['a key twice', '{"a":1,"a":2}'],
  ['a key twice, without values that differ', '{"a":[],"b":{"c":1,"c":1}}'],
  ['an index twice', '{"1":0,"2":0,"1":0}'],
  ['any escape', String.raw`["\n"]`],
  ['a forbidden key', '{"__proto__":{"a":1}}'],
  ['a key that is forbidden in some places', '{"constructor":{"prototype":1}}'],
  ['an exponent', '[1e5]'],
  ['an exponent behind a fraction', '[1.5E-7]'],
  ['an integer of 16 digits', '[1234567890123456]'],
  ['such an integer with a fraction', '[1234567890123456.5]'],
  ['a number that vanishes', `[0.${'0'.repeat(330)}1]`],
])('leaves %s open', (_, text) => {
  expect(sure(text)).toBe(false);
});

it('counts brackets that are open at once, before anything is parsed', () => {
  const deep = (brackets: number) => `${'[{"a":'.repeat(brackets)}1${'}]'.repeat(brackets)}`;
  expect([sure(deep(4), 8), sure(deep(4), 7)]).toEqual([true, false]);
  const open = '['.repeat(1000);
  expect(countKeys(open, unitsOf(open, Buffer.from(open)), 999)).toBeLessThan(0);
  // Deeper than values are followed, and allowed: for the other proof.
  expect(sure(deep(150), 1000)).toBe(false);
});

describe('of documents made at random', () => {
  const names = ['a', 'b', 'c:', '1', '2', 'é', 'constructor', 'x', 'true', '1e5'];

  function made(random: Random, depth: number): string {
    if (depth === 0 || random.chance(0.4)) {
      return random.pick(['0', '-1.5', 'true', 'false', 'null', '"{:}"', '""', '1e5', '12345678901234567', '"a,b"']);
    }
    const parts = Array.from({ length: random.below(5) }, () => made(random, depth - 1));
    const blank = random.pick(['', ' ', '\n']);
    if (random.chance(0.5)) return `[${parts.join(`,${blank}`)}]`;
    return `{${parts.map((part) => `"${random.pick(names)}"${blank}:${blank}${part}`).join(`${blank},`)}}`;
  }

  it('and of their mutants it is never sure where the scan has something to say', () => {
    const random = createRandom(64);
    const counts = { sure: 0, open: 0 };
    for (let round = 0; round < 30_000; round += 1) {
      const whole = made(random, 4);
      const text = random.chance(0.5) ? whole : Buffer.from(mutate(random, whole)).toString();
      const judged = sure(text, 6);
      if (judged === undefined) continue;
      if (judged) expect({ text, found: found(text, 6) }).toEqual({ text, found: [] });
      counts[judged ? 'sure' : 'open'] += 1;
    }
    expect(Math.min(counts.sure, counts.open)).toBeGreaterThan(1000);
  });
});
