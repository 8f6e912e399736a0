import { expect, test } from 'vitest';
import { atMost } from '../../src/checks/at-most.ts';
import type { CheckFinding } from '../../src/checks/check.ts';

function* findings(count: number, severity?: CheckFinding['severity']): Iterable<CheckFinding> {
  for (let index = 1; index <= count; index += 1) {
    yield { message: `finding ${index}`, at: { file: `${index}.json` }, ...(severity && { severity }) };
  }
}

test('twenty are listed whole', () => {
  expect([...atMost(findings(20))]).toEqual([...findings(20)]);
});

test('of more, the rest is counted in one finding that weighs as much and stands where the rest begins', () => {
  const [...all] = atMost(findings(57, 'warning'));
  expect(all).toHaveLength(21);
  expect(all.at(-1)).toEqual({ message: 'And 37 more like these.', at: { file: '21.json' }, severity: 'warning' });
});

test('reasons for not looking are never counted away', () => {
  const [...all] = atMost([...findings(30), { skipped: 'it cannot be read' }]);
  expect(all).toContainEqual({ skipped: 'it cannot be read' });
  expect(all).toHaveLength(22);
});
