import { describe, expect, it } from 'vitest';
import { textOf } from './architecture/sources.ts';
import { faultGroups, faults } from './github-server/faults.ts';

/** The tables of the page, as rows of cells. */
const rows = textOf('docs/reliability.md')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.slice(2, -2).split(' | '));

describe('docs/reliability.md', () => {
  it.each(faults)('was made with the fault %s at requests of 1, 3 and 10 assets, and nothing broke', (fault) => {
    const [row = [], ...more] = rows.filter(([, name]) => name === `\`${fault}\``);
    expect(more).toEqual([]);
    const [group = '', , one, three, ten, ...ended] = row;
    expect(Object.entries(faultGroups).find(([, names]) => (names as readonly string[]).includes(fault))?.[0]).toBe(
      group,
    );
    for (const cases of [one, three, ten]) expect(Number(cases)).toBeGreaterThan(10);
    expect(ended).toHaveLength(4);
    expect(ended.at(-1)).toBe('0');
  });

  it('names no fault that is none any more, and nothing that broke', () => {
    const named = rows.flatMap(([, name = '']) => /^`([^`]+)`$/.exec(name)?.[1] ?? []);
    expect(named.sort()).toEqual([...faults].sort());
    const broken = rows.filter((cells) => cells.length > 2).map((cells) => cells.at(-1));
    expect([...new Set(broken)].sort()).toEqual(['---', '0', 'broken']);
  });

  it('has pairs, races and stopped runs in their whole numbers, on two versions of Node', () => {
    const text = textOf('docs/reliability.md');
    expect(Number(/^(\d+) pairs/m.exec(text)?.[1])).toBeGreaterThanOrEqual(1000);
    expect(rows.filter(([, count]) => Number(count) >= 200).map(([who]) => who)).toContain(
      'runs in one process that want one name, 2 to 4 at once',
    );
    expect(rows.filter(([node]) => node === '24')).toHaveLength(1);
    expect(text).toContain('node scripts/reliability.mjs');
  });
});
