import { expect, it } from 'vitest';
import type { ObjectValue, Value } from '../../../src/domain/document.ts';
import { mergeRule } from '../../../src/resources/kibana/rule-merge.ts';
import { differences, lists, peoples, saysSame } from '../../../src/resources/kibana/rule-shape.ts';
import { withDefaults } from '../../kibana-server/rule-shape.ts';
import { createRandom, type Random } from '../../random.ts';

const first: ObjectValue = {
  rule_id: 'r',
  name: 'One',
  description: 'd',
  type: 'query',
  query: 'a:1',
  index: ['logs-a-*', 'logs-b-*'],
  tags: ['a'],
  risk_score: 21,
  severity: 'low',
};

/** Values that a member may get; null stands for absence. */
const choices: Readonly<Record<string, readonly Value[]>> = {
  query: ['a:1', 'a:2', 'a:3'],
  severity: ['low', 'medium', 'high'],
  interval: [null, '5m', '10m', '1h'],
  note: [null, 'one', 'two'],
  max_signals: [null, 100, 20],
  index: [null, ['logs-a-*'], ['logs-b-*', 'logs-a-*'], ['logs-c-*', 'logs-a-*']],
  tags: [null, ['a'], ['a', 'b'], ['c']],
  alert_suppression: [null, { group_by: ['host.name'] }, { group_by: ['user.name'] }],
  enabled: [false, true],
  actions: [null, [{ id: 'one', action_type_id: '.webhook', params: {} }]],
};

function changed(rule: ObjectValue, random: Random): ObjectValue {
  const members = new Map(Object.entries(rule));
  for (let turn = random.below(7); turn > 0; turn -= 1) {
    const key = random.pick(Object.keys(choices));
    const value = random.pick(choices[key] ?? []);
    if (value === null) members.delete(key);
    else members.set(key, value);
  }
  return Object.fromEntries(members);
}

it('loses neither what people changed nor what the release did, for any three rules', () => {
  const random = createRandom(20261122);
  let [clean, conflicting, keeping] = [0, 0, 0];
  for (let run = 0; run < 3_000; run += 1) {
    const base = changed(first, random);
    const release = changed(base, random);
    const standing = withDefaults({ ...changed(base, random) }) as ObjectValue;
    const { body, kept, conflicts } = mergeRule(release, standing, base);
    for (const key of Object.keys(choices)) {
      const [was, mine, theirs, now] = [base[key], release[key], standing[key], body[key]];
      if (peoples.includes(key)) expect(now).toEqual(theirs);
      else if (saysSame(key, was, theirs)) expect(saysSame(key, now, mine)).toBe(true);
      else if (saysSame(key, was, mine)) expect([kept.includes(key), saysSame(key, now, theirs)]).toEqual([true, true]);
      else if (saysSame(key, mine, theirs)) expect(saysSame(key, now, mine)).toBe(true);
      else expect(conflicts.includes(key)).toBe(!lists.includes(key));
    }
    // What Kibana makes of it is what was wanted; the same release again changes nothing, and has no conflict.
    const stored = withDefaults({ ...body }) as ObjectValue;
    expect(differences(body, stored)).toEqual([]);
    const again = mergeRule(release, stored, release);
    expect([again.conflicts, differences(again.body, stored)]).toEqual([[], []]);
    clean += Number(conflicts.length === 0);
    conflicting += Number(conflicts.length > 0);
    keeping += Number(kept.length > 0);
  }
  expect(Math.min(clean, conflicting, keeping)).toBeGreaterThan(100);
});
