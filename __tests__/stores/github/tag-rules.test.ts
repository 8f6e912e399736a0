import { describe, expect, it, onTestFinished } from 'vitest';
import { takesRef } from '../../../src/stores/github/ref-pattern.ts';
import type { Condition } from '../../../src/stores/preflight.ts';
import { emptyRepository, type TagRule } from '../../github-server/state.ts';
import { startPlace } from './place.ts';

const base: TagRule = { id: 7, name: 'release tags', prefix: 'ML-', bypass: false };
const families = ['ML-DGA', 'ML-experimental-detections'];

/** What is said of the rules for tags. */
async function said(rules: readonly TagRule[], givenTag?: string): Promise<Condition[]> {
  const repository = emptyRepository();
  repository.rules.push(...rules);
  const { server, open } = await startPlace(repository);
  onTestFinished(async () => {
    await server.close();
    expect(server.problems).toEqual([]);
  });
  const store = open(givenTag === undefined ? {} : { givenTag });
  return (await store.probe({ families, environments: [] })).filter(({ subject }) => subject === 'tag rules');
}

const pattern = (operator: string, text: string, negate = false): TagRule => ({
  ...base,
  rules: [{ type: 'tag_name_pattern', parameters: { operator, pattern: text, negate } }],
});

it('a rule that forbids creation is missing its exception, and the families are named', async () => {
  const [condition, ...more] = await said([{ ...base, include: ['refs/tags/ML-DGA-*'] }]);
  expect(more).toEqual([]);
  expect(condition).toMatchObject({ state: 'missing', code: 'tag-rule' });
  expect(condition?.message).toBe('The ruleset `release tags` forbids this token to make tags of ML-DGA.');
  expect(condition?.help).toContain('Bypass list');
});

it.each<[string, readonly TagRule[], Condition['state']]>([
  ['none', [], 'good'],
  ['one that the token may bypass', [{ ...base, bypass: true }], 'good'],
  ['one for other tags', [{ ...base, include: ['refs/tags/v*'] }], 'good'],
  ['one for all', [{ ...base, include: ['~ALL'] }], 'missing'],
  ['one that excludes ours', [{ ...base, include: ['~ALL'], exclude: ['refs/tags/ML-*'] }], 'good'],
  ['one that excludes something else', [{ ...base, exclude: ['refs/tags/v*'] }], 'missing'],
  ['one for a pattern that is not understood', [{ ...base, include: ['refs/tags/[M]L-*'] }], 'missing'],
  ['one against changing and deleting', [{ ...base, rules: [{ type: 'update' }, { type: 'deletion' }] }], 'good'],
  ['one that demands signatures', [{ ...base, rules: [{ type: 'required_signatures' }] }], 'attention'],
  ['a beginning that ours have', [pattern('starts_with', 'ML-')], 'good'],
  ['a beginning that ours have not', [pattern('starts_with', 'v')], 'missing'],
  ['a beginning that is forbidden', [pattern('starts_with', 'ML-', true)], 'missing'],
  ['a part that is forbidden', [pattern('contains', 'rc', true)], 'good'],
  ['an expression', [pattern('regex', '^ML-[A-Z]+-\\d{8}-\\d+$')], 'attention'],
])('%s', async (_, rules, state) => {
  expect((await said(rules)).map((condition) => condition.state)).toEqual([state]);
});

it('no tag is made where a tag started the run', async () => {
  const [condition] = await said([base], 'ML-DGA-20261122-2');
  expect(condition).toMatchObject({ state: 'good' });
});

describe('a pattern of a ruleset', () => {
  const ref = 'refs/tags/ML-DGA-20261122-2';

  it.each([
    [ref, true],
    ['refs/tags/ML-*', true],
    ['refs/tags/*', true],
    ['refs/tags/**', true],
    ['refs/**/ML-*', true],
    ['**/*', true],
    ['refs/tags/ML-???-*', true],
    ['refs/tags/ML-??-*', false],
    ['refs/*', false],
    ['ML-*', false],
    ['refs/tags/ML-*-3', false],
    ['refs/heads/**', false],
    ['~DEFAULT_BRANCH', false],
    ['~ALL', true],
    ['refs/tags/{ML,v}-*', undefined],
  ])('%s', (text, expected) => {
    expect(takesRef(text, ref)).toBe(expected);
  });

  it('takes no time to speak of, whatever it is', () => {
    expect(takesRef(`refs/tags/${'*a'.repeat(2000)}`, `refs/tags/${'a'.repeat(90)}`)).toBe(false);
  });
});
