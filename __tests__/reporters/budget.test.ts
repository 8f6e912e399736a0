import { describe, expect, it } from 'vitest';
import { type Block, type Rows, withinLimit } from '../../src/reporters/budget.ts';
import { seeded } from './hostile.ts';

const table = (count: number, row = 'row\n'): Rows => ({
  head: 'head\n',
  rows: Array.from({ length: count }, (_, index) => `${index} ${row}`),
  tail: 'tail\n',
  leftOut: (left) => `left ${left}\n`,
});
const missing = (blocks: number) => `missing ${blocks}\n`;
const bytes = (text: string) => new TextEncoder().encode(text).length;

describe('withinLimit', () => {
  it('leaves all as it is where it fits', () => {
    expect(withinLimit(['a\n', table(2), 'b\n'], 10_000, missing)).toBe('a\nhead\n0 row\n1 row\ntail\nb\n');
  });

  it('cuts rows first, from the end, and keeps what stands around them', () => {
    const text = withinLimit(['a\n', table(10_000), 'b\n'], 2_000, missing);
    expect(bytes(text)).toBeLessThanOrEqual(2_000);
    const kept = text.match(/^\d+ row$/gm) ?? [];
    expect(text).toMatch(
      new RegExp(`^a\nhead\n[\\s\\S]*\n${kept.length - 1} row\ntail\nleft ${10_000 - kept.length}\nb\n$`),
    );
    expect(kept.length).toBeGreaterThan(100);
  });

  it('shows no later row when an earlier one did not fit', () => {
    const rows = { ...table(0), rows: ['0\n', `${'x'.repeat(5000)}\n`, '2\n'] };
    expect(withinLimit([rows], 1_000, missing)).toBe('head\n0\ntail\nleft 2\n');
  });

  it('drops whole blocks that find no room, and says how many', () => {
    const text = withinLimit(['a\n', 'x'.repeat(5_000), 'b\n'], 2_000, missing);
    expect(text).toBe('a\nb\nmissing 1\n');
  });

  it('never exceeds the limit, whatever the blocks are', () => {
    const random = seeded(3);
    for (let round = 0; round < 500; round += 1) {
      const blocks: Block[] = Array.from({ length: Math.floor(random() * 40) }, () =>
        random() < 0.5
          ? 'é'.repeat(Math.floor(random() * 900))
          : table(Math.floor(random() * 200), '漢'.repeat(Math.floor(random() * 30))),
      );
      const limit = 600 + Math.floor(random() * 20_000);
      expect(bytes(withinLimit(blocks, limit, missing))).toBeLessThanOrEqual(limit);
    }
  });
});
