import { expect, test } from 'vitest';
import { below, toDouble } from '../../src/inference/double.ts';
import { javaText } from '../../src/inference/text.ts';

// What `Double.valueOf` of Java says of these texts.
test.each([
  [' 2 ', 2],
  ['\t\n2\r', 2],
  ['1d', 1],
  ['1e2F', 100],
  ['.5', 0.5],
  ['5.', 5],
  ['-.5e-1', -0.05],
  ['+7', 7],
  ['-0', -0],
  ['0x1p3', 8],
  ['-0x.8P1', -1],
  ['0x1.8p1d', 3],
  ['0x1.fffffffffffff7p0', 1.9999999999999998],
  ['0x1.fffffffffffff8p0', 2],
  ['0x1p-1074', 5e-324],
  ['0x1p-1075', 0],
  ['0x1.8p-1075', 5e-324],
  ['0x0p99999999999', 0],
  ['1.7976931348623157e308', Number.MAX_VALUE],
])('%j is the number %s', (text, number) => {
  expect(Object.is(toDouble(text), number)).toBe(true);
});

test.each([
  '',
  ' ',
  'x',
  '1,5',
  '1 2',
  '0x10',
  '0xp1',
  '1e',
  '.',
  '--1',
  '1dd',
  '\u00a02',
  'NaN',
  'Infinity',
  '0x1p2000',
  '1L',
])('%j is missing', (text) => {
  expect(toDouble(text)).toBeNaN();
});

test.each([
  [0, -0],
  [-0, -5e-324],
  [5e-324, 0],
  [1, 1 - 2 ** -53],
  [-1, -1 - 2 ** -52],
])('below %s lies %s', (value, next) => {
  expect(Object.is(below(value), next)).toBe(true);
});

test.each([
  [5, '5'],
  [0.25, '0.25'],
  [-0, '-0.0'],
  [1.5e-5, '1.5E-5'],
  [12345678.5, '1.23456785E7'],
  [1e300, '1.0E300'],
  [5e-324, '4.9E-324'],
  [true, 'true'],
  [['a', 1], '[a, 1]'],
  [{ a: null }, '{a=null}'],
] as const)('%j is written %s', (value, text) => {
  expect(javaText(value)).toBe(text);
});

test('takes no longer for a text that is nearly a number than for one that is', () => {
  const digits = '1'.repeat(500_000);
  for (const text of [`${digits}x`, `${' '.repeat(500_000)}x`, `0x${digits}`, `${digits}.${digits}x`]) {
    const started = performance.now();
    expect(toDouble(text)).toBeNaN();
    expect(performance.now() - started).toBeLessThan(1000);
  }
});
