import { expect, test } from 'vitest';
import { nearest } from '../../src/checks/near.ts';

const jobs = ['experimental-high-sum-dga-probability', 'experimental-rare-dga-domain', 'dns'];

test.each([
  ['experimental_high_sum_dga_probability', 'experimental-high-sum-dga-probability'],
  ['Experimental-Rare-DGA-Domain', 'experimental-rare-dga-domain'],
  ['experimental-high-sum-dga-score', 'experimental-high-sum-dga-probability', 2],
  ['experimental-rare-dga-domains', 'experimental-rare-dga-domain'],
  ['dsn', 'dns'],
])('%s is most likely %s', (id, meant, share = 5) => {
  expect(nearest(id, jobs, share)).toBe(meant);
});

test('an id that is like nothing has no near one', () => {
  expect(nearest('suspicious-login-activity', jobs)).toBeUndefined();
  expect(nearest('x', [])).toBeUndefined();
});

test('the nearest wins, not the first; an equal one but for `-` and `_` before any other', () => {
  expect(nearest('rare_process', ['rare-processes', 'rare-proces', 'rare-process'])).toBe('rare-process');
});

test('ids longer than any real one are not compared', () => {
  const long = 'a'.repeat(100_000);
  expect(nearest(long, [`${long}b`])).toBeUndefined();
  expect(nearest('a'.repeat(99), [long])).toBeUndefined();
});
