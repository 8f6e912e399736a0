import { describe, expect, it } from 'vitest';
import { createCollector } from '../../../src/formats/collector.ts';
import { isPlain } from '../../../src/formats/json/plain.ts';
import { readJson } from '../../../src/formats/json/read.ts';
import { scanJson } from '../../../src/formats/json/scan.ts';
import { createLines, unitsOf } from '../../../src/formats/text.ts';
import { createRandom, type Random } from '../../random.ts';
import { placed } from '../spans.ts';
import { mutate } from './mutate.ts';
import { askPython } from './python.ts';

const read = (text: string, depth = 64) => readJson(Buffer.from(text), 'f.json', { depth });

const leaf = (index: number) => `{"leaf_value":${(index % 7) / 3},"node_index":${index}}`;
const split = (index: number) =>
  `{"decision_type":"lte","default_left":true,"left_child":${index + 1},"threshold":-1.5e-7,"x.[$]y":null}`;

/** The nodes of a long tree. */
function nodes(count = 2000): string[] {
  return Array.from({ length: count }, (_, index) => (index % 2 === 0 ? split(index) : leaf(index)));
}

describe('thousands of objects alike', () => {
  it('are read as they are', async () => {
    const text = `[${nodes().join(',\r\n')}]`;
    const { document, findings } = await read(text);
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
  ])('do not hide %s among them', async (_, defect) => {
    const alone = (await read(`[\n${defect}\n]`)).findings.map(({ check, message, at }) => [
      check,
      message,
      at?.span?.column,
    ]);
    expect(alone.length).toBeGreaterThan(0);
    const among = [...nodes(1500), defect, ...nodes(500)];
    const { findings } = await read(`[\n${among.join(',\n')}\n]`);
    const there = findings.filter(({ at }) => at?.span?.line === 1502);
    expect(there.map(({ check, at }) => [check, at?.span?.column])).toEqual(
      alone.map(([check, , column]) => [check, column]),
    );
    expect(findings).toHaveLength(there.length);
  });

  it('are still counted in the depth', async () => {
    const deep = (brackets: number) => `${'['.repeat(brackets)}${nodes().join(',')}${']'.repeat(brackets)}`;
    expect((await read(deep(5), 6)).findings).toEqual([]);
    expect((await read(deep(6), 6)).findings.map(placed)).toEqual(['json-too-deep 1:7']);
  });

  it('take blanks wherever JSON does, and nothing else', async () => {
    const spaced = (blank: string) => `[${Array(3000).fill(`${blank}{"a"${blank}:${blank}1,"b":"é"}`).join(',')}]`;
    for (const blank of [' ', '\n', '\r\n\t ']) expect((await read(spaced(blank))).findings).toEqual([]);
    for (const blank of ['\f', '\u00a0', '\ufeff', '\0']) {
      expect((await read(spaced(blank))).findings.map(({ check }) => check)).toEqual(['json-syntax']);
    }
  });

  it('may have 1,000 different forms', async () => {
    const text = `[${Array.from({ length: 5000 }, (_, index) => `{"k${index % 1000}":${index}}`).join(',\n')},\n{"x":1,"x":2}]`;
    expect((await read(text)).findings.map(placed)).toEqual(['json-duplicate-key 5001:8']);
  });
});

describe('mutants of a large document', () => {
  it('are judged as Python judges them', async () => {
    const random = createRandom(61);
    const base = `{"trees":[${nodes(1100).join(', ')}]}`;
    const texts = Array.from({ length: 300 }, () => Buffer.from(mutate(random, base)).toString());
    expect(base.length).toBeGreaterThan(64 * 1024);
    for (const [index, answer] of askPython(texts).entries()) {
      const { findings, document } = await read(texts[index] ?? '');
      const checks = new Set(findings.map(({ check }) => check));
      if (answer.valid) expect(checks.has('json-syntax')).toBe(false);
      else expect(checks.has('json-syntax') || checks.has('json-encoding')).toBe(true);
      if (answer.valid) expect(checks.has('json-duplicate-key')).toBe(!answer.unique);
      if (document !== undefined) expect(document.value).toStrictEqual(JSON.parse(texts[index] ?? ''));
    }
  });
});

