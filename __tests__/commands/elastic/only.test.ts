import { expect, it } from 'vitest';
import { selectionOf } from '../../../src/commands/elastic/only.ts';
import { type ObjectKey, resourceTypes } from '../../../src/domain/resource.ts';

const keys = resourceTypes.map((type): ObjectKey => ({ type, id: 'x' }));
const soc: ObjectKey = { type: 'rule', id: 'soc/x' };

it('is about everything where nothing is named, and every type is named by a word', () => {
  expect(keys.filter(selectionOf({ command: 'deploy' }, undefined))).toEqual(keys);
  expect(keys.filter(selectionOf({ command: 'deploy', only: 'rules, jobs,model,dashboards' }, undefined))).toEqual(
    keys,
  );
});

it.each([
  ['model', ['model', 'script', 'pipeline', 'component-template', 'attachment']],
  ['jobs', ['job', 'datafeed', 'data-frame-analytics']],
  ['rules', ['rule']],
  ['dashboards', ['saved-object']],
])('%s names %j', (only, types) => {
  const some = keys.filter(selectionOf({ command: 'deploy', only }, undefined)).map(({ type }) => type);
  expect(some.filter((type) => types.includes(type))).toEqual(types);
});

it('is about the rules of one space where that is meant', () => {
  const inputs = { command: 'deploy' } as const;
  expect([selectionOf(inputs, undefined)(soc), selectionOf(inputs, 'soc')(soc)]).toEqual([true, true]);
  expect(selectionOf(inputs, 'default')(soc)).toBe(false);
  expect(keys.filter(selectionOf(inputs, 'soc')).map(({ type }) => type)).not.toContain('rule');
});

it.each(['', 'models', 'rules,', '__proto__', 'rule'])('%j names nothing', (only) => {
  expect(() => selectionOf({ command: 'deploy', only }, undefined)).toThrow(/names nothing/);
});
