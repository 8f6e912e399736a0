import { expect, it } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import { kibanaReason } from '../../../src/resources/kibana/reason.ts';

const cases: readonly (readonly [Value | undefined, string | undefined])[] = [
  [{ statusCode: 404, error: 'Not Found', message: 'no such route' }, 'no such route'],
  [{ message: 'rule_id: "x" not found', status_code: 404 }, 'rule_id: "x" not found'],
  [{ message: ['severity: Required', 7, 'name: Required'] }, 'severity: Required; name: Required'],
  [{ error: 'Bad Gateway' }, 'Bad Gateway'],
  [{ statusCode: 500 }, undefined],
  [undefined, undefined],
  ['text', undefined],
];

it.each(cases)('finds the words of %j', (value, words) => {
  expect(kibanaReason(value)).toBe(words);
});
