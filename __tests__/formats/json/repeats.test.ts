import { describe, expect, it } from 'vitest';
import { readJson } from '../../../src/formats/json/read.ts';
import { createRepeats } from '../../../src/formats/json/repeats.ts';
import { createRandom, type Random } from '../../random.ts';
import { placed } from '../spans.ts';
import { mutate } from './mutate.ts';
import { askPython } from './python.ts';

const read = (text: string, depth = 64) => readJson(Buffer.from(text), 'f.json', { depth });

const leaf = (index: number) => `{"leaf_value":${(index % 7) / 3},"node_index":${index}}`;
const split = (index: number) =>
  `{"decision_type":"lte","default_left":true,"left_child":${index + 1},"threshold":-1.5e-7,"x.[$]y":null}`;

/** More than the 64 KiB from which forms are learnt: elements on a line of their own each. */
function nodes(count = 2000): string[] {
  return Array.from({ length: count }, (_, index) => (index % 2 === 0 ? split(index) : leaf(index)));
}

describe('objects of a form that was seen before', () => {
  it('are read as they are', () => {
    const text = `[${nodes().join(',\r\n')}]`;
    const { document, findings } = read(text);
    expect(findings).toEqual([]);
    expect(document?.value).toStrictEqual(JSON.parse(text));
  });

  it.each([
    ['a key twice', '{"leaf_value":1,"leaf_value":2}'],
    ['a key twice, spelt otherwise', '{"leaf_value":1,"leaf\\u005fvalue":2}'],
    ['a forbidden key', '{"__proto__":1,"node_index":2}'],
    ['a forbidden key further in', '{"leaf_value":{"constructor":{"prototype":1}},"node_index":2}'],
    ['a number that changes', '{"leaf_value":1,"node_index":9007199254740993}'],
    ['a number that overflows', '{"leaf_value":1e400,"node_index":1}'],
    ['a number that vanishes', `{"leaf_value":0.${'0'.repeat(330)}1,"node_index":1}`],
    ['NaN', '{"leaf_value":NaN,"node_index":1}'],
    ['a leading zero', '{"leaf_value":01,"node_index":1}'],
    ['an open number', '{"leaf_value":1.,"node_index":1}'],
    ['a trailing comma', '{"leaf_value":1,"node_index":1,}'],
    ['a missing comma', '{"leaf_value":1 "node_index":1}'],
    ['a raw control character', '{"leaf_value":"\t","node_index":1}'],
    ['half of a pair', '{"leaf_value":"\\ud800","node_index":1}'],
    ['an unknown escape', '{"leaf_value":"\\x","node_index":1}'],
    ['a comment', '{"leaf_value":1/**/,"node_index":1}'],
    ['another key', '{"leaf_valux":truex,"node_index":1}'],
    ['three quotes', '{"leaf_value":"""x""","node_index":1}'],
  ])('do not hide %s among them', (_, defect) => {
    const alone = read(`[\n${defect}\n]`).findings.map(({ check, message, at }) => [check, message, at?.span?.column]);
    expect(alone.length).toBeGreaterThan(0);
    const among = [...nodes(1500), defect, ...nodes(500)];
    const { findings } = read(`[\n${among.join(',\n')}\n]`);
    const there = findings.filter(({ at }) => at?.span?.line === 1502);
    expect(there.map(({ check, at }) => [check, at?.span?.column])).toEqual(
      alone.map(([check, , column]) => [check, column]),
    );
    expect(findings).toHaveLength(there.length);
  });

  it('are still counted in the depth', () => {
    const deep = (brackets: number) => `${'['.repeat(brackets)}${nodes().join(',')}${']'.repeat(brackets)}`;
    expect(read(deep(5), 6).findings).toEqual([]);
    expect(read(deep(6), 6).findings.map(placed)).toEqual(['json-too-deep 1:7']);
  });

  it('take blanks wherever JSON does, and nothing else', () => {
    const spaced = (blank: string) => `[${Array(3000).fill(`${blank}{"a"${blank}:${blank}1,"b":"é"}`).join(',')}]`;
    for (const blank of [' ', '\n', '\r\n\t ']) expect(read(spaced(blank)).findings).toEqual([]);
    for (const blank of ['\f', '\u00a0', '\ufeff', '\0']) {
      expect(read(spaced(blank)).findings.map(({ check }) => check)).toEqual(['json-syntax']);
    }
  });

  it('may have 1,000 different forms', () => {
    const text = `[${Array.from({ length: 5000 }, (_, index) => `{"k${index % 1000}":${index}}`).join(',\n')},\n{"x":1,"x":2}]`;
    expect(read(text).findings.map(placed)).toEqual(['json-duplicate-key 5001:8']);
  });
});

