import { expect, it } from 'vitest';
import type { Value } from '../../src/domain/document.ts';
import { mergeValue } from '../../src/domain/three-way.ts';
import { createRandom } from '../random.ts';

type Case = readonly [
  base: Value | undefined,
  ours: Value | undefined,
  theirs: Value | undefined,
  merged: Value | undefined,
  outcome: string,
];

const cases: readonly Case[] = [
  [1, 1, 1, 1, 'same'],
  [1, 2, 2, 2, 'same'],
  [1, 2, 1, 2, 'ours'],
  [1, 1, 2, 2, 'theirs'],
  [1, 2, 3, 2, 'conflict'],
  [1, undefined, 1, undefined, 'ours'],
  [1, 1, undefined, undefined, 'theirs'],
  [1, undefined, 2, undefined, 'conflict'],
  [undefined, 1, undefined, 1, 'ours'],
  [undefined, 1, 2, 1, 'conflict'],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, { a: 3 }, { a: 3 }, 'theirs'],
  [['a', 'b'], ['a', 'c'], ['a', 'b', 'd'], ['a', 'd', 'c'], 'both'],
  [['a'], undefined, ['a', 'b'], ['b'], 'both'],
  [['a'], ['b'], undefined, ['b'], 'both'],
  [['a', 'b'], ['a'], ['b'], undefined, 'both'],
  [['a', 1], ['b'], ['c'], ['b'], 'conflict'],
];

it.each(cases)('%j, ours %j, theirs %j: %j, %s', (base, ours, theirs, value, outcome) => {
  expect(mergeValue(base, ours, theirs, true)).toEqual({ value, outcome });
});

it('takes a list whole where its order says something', () => {
  expect(mergeValue(['a'], ['a', 'b'], ['c', 'a'], false)).toEqual({ value: ['a', 'b'], outcome: 'conflict' });
});

it('holds what a merge has to hold, for any three', () => {
  const random = createRandom(20261201);
  const letters = ['a', 'b', 'c', 'd'];
  const any = (): Value | undefined => {
    const turn = random.below(6);
    if (turn === 0) return undefined;
    if (turn === 1) return random.below(3);
    if (turn === 2) return { k: random.below(2) };
    return letters.filter(() => random.chance(0.5));
  };
  let [both, conflicts] = [0, 0];
  for (let run = 0; run < 20_000; run += 1) {
    const [base, ours, theirs] = [any(), any(), any()];
    const { value, outcome } = mergeValue(base, ours, theirs, true);
    // Whoever changed nothing gives way to the other, and two who agree are not asked.
    expect(mergeValue(base, base, theirs, true).value).toEqual(theirs);
    expect(mergeValue(base, ours, base, true).value).toEqual(ours);
    expect(mergeValue(base, ours, ours, true)).toEqual({ value: ours, outcome: 'same' });
    // The other way round it is as clean, and comes to the same but for the order of a list.
    const turned = mergeValue(base, theirs, ours, true);
    expect(turned.outcome === 'conflict').toBe(outcome === 'conflict');
    if (outcome === 'conflict') expect(value).toEqual(ours);
    else expect(sorted(turned.value)).toEqual(sorted(value));
    if (outcome === 'both' && Array.isArray(value)) {
      const [was, mine, yours] = [list(base), list(ours), list(theirs)];
      for (const letter of letters) {
        const gone = was.includes(letter) && !(mine.includes(letter) && yours.includes(letter));
        const there = !gone && (mine.includes(letter) || yours.includes(letter));
        expect(value.includes(letter)).toBe(there);
      }
    }
    // A second time, from what the release said, it stays.
    expect(mergeValue(ours, ours, value, true).value).toEqual(value);
    both += Number(outcome === 'both');
    conflicts += Number(outcome === 'conflict');
  }
  expect(Math.min(both, conflicts)).toBeGreaterThan(500);
});

function list(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

function sorted(value: Value | undefined): Value | undefined {
  return Array.isArray(value) ? [...value].sort() : value;
}
