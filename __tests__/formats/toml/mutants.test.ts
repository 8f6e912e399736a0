import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isObject } from '../../../src/domain/document.ts';
import { defaultLimits } from '../../../src/domain/limits.ts';
import { readToml } from '../../../src/formats/toml/read.ts';
import { createRandom } from '../../random.ts';
import { covered } from '../spans.ts';

const examples = 'examples/ML-experimental-detections-20261122-1';
const read = (bytes: Buffer) => readToml(bytes, 'rule.toml', defaultLimits);
const fragments = [
  ...['[', '[[', ']', ']]', '=', '.', '"', '"""', "'", "'''", '\n', '\r\n', '\r', '#', ' ', '\t', '{', '}', ',', '1'],
  ...[
    'a',
    'true',
    'nan',
    '1e5',
    '2026-02-30',
    '2026-11- 2',
    '07:32',
    '\\',
    '\\u0041',
    '\\x41',
    '\0',
    'é',
    '😀',
    '_',
    '0x',
  ],
  ...['[a]', 'a.b=1', '[[arr]]', '\u007f', '\ufeff', '__proto__', 'constructor.prototype', '9007199254740993', '-'],
];
const seeds = [
  readFileSync(`${examples}/experimental_ml_high_sum_dga_probability.toml`, 'utf8'),
  'a.b.c = 1\n"q k".\'l.m\' = [1, [2, {x = 1, y.z = "w"}], ]\n[t]\nd = 2026-11-22T10:00:00Z\n[[arr]]\nk = 1\n[arr.sub]\nn = 0x1F\n',
  'e = """\nmulti\\\n  line"""\nf = \'\'\'lit\nx\'\'\'\n[__proto]\nv = inf\n',
];

describe('6,000 mutants', () => {
  it('give findings inside the text, or a document whose keys are found; and never an error', async () => {
    const random = createRandom(51);
    const counts = { read: 0, refused: 0 };
    for (let round = 0; round < 6000; round += 1) {
      let text = random.pick(seeds);
      for (let changes = 1 + random.below(2); changes > 0; changes -= 1) {
        const at = random.below(text.length + 1);
        const piece = random.chance(0.7) ? random.pick(fragments) : text.slice(at >> 1, (at >> 1) + random.below(40));
        text = text.slice(0, at) + piece + text.slice(at + random.below(4));
      }
      const { document, findings, line } = await read(Buffer.from(text));
      const written = Buffer.from(text).toString();
      expect(findings.length > 0).toBe(document === undefined);
      for (const { at, message } of findings) {
        expect(message).not.toMatch(/\n/);
        expect(line(at?.span?.line ?? 0)).toBeDefined();
        expect(covered(written, at?.span)).toBeDefined();
      }
      counts[document === undefined ? 'refused' : 'read'] += 1;
      const value = document?.value;
      const [first] = isObject(value) ? Object.keys(value) : [];
      if (first === undefined || /[~/]/.test(first)) continue;
      expect({ text, span: await document?.locate(`/${first}`) }).toEqual({ text, span: expect.anything() });
    }
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(1000);
  });

  it('of single bytes neither', async () => {
    const random = createRandom(52);
    const base = Buffer.from(seeds[0] ?? '');
    for (let round = 0; round < 2000; round += 1) {
      const bytes = Buffer.from(base);
      for (let changes = random.below(4); changes > 0; changes -= 1)
        bytes[random.below(bytes.length)] = random.below(256);
      const { document, findings } = await read(bytes);
      expect(findings.length > 0).toBe(document === undefined);
    }
  });
});

describe('texts of 50,000 units that pull at every pattern', () => {
  const pieces = [
    'a',
    '1',
    '.',
    'a.',
    '[',
    ']',
    '=',
    '"',
    "'",
    '"""',
    '{',
    ',',
    ' ',
    '\n',
    '\\',
    '#',
    '-',
    '_',
    '2026-',
    '\ud83d\ude00',
  ];

  it.each(pieces)('%j', async (piece) => {
    for (const before of ['', 'a = ', 'a = [', 'a = "', 'a = """', '[', 'd = 2026-11-22\n', '2026-02-30']) {
      const { document, findings } = await read(Buffer.from(before + piece.repeat(50_000 / piece.length)));
      expect(findings.length > 0).toBe(document === undefined);
    }
  });
});
