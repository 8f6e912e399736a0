import { expect, it } from 'vitest';
import type { ObjectValue } from '../../../src/domain/document.ts';
import { mergeRule } from '../../../src/resources/kibana/rule-merge.ts';
import { differences } from '../../../src/resources/kibana/rule-shape.ts';
import { withDefaults } from '../../kibana-server/rule-shape.ts';

const base: ObjectValue = {
  rule_id: 'r',
  name: 'One',
  description: 'd',
  type: 'query',
  query: 'a:1',
  language: 'kuery',
  index: ['logs-*'],
  risk_score: 21,
  severity: 'low',
  enabled: false,
};
const stack = (change: ObjectValue = {}) => withDefaults({ ...base, ...change }) as ObjectValue;

it('finds nothing to keep in what a server fills in, and writes it the same again', () => {
  const release = { ...base, query: 'a:2' };
  const merged = mergeRule(release, stack(), base);
  expect(merged).toMatchObject({ body: { query: 'a:2' }, kept: [], ignored: [], conflicts: [] });
  expect(differences(merged.body, stack({ query: 'a:2' }))).toEqual([]);
  expect(differences(merged.body, stack())).toEqual(['query']);
});

it('keeps each member that people changed, and adds to lists what both did', () => {
  const theirs = { interval: '1h', note: 'ask Ann', index: ['logs-*', 'ours-*'], max_signals: 20, future: 'x' };
  const release = { ...base, index: ['logs-dns-*'], severity: 'high' };
  const { body, kept, conflicts } = mergeRule(release, stack(theirs), base);
  expect(body).toMatchObject({ ...theirs, index: ['ours-*', 'logs-dns-*'], severity: 'high' });
  expect([kept.toSorted(), conflicts]).toEqual([['index', 'interval', 'max_signals', 'note'], []]);
});

it('takes out what the release took out, unless people changed it', () => {
  const before = { ...base, note: 'old', interval: '15m' };
  const merged = mergeRule(base, stack({ note: 'old', interval: '30m' }), before);
  expect(merged.body).not.toHaveProperty('note');
  expect(differences(merged.body, stack({ note: 'old' }))).toContain('note');
  expect(merged.conflicts).toEqual(['interval']);
});

it('sets aside what is people’s alone, and tells where the release would have it otherwise', () => {
  const action = { id: 'hook', action_type_id: '.webhook', params: {} };
  const release = { ...base, actions: [action], enabled: true };
  const { body, ignored, kept } = mergeRule(release, stack({ enabled: false, throttle: '1h' }), base);
  expect([body['enabled'], body['actions'], body['throttle']]).toEqual([false, [], '1h']);
  expect([ignored, kept]).toEqual([['actions'], []]);
  expect(mergeRule(release, stack({ actions: [action] }), base).ignored).toEqual([]);
});

it('knows the same job, threshold and empty members however they are written', () => {
  const learning = { ...base, type: 'machine_learning', machine_learning_job_id: 'a', anomaly_threshold: 50 };
  expect(differences(learning, { ...learning, machine_learning_job_id: ['a'] })).toEqual([]);
  expect(differences(learning, { ...learning, machine_learning_job_id: ['a', 'b'] })).not.toEqual([]);
  const threshold = { ...base, type: 'threshold', threshold: { field: 'host.name', value: 5 } };
  const filled = { ...threshold, threshold: { field: ['host.name'], value: 5, cardinality: [] }, to: 'now', tags: [] };
  expect(differences(threshold, filled)).toEqual([]);
  const threat = [{ framework: 'MITRE ATT&CK', tactic: { id: 'T', name: 'n', reference: 'r' } }];
  const suppressed = { ...base, alert_suppression: { group_by: ['host.name'] }, required_fields: [{ name: 'a' }] };
  const said = {
    ...suppressed,
    alert_suppression: { group_by: ['host.name'], missing_fields_strategy: 'suppress' },
    required_fields: [{ name: 'a', ecs: false }],
  };
  expect(differences(suppressed, said)).toEqual([]);
  expect(differences({ ...base, threat }, { ...base, threat: [{ ...threat[0], technique: [] }] })).toEqual([]);
});

it('knows of what nobody released only what differs', () => {
  expect(mergeRule(base, stack({ note: 'theirs' }), undefined)).toMatchObject({ conflicts: [], kept: ['note'] });
  expect(mergeRule({ ...base, query: 'a:2' }, stack(), undefined).conflicts).toEqual(['query']);
});
