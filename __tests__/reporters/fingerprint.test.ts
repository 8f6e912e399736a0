import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../src/reporters/fingerprint.ts';

describe('fingerprint', () => {
  // Landon Curt Noll's test vectors of 64-bit FNV-1a, for strings with their ending zero byte.
  it.each([
    ['', 'af63bd4c8601b7df'],
    ['a', '089be207b544f1e4'],
    ['foobar', '34531ca7168b8f38'],
  ])('of %j is that of FNV-1a', (text, expected) => {
    expect(fingerprint([text])).toBe(expected);
  });

  it('keeps the parts apart', () => {
    expect(fingerprint(['ab', 'c'])).not.toBe(fingerprint(['a', 'bc']));
    expect(fingerprint([])).toBe('cbf29ce484222325');
  });
});
