import { expect, it } from 'vitest';
import { fieldText, withField, withoutField } from '../../../src/resources/elasticsearch/mapped-field.ts';

const path = ['ml_is_dga', 'malicious_prediction'];

it.each([
  ['an empty mapping', '{}', '{"properties":{"ml_is_dga":{"properties":{"malicious_prediction":1}}}}'],
  [
    'a mapping with others',
    '{"dynamic":false,"properties":{"a":{"n":9007199254740993}}}',
    '{"dynamic":false,"properties":{"a":{"n":9007199254740993},"ml_is_dga":{"properties":{"malicious_prediction":1}}}}',
  ],
  [
    'an object that holds others',
    '{"properties":{"ml_is_dga":{"type":"object","properties":{"b":2}}}}',
    '{"properties":{"ml_is_dga":{"type":"object","properties":{"b":2,"malicious_prediction":1}}}}',
  ],
])('puts a field into %s, and takes it out again', (_, before, after) => {
  expect(fieldText(before, path)).toBeUndefined();
  expect(withField(before, path, '1')).toBe(after);
  expect(fieldText(after, path)).toBe('1');
  expect(withoutField(after, path)).toBe(before);
  expect(withoutField(before, path)).toBe(before);
});

it('knows a field that is written with a dot, and leaves an object that says more than its fields', () => {
  const dotted = '{"properties":{"ml_is_dga.malicious_prediction":1,"ml_is_dga":{"dynamic":false}}}';
  expect(fieldText(dotted, path)).toBe('1');
  expect(withField(dotted, path, '2')).toBe(dotted.replace(':1', ':2'));
  expect(withoutField(dotted, path)).toBe('{"properties":{"ml_is_dga":{"dynamic":false}}}');
});
