import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { json } from '../../src/reporters/json.ts';
import { golden, type SampleName, samples } from './golden.ts';
import { hostileReport } from './hostile.ts';
import { broken, diagnostic, report, subject } from './samples.ts';

const schema = JSON.parse(readFileSync(new URL('../../src/schemas/report.v1.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(schema);

/** The schema with every object closed but the previews: no field is written that it does not name. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  const preview = 'description' in copy && String(copy['description']).startsWith('Preview');
  return 'properties' in copy && copy['type'] === 'object' && !preview
    ? { ...copy, additionalProperties: false }
    : copy;
}
const validateClosed = new Ajv2020({ strict: false }).compile({ ...(closed(schema) as object), $id: 'closed' });

describe('json', () => {
  it.each(['broken', 'published', 'listed'] as const)('shows %s as committed', (name) => {
    expect(json(samples[name])).toBe(golden(name, 'report.json'));
  });

  it.each(Object.keys(samples) as SampleName[])('writes %s as the schema says, and no other field', (name) => {
    const value: unknown = JSON.parse(json(samples[name]));
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
    expect(validateClosed(value), JSON.stringify(validateClosed.errors)).toBe(true);
  });

  it('has a schema that refuses what it should', () => {
    const value = JSON.parse(json(broken));
    const wrong = [
      { ...value, version: 2 },
      { ...value, outcome: 'ok' },
      { ...value, counts: { error: 1, warning: 1 } },
      { ...value, subjects: [{ ...value.subjects[0], verdict: 'maybe' }] },
      { ...value, subjects: [{ ...value.subjects[0], entries: [{ path: 'a', size: 1, sha256: 'ABC' }] }] },
      { ...value, subjects: [{ ...value.subjects[0], diagnostics: [{ ...diagnostic(), line: 0, file: 'a' }] }] },
      { ...value, subjects: [{ ...value.subjects[0], diagnostics: [{ ...diagnostic(), column: 3, file: 'a' }] }] },
    ];
    for (const one of wrong) expect(validate(one)).toBe(false);
  });

  it('is the same text whatever order things were found in, and however long it took', () => {
    const [one] = broken.subjects;
    if (one === undefined) throw new Error('The sample has a subject.');
    const turned = {
      ...one,
      entries: one.entries.toReversed(),
      diagnostics: one.diagnostics.toReversed(),
      skipped: one.skipped.toReversed(),
    };
    expect(json({ ...broken, subjects: [turned], duration: 99 })).toBe(json(broken));
  });

  it('sorts by file, line, column, check', () => {
    const place = (file: string, line: number, column: number, check = 'c') =>
      diagnostic({ file, line, column, check });
    const sorted = [
      place('a', 2, 1),
      place('a', 10, 1, 'b'),
      place('a', 10, 1, 'c'),
      place('a', 10, 2),
      place('b', 1, 1),
    ];
    const value = JSON.parse(json(report([subject({ diagnostics: sorted.toReversed() })])));
    expect(value.subjects[0].diagnostics).toEqual(sorted);
  });

  it('keeps every hostile text exactly, in printable characters', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const one = hostileReport(seed);
      const text = json(one);
      expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      const value = JSON.parse(text);
      expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
      expect(value.result).toEqual(one.result);
      expect(value.subjects[0].name).toBe(one.subjects[0]?.name);
      expect(value.subjects[0].release).toEqual(one.subjects[0]?.release);
    }
  });
});
