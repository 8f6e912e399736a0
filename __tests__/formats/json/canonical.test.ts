import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalBytes, canonicalSha256, compareCodePoints } from '../../../src/formats/json/canonical.ts';
import { createRandom } from '../../random.ts';
import { writeDocument } from './documents.ts';
import { askPython } from './python.ts';

// Tokens that Python writes as they are: it gives a float back by `repr`.
const numbers = ['0', '7', '-12', '9007199254740993', '0.1', '1.0', '-0.0', '1e-05', '1e+16', '1.5e+300', '123456.789'];

const canonical = (text: string): string => canonicalBytes(text).toString('latin1');

describe('the historic canonical text', () => {
  it.each([
    ['{"processors":[]}', '8bae3037f3690eb3efae47f54daba57db881fb7e9ab55a890cfaebcbe4260003'],
    ['{"script":{"source":"1","lang":"painless"}}', 'eca6af1e24614cc7da0329a319daa8e490eee5fadcb2b0f7452072d0a3e74d88'],
    [
      '{"z":1,"u":"é","f":1.0,"g":1e-05,\n"input":{"field_names":["a"]},"compressed_definition":"x"}',
      'e42654aece58ec997ae2e1661b9f989b2b09807de4ddf21d3a8e4ca8cc02a512',
    ],
  ])('of %s has the observed hash', (text, sha256) => {
    expect(canonicalSha256(text)).toBe(sha256);
  });

  it('of the example model has the hash that an earlier manifest holds', () => {
    const model = readFileSync('examples/ML-DGA-20261122-2/dga_1000_1.0_model.json', 'utf8');
    const manifest = readFileSync(
      '__tests__/fixtures/broken/12-hash-of-earlier-release/manifest-ML-DGA-20260901-1.json',
      'utf8',
    );
    expect(manifest).toContain(canonicalSha256(model));
    expect(manifest).not.toContain(createHash('sha256').update(model).digest('hex'));
  });

  it('is what Python writes, for 1,000 generated documents', () => {
    const random = createRandom(11);
    const texts = Array.from({ length: 1000 }, () => writeDocument(random, { depth: 5, numbers }).text);
    const answers = askPython(texts);
    for (const [index, text] of texts.entries()) {
      const answer = answers[index];
      const python = answer?.valid === true ? answer : { canonical: 'not valid', sha256: '' };
      expect({ text, canonical: canonical(text) }).toEqual({ text, canonical: python.canonical });
      expect(canonicalSha256(text)).toBe(python.sha256);
    }
  });

  it('is its own canonical text', () => {
    const random = createRandom(12);
    for (let round = 0; round < 300; round += 1) {
      const text = canonical(writeDocument(random, { depth: 5, numbers }).text);
      expect(canonical(text)).toBe(text);
    }
  });

  it('keeps number tokens as they are written, where Python and JavaScript would not', () => {
    const tokens = ['1.00', '1E5', '12345678901234567890.5', '-0', '1e400', '100000000000000000000000000'];
    expect(canonical(`[${tokens.join(' ,')}]`)).toBe(`[${tokens.join(', ')}]`);
  });

  it('sorts keys by code point, at every level, and by their decoded text', () => {
    expect(canonical('{"\u{10000}":1,"\uffff":2,"b":{"z":0,"a":[{"y":1,"x":2}]},"a":3}')).toBe(
      '{"a": 3, "b": {"a": [{"x": 2, "y": 1}], "z": 0}, "\\uffff": 2, "\\ud800\\udc00": 1}',
    );
    expect(canonical('{"b":1,"\\u0061":2}')).toBe('{"a": 2, "b": 1}');
  });

  it('sorts objects of many members and of long values, whatever is escaped in their keys', () => {
    const random = createRandom(14);
    const names = ['a', 'aa', 'b', 'é', '\uffff', '\u{10000}', '"', '\\', ' ', '~', '\u007f', '\t', ''];
    for (let round = 0; round < 300; round += 1) {
      const keys = new Set(Array.from({ length: random.below(40) }, () => random.pick(names) + random.pick(names)));
      const members = [...keys].map((key) => ({ key, value: 'x'.repeat(random.pick([0, 3, 499, 500, 501, 2000])) }));
      const write = (list: typeof members, between: string) =>
        list.map(({ key, value }) => `${JSON.stringify(key)}:${between}{"b":1,"a":"${value}"}`).join(`,${between}`);
      const sorted = members.toSorted((a, b) => compareCodePoints(a.key, b.key));
      // Once sorted, a text differs from its canonical one by escapes alone.
      expect(canonical(`{${write(members, '')}}`)).toBe(canonical(`{${write(sorted, ' ')}}`));
      const keysOf = Object.keys(JSON.parse(canonical(`{${write(members, '')}}`)));
      expect(keysOf).toEqual(sorted.map(({ key }) => key));
    }
  });

  it('grows as far as escapes need', () => {
    const text = `["${'漢'.repeat(10_000)}","${'x'.repeat(10_000)}"]`;
    expect(canonical(text)).toBe(`["${'\\u6f22'.repeat(10_000)}", "${'x'.repeat(10_000)}"]`);
  });

  it.each(['true', ' null ', '"x"', '-1.5', '[]', '{ }', '[ { } , [ ] ]'])('of %j', (text) => {
    const [answer] = askPython([text]);
    expect(answer?.valid === true && answer.canonical).toBe(canonical(text));
  });
});

describe('compareCodePoints', () => {
  it('orders as the code points do', () => {
    const random = createRandom(13);
    const characters = ['', 'a', 'b', '\u007f', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'];
    const word = () => Array.from({ length: random.below(4) }, () => random.pick(characters)).join('');
    const points = (text: string) => [...text].map((character) => character.codePointAt(0) ?? 0);
    for (let round = 0; round < 3000; round += 1) {
      const [a, b] = [word(), word()];
      const [left, right] = [points(a), points(b)];
      const at = left.findIndex((point, index) => point !== right[index]);
      const order = at < 0 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
      expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(order));
    }
  });
});
