import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isArray, isObject, step, type Value } from '../../../src/domain/document.ts';
import { readJson } from '../../../src/formats/json/read.ts';
import { createRandom } from '../../random.ts';
import { covered } from '../spans.ts';
import { plainNumbers, type Written, writeDocument } from './documents.ts';
import { mutate } from './mutate.ts';
import { askPython } from './python.ts';

const read = (text: string) => readJson(Buffer.from(text), 'f.json', { depth: 64 });

function documents(seed: number, count: number): Written[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => writeDocument(random, { depth: 5, numbers: plainNumbers }));
}

function mutants(seed: number, count: number): string[] {
  const random = createRandom(seed);
  const job = readFileSync('examples/ML-experimental-detections-20261122-1/experimental-rare-dga-domain.json', 'utf8');
  const short = ['{"a":1}', '[1e5,"x"]', '{"a":1,"b":{"a":"\\ud83d\\ude00"}}'];
  const seeds = [job, ...short, ...short, ...short, ...documents(seed, 50).map(({ text }) => text)];
  // What cannot be written as UTF-8 is no text for Python either.
  return Array.from({ length: count }, () => Buffer.from(mutate(random, random.pick(seeds))).toString());
}

/** Every pointer of a value, with what it leads to and the key that leads there. */
function* pointers(value: Value, pointer = '', key?: string): Generator<[string, Value, string | undefined]> {
  yield [pointer, value, key];
  if (isArray(value)) for (const [index, item] of value.entries()) yield* pointers(item, step(pointer, index));
  else if (isObject(value))
    for (const [name, item] of Object.entries(value)) yield* pointers(item, step(pointer, name), name);
}

describe('documents whose values are known', () => {
  it('are read as those values, every one of them', async () => {
    for (const { text, value } of documents(1, 2000)) {
      const { document, findings } = await read(text);
      expect({ text, findings }).toEqual({ text, findings: [] });
      expect({ text, value: document?.value }).toStrictEqual({ text, value });
    }
  });

  it('are located at every pointer: the text there is the value, or the key', async () => {
    let asked = 0;
    for (const { text, value } of documents(2, 300)) {
      const { document } = await read(text);
      for (const [pointer, target, key] of pointers(value)) {
        const there = covered(text, await document?.locate(pointer));
        expect(JSON.parse(there ?? 'nowhere')).toStrictEqual(target);
        const named = covered(text, await document?.locate(pointer, 'key'));
        expect(JSON.parse(named ?? 'nowhere')).toStrictEqual(key ?? target);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(3000);
  });
});

describe('10,000 mutants', () => {
  const texts = mutants(3, 10_000);
  const answers = askPython(texts);

  it('are judged as Python and JSON.parse judge them', async () => {
    const counts = { read: 0, invalid: 0, unsafe: 0 };
    for (const [index, text] of texts.entries()) {
      const { document, findings } = await read(text);
      const checks = new Set(findings.map(({ check }) => check));
      const python = answers[index];
      let parsed: Value | undefined;
      try {
        parsed = JSON.parse(text);
      } catch {
        parsed = undefined;
      }
      expect({ text, valid: python?.valid }).toEqual({ text, valid: parsed !== undefined });
      const broken = ['json-syntax', 'json-encoding'].some((check) => checks.has(check));
      if (parsed === undefined) {
        counts.invalid += 1;
        expect({ text, broken }).toEqual({ text, broken: true });
      } else if (document === undefined) {
        counts.unsafe += 1;
        expect({ text, syntax: checks.has('json-syntax') }).toEqual({ text, syntax: false });
      } else {
        counts.read += 1;
        expect(document.value).toStrictEqual(parsed);
      }
      const unique = python?.valid === true && python.unique;
      if (parsed !== undefined) expect({ text, unique }).toEqual({ text, unique: !checks.has('json-duplicate-key') });
    }
    // A mutation that spared nobody, or nobody of one sort, would test nothing.
    expect(Math.min(counts.read, counts.invalid)).toBeGreaterThan(1000);
    expect(counts.unsafe).toBeGreaterThan(30);
  });

  it('have findings that lie inside the text, with a line to show', async () => {
    for (const text of texts) {
      const { findings, line } = await read(text);
      for (const { at, message } of findings) {
        const span = at?.span;
        expect(message).not.toBe('');
        expect({ text, there: covered(text, span) !== undefined && line(span?.line ?? 0) !== undefined }).toEqual({
          text,
          there: true,
        });
        const width = line(span?.line ?? 0)?.length ?? -1;
        expect(span?.column).toBeLessThanOrEqual(width + 2);
      }
    }
  });
});

describe('bytes', () => {
  it('of any kind give findings or a document, and never an error', async () => {
    const random = createRandom(4);
    const base = readFileSync('examples/ML-DGA-20261122-2/dga_1000_1.0_ingest_pipeline2.json');
    for (let round = 0; round < 5000; round += 1) {
      const bytes = random.chance(0.1) ? random.bytes(random.below(40)) : Buffer.from(base);
      for (let changes = random.below(4); changes > 0 && bytes.length > 0; changes -= 1) {
        bytes[random.below(bytes.length)] = random.below(256);
      }
      const { document, findings } = await readJson(bytes, 'f.json', { depth: 64 });
      const refused = findings.some(({ check }) => check !== 'json-number-range');
      expect(document === undefined).toBe(refused);
    }
  });
});

describe('texts of 50,000 units that pull at every pattern', () => {
  const long = 50_000;
  const pieces = [
    '-',
    '+',
    '.',
    '1',
    'e',
    '1e',
    '0.',
    '_',
    'a',
    'NaN',
    "'",
    '“',
    '`',
    '\\',
    '\\u',
    '"',
    '""',
    '/',
    '/*',
  ];
  const more = [
    '*',
    ' ',
    '\n',
    '\r',
    'GET ',
    'c',
    'c\n',
    '(d',
    '(i',
    ']q',
    '=',
    '\ud83d\ude00',
    '\u00a0',
    '{',
    '[',
    ',',
    ':',
  ];

  it.each([...pieces, ...more])('%j, alone and behind every state of the grammar', async (piece) => {
    for (const before of ['', '[', '[1', '{', '{"a"', '{"a":', '{"a":1', '{"a":1,', '"', '[1,', 'cos', '1 ']) {
      const text = before + piece.repeat(long / piece.length);
      for (const end of ['', '.', '"']) expect((await read(text + end)).findings.length).toBeGreaterThanOrEqual(0);
    }
  });
});
