import { describe, expect, it } from 'vitest';
import { orderObjects } from '../../src/deploy/order.ts';
import { keyText } from '../../src/domain/resource.ts';
import { failureNow } from './failure-now.ts';
import { release } from './releases.ts';
import { desiredObject } from './world-objects.ts';

const ids = (objects: readonly { readonly id: string }[]): string[] => objects.map(({ id }) => id);

describe('the order of objects', () => {
  it('has what is needed first, then models, then by type and id, however they come', () => {
    const expected = ['m1', 'cleanup', 'ngrams1', 'inner1', 'outer', 'job', 'rule'];
    expect(ids(orderObjects(release(1)))).toEqual(expected);
    expect(ids(orderObjects(release(1).toReversed()))).toEqual(expected);
  });

  it('holds for a long chain against the order of names', () => {
    const chain = Array.from({ length: 200 }, (_, index) =>
      desiredObject(
        'script',
        String(index).padStart(3, '0'),
        index < 199 ? { uses: [`script/${String(index + 1).padStart(3, '0')}`] } : {},
      ),
    );
    expect(ids(orderObjects(chain))).toEqual(ids(chain).toReversed());
  });

  it('does not wait for what is not in the bundle', () => {
    expect(ids(orderObjects([desiredObject('rule', 'r', { uses: ['job/elsewhere'] })]))).toEqual(['r']);
  });

  it.each([
    ['itself', [['a', 'a']], '`script/a` → `script/a`'],
    [
      'one another',
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
      '`script/a` → `script/b` → `script/a`',
    ],
    [
      'one another, beyond others',
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'd'],
        ['d', 'b'],
      ],
      '`script/b` → `script/c` → `script/d` → `script/b`',
    ],
  ])('does not exist where objects need %s', (_, edges, path) => {
    const objects = edges.map(([id = '', use]) => desiredObject('script', id, { uses: [`script/${use}`] }));
    const failure = failureNow(() => orderObjects(objects));
    expect(failure?.code).toBe('dependency-cycle');
    expect(failure?.message).toContain(`: ${path}.`);
  });

  it('refuses two objects of one id, naming both files', () => {
    const twice = [desiredObject('script', 'a', {}), { ...desiredObject('script', 'a', { x: 1 }), file: 'other.json' }];
    const failure = failureNow(() => orderObjects(twice));
    expect(failure?.code).toBe('objects-collide');
    expect(failure?.message).toMatch(/a\.json.*other\.json/);
    const [first = expect.unreachable()] = twice;
    expect(ids(orderObjects([first, desiredObject('pipeline', 'a', {})]))).toEqual(['a', 'a']);
    expect(keyText(first)).toBe('script/a');
  });
});