describe('mutants of a large document', () => {
  it('are judged as Python judges them', () => {
    const random = createRandom(61);
    const base = `{"trees":[${nodes(1100).join(', ')}]}`;
    const texts = Array.from({ length: 300 }, () => Buffer.from(mutate(random, base)).toString());
    expect(base.length).toBeGreaterThan(64 * 1024);
    for (const [index, answer] of askPython(texts).entries()) {
      const { findings, document } = read(texts[index] ?? '');
      const checks = new Set(findings.map(({ check }) => check));
      if (answer.valid) expect(checks.has('json-syntax')).toBe(false);
      else expect(checks.has('json-syntax') || checks.has('json-encoding')).toBe(true);
      if (answer.valid) expect(checks.has('json-duplicate-key')).toBe(!answer.unique);
      if (document !== undefined) expect(document.value).toStrictEqual(JSON.parse(texts[index] ?? ''));
    }
  });
});

describe('createRepeats', () => {
  const filler = ' '.repeat(64 * 1024);
  const knowsAgain = (learnt: string, next: string): boolean => {
    const text = learnt + next + filler;
    const repeats = createRepeats(text);
    repeats.learn(0, learnt.length);
    const end = repeats.end(learnt.length);
    expect([-1, text.length - filler.length]).toContain(end);
    return end >= 0;
  };

  it('knows a form again', () => {
    expect(knowsAgain('{"a":1,"b":"x"}', '{"a":-2.5e3,"b":null}')).toBe(true);
    expect(knowsAgain('{"$.(":1}', '{"$.(":true}')).toBe(true);
  });

  it.each([
    ['{"a":1,"b":2}', '{"b":1,"a":2}'],
    ['{"a":1}', '{"a":1,"b":2}'],
    ['{"a.b":1}', '{"axb":1}'],
    ['{"a":1}', '{"a":"\\n"}'],
    ['{"a":1}', '{"a":1234567890123456}'],
    ['{"a":1}', '{"a":1e100}'],
    ['{"a":1}', '{"a":[1]}'],
    ['{"a":[1]}', '{"a":[1]}'],
    ['{"a":1,"a":1}', '{"a":1,"a":1}'],
    ['{"__proto__":1}', '{"__proto__":1}'],
    ['{"\\u0061":1}', '{"\\u0061":1}'],
    ['{}', '{}'],
  ])('having seen %s leaves %s to the scan', (learnt, next) => {
    expect(knowsAgain(learnt, next)).toBe(false);
  });

  it('learns nothing in a small text', () => {
    const repeats = createRepeats('{"a":1}{"a":1}');
    repeats.learn(0, 7);
    expect(repeats.end(7)).toBe(-1);
  });
});

describe('keys in any order', () => {
  const letters = ['', '!', '#', 'a', 'A', '\\"', '\\\\', '\\u0061', 'é', '😀', '\uffff'];

  function keyOf(random: Random): string {
    return Array.from({ length: random.below(4) }, () => random.pick(letters)).join('');
  }

  it('are found to be the same, or not', () => {
    const random = createRandom(62);
    let twice = 0;
    for (let round = 0; round < 5000; round += 1) {
      const keys = Array.from({ length: 1 + random.below(random.chance(0.2) ? 40 : 6) }, () => keyOf(random));
      if (random.chance(0.5)) keys.sort();
      if (random.chance(0.2)) keys.reverse();
      const seen = new Set<string>();
      const expected: number[] = [];
      for (const [index, key] of keys.entries()) {
        const name: string = JSON.parse(`"${key}"`);
        if (seen.has(name)) expected.push(index + 2);
        seen.add(name);
      }
      const { findings } = read(`{\n${keys.map((key) => `"${key}":0`).join(',\n')}\n}`);
      expect({ keys, found: findings.map(({ at }) => at?.span?.line) }).toEqual({ keys, found: expected.slice(0, 21) });
      twice += expected.length > 0 ? 1 : 0;
    }
    expect(twice).toBeGreaterThan(500);
  });
});
