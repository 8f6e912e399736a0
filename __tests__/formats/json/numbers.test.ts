import { describe, expect, it } from 'vitest';
import { changedNumber, numberEnd } from '../../../src/formats/json/numbers.ts';
import { readJson } from '../../../src/formats/json/read.ts';
import { createRandom } from '../../random.ts';

const read = (text: string) => readJson(Buffer.from(text), 'f.json', { depth: 64 });

describe('json-number-range', () => {
  it.each([
    ['9007199254740993', '9007199254740992'],
    ['-9007199254740993', '-9007199254740992'],
    ['12345678901234567890', '12345678901234567168'],
    ['100000000000000000000000', '99999999999999991611392'],
    ['1e400', 'Infinity'],
    ['-1E+400', '-Infinity'],
    ['1e309', 'Infinity'],
    [`1${'0'.repeat(400)}`, 'Infinity'],
    [`-1${'0'.repeat(400)}`, '-Infinity'],
    [`1${'0'.repeat(300)}.0e10`, 'Infinity'],
    ['1e-400', '0'],
    ['-0.001e-330', '0'],
    [`0.${'0'.repeat(400)}1`, '0'],
  ])('%s is read as %s', async (token, becomes) => {
    const { document, findings } = await read(`[${token}]`);
    expect(findings.map(({ check }) => check)).toEqual(['json-number-range']);
    expect(findings[0]?.message).toContain(`\`${becomes}\``);
    expect(findings[0]?.at?.span).toEqual({ line: 1, column: 2, endLine: 1, endColumn: token.length + 2 });
    expect(document?.value).toEqual([Number(token)]);
  });

  it.each([
    '0.1',
    '-0',
    '0e-999',
    '0.000e400',
    '-0.0E+999',
    '5e-324',
    '1.7976931348623157e308',
    '9007199254740992',
    '9007199254740994',
    '18014398509481984',
    '0.1234567890123456789012345678901234567890',
    '12345678901234567890.5',
    '1.0e22',
    `0.${'3'.repeat(500)}`,
  ])('%s stays', async (token) => {
    expect((await read(`{"a":${token}}`)).findings).toEqual([]);
  });

  it('marks every number that an exact comparison finds changed, and no other', async () => {
    const random = createRandom(7);
    const digits = (length: number) =>
      Array.from({ length }, () => random.below(10))
        .join('')
        .replace(/^0+(?=\d)/, '');
    for (let round = 0; round < 3000; round += 1) {
      const integer = digits(1 + random.below(26));
      const fraction = random.chance(0.5)
        ? `.${Array.from({ length: 1 + random.below(20) }, () => random.below(10)).join('')}`
        : '';
      const exponent = random.chance(0.5) ? `e${random.below(800) - 400}` : '';
      const token = `${random.chance(0.3) ? '-' : ''}${integer}${fraction}${exponent}`;
      const value = Number(token);
      const plain = fraction === '' && exponent === '';
      const lost = value === 0 && /[1-9]/.test(integer + fraction);
      const changed = !Number.isFinite(value) || lost || (plain && BigInt(value) !== BigInt(token));
      expect({ token, found: (await read(token)).findings.length }).toEqual({ token, found: changed ? 1 : 0 });
    }
  });
});

describe('numberEnd', () => {
  it('looks closer wherever changedNumber has something to say', async () => {
    const units = (text: string) => Buffer.from(text);
    for (const token of ['1e999', `1${'0'.repeat(20)}1`, `0.${'0'.repeat(330)}1`, '9007199254740993']) {
      expect(changedNumber(token)).toBeDefined();
      expect(numberEnd(units(token), 0)).toBe(-token.length);
    }
    expect(numberEnd(units('123,'), 0)).toBe(3);
    expect(numberEnd(units('x'), 0)).toBe(0);
    expect(numberEnd(units(''), 0)).toBe(0);
  });
});
