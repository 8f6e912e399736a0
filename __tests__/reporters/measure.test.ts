import { describe, expect, it } from 'vitest';
import {
  counted,
  countedSeverities,
  countSeverities,
  humanDuration,
  humanSize,
  shortDigest,
} from '../../src/reporters/measure.ts';

describe('measure', () => {
  it.each([
    [0, '0 B'],
    [214, '214 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [1134, '1.1 kB'],
    [53_400, '53.4 kB'],
    [99_949, '99.9 kB'],
    [99_950, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [1_990_000, '1.99 MB'],
    [9_994_999, '9.99 MB'],
    [9_995_000, '10.0 MB'],
    [510_000_000, '510 MB'],
    [2_147_483_648, '2.15 GB'],
    [5e15, '5.00 PB'],
    [5e18, '5000 PB'],
  ])('says %i bytes as %s', (bytes, text) => {
    expect(humanSize(bytes)).toBe(text);
  });

  it.each([
    [0, '0.00 s'],
    [0.14, '0.14 s'],
    [9.994, '9.99 s'],
    [9.996, '10.0 s'],
    [12.34, '12.3 s'],
    [99.96, '1 min 40 s'],
    [119.6, '2 min 0 s'],
    [125, '2 min 5 s'],
  ])('says %f seconds as %s', (seconds, text) => {
    expect(humanDuration(seconds)).toBe(text);
  });

  it('shortens a digest to its ends, and keeps a short text', () => {
    expect(shortDigest(`76f4${'0'.repeat(56)}9cb1`)).toBe('76f4…9cb1');
    expect(shortDigest('76f4')).toBe('76f4');
    expect(shortDigest('\u202e')).toBe('\\u{202e}');
  });

  it('counts', () => {
    expect([0, 1, 2].map((count) => counted(count, 'file'))).toEqual(['0 files', '1 file', '2 files']);
    const counts = countSeverities([{ severity: 'note' }, { severity: 'error' }, { severity: 'note' }]);
    expect(counts).toEqual({ error: 1, warning: 0, note: 2 });
    expect(countedSeverities(counts)).toBe('1 error, 2 notes');
    expect(countedSeverities(countSeverities([]))).toBe('');
  });
});
