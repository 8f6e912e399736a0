import { expect, it } from 'vitest';
import { progressOf } from '../../src/commands/publishing.ts';

const asset = (name: string, size: number) => ({ name, size, sha256: '0'.repeat(64) });

it('shows an upload with a bar, and a rate once there is one', () => {
  let now = 5000;
  const toLine = progressOf(() => now);
  const at = (milliseconds: number, bytes: number, of = asset('a.zip', 300e6)) => {
    now = 5000 + milliseconds;
    return toLine({ type: 'putting', asset: of, bytes });
  };
  expect(at(0, 0)).toEqual({ key: 'a.zip', text: `put      a.zip  ${'░'.repeat(20)}   0 % of 300 MB`, done: false });
  expect(at(50, 1e6)?.text).not.toContain('/s');
  expect(at(2000, 75e6)?.text).toBe(`put      a.zip  ${'█'.repeat(5)}${'░'.repeat(15)}  25 % of 300 MB · 37.5 MB/s`);
  // Another asset has a rate of its own.
  expect(at(2100, 1e6, asset('b.zip', 2e6))?.text).not.toContain('/s');
  expect(at(3000, 300e6)?.text).toBe(`put      a.zip  ${'█'.repeat(20)} 100 % of 300 MB · 100 MB/s`);
});

it('shows an empty asset without dividing by nothing', () => {
  expect(progressOf(() => 0)({ type: 'putting', asset: asset('empty', 0), bytes: 0 })?.text).toContain('  0 % of 0 B');
});