describe('isPlain', () => {
  const plain = (text: string, depth = 64) => isPlain(unitsOf(text, Buffer.from(text)), depth);
  const manyKeys = (count: number, order: (a: number, b: number) => number) =>
    `{${Array.from({ length: count }, (_, index) => index)
      .sort(order)
      .map((index) => `"${String(index).padStart(6, '0')}":0`)
      .join(',')}}`;

  it.each([
    '{"a":1,"b":-2.5e3,"c":null,"d":true,"e":false,"f":[],"g":{}}',
    '{ "b" : 1 , "a" : "x" }',
    String.raw`{"text":"line\n\"quoted\" \\ :{["}`,
    '[0.47400000000000003,1.0000000180025095e-35,123456789012345]',
    '"é😀 prototype __proto__"',
    '{"a":{"a":{"a":1}},"b":{"a":1}}',
    'null',
    manyKeys(5000, (a, b) => a - b),
    manyKeys(60, (a, b) => b - a),
  ])('is sure of %j', (text) => {
    expect(plain(text)).toBe(true);
  });

  it.each([
    ['a key twice', '{"a":1,"a":2}'],
    ['a key twice, far from each other', `{"b":0,${manyKeys(40, (a, b) => b - a).slice(1, -1)},"b":0}`],
    ['a key twice, the object before it ascending', '{"x":{"a":1,"b":2},"x":1}'],
    ['an escaped key', String.raw`{"\n":1}`],
    ['a key that is forbidden', '{"__proto__":1}'],
    ['a key that is forbidden in some places', '{"prototype":1}'],
    ['an escape of a code', String.raw`["\u0061"]`],
    ['an integer of 16 digits', '[1234567890123456]'],
    ['such an integer alone', '1234567890123456'],
    ['an overflow alone', '1e400'],
    ['an exponent of three digits', '[1e100]'],
    ['an exponent of three digits with a plus', '[1E+400]'],
    ['an exponent of three digits with a minus', '{"a":1e-400}'],
    ['a long fraction', `[0.${'0'.repeat(330)}1]`],
    ['an open string', '["a'],
    ['more keys that do not ascend than it compares', manyKeys(65, (a, b) => b - a)],
  ])('leaves %s to the scan', (_, text) => {
    expect(plain(text)).toBe(false);
  });

  it('counts brackets that are open at once', () => {
    const deep = (brackets: number) => `[${'[{"a":'.repeat(brackets)}1${'}]'.repeat(brackets)},[],{}]`;
    expect(plain(deep(3), 7)).toBe(true);
    expect(plain(deep(3), 6)).toBe(false);
  });

  it('is never sure of what the scan has something to say about', () => {
    const random = createRandom(63);
    const long = `{"trees":[${nodes(3).join(', ')}],"a":${String.raw`{"n":"\\","b":[1e5, 123456789012345.5, "é"]}`}}`;
    const counts = { sure: 0, unsure: 0 };
    for (let round = 0; round < 20_000; round += 1) {
      const text = Buffer.from(mutate(random, long)).toString();
      const bytes = Buffer.from(text);
      const collector = createCollector('f.json', createLines(text));
      scanJson(text, unitsOf(text, bytes), 8, createLines(text), collector);
      const valid = collector.findings().every(({ check }) => check !== 'json-syntax');
      const sure = plain(text, 8);
      if (!valid) continue;
      if (sure) expect({ text, findings: collector.findings() }).toEqual({ text, findings: [] });
      counts[sure ? 'sure' : 'unsure'] += 1;
    }
    expect(Math.min(counts.sure, counts.unsure)).toBeGreaterThan(200);
  });
});

describe('keys in any order', () => {
  const letters = ['', '!', '#', 'a', 'A', '\\"', '\\\\', '\\u0061', 'é', '😀', '\uffff'];

  function keyOf(random: Random): string {
    return Array.from({ length: random.below(4) }, () => random.pick(letters)).join('');
  }

  it('are found to be the same, or not', async () => {
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
      const { findings } = await read(`{\n${keys.map((key) => `"${key}":0`).join(',\n')}\n}`);
      expect({ keys, found: findings.map(({ at }) => at?.span?.line) }).toEqual({ keys, found: expected.slice(0, 21) });
      twice += expected.length > 0 ? 1 : 0;
    }
    expect(twice).toBeGreaterThan(500);
  });
});
