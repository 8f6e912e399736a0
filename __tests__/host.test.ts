import { expect, it } from 'vitest';
import { workflowRun } from '../src/workflow-run.ts';

const run = { GITHUB_RUN_ID: '4711' };

it('a workflow run has one id at all of its attempts, and another for each bundle', () => {
  const first = workflowRun({ ...run, GITHUB_RUN_ATTEMPT: '1' }, { bundle: ['a'] });
  expect(first).toMatch(/^github-4711-[0-9a-f]{12}$/);
  expect(workflowRun({ ...run, GITHUB_RUN_ATTEMPT: '2' }, { bundle: ['a'] })).toBe(first);
  const others = [
    workflowRun(run, { bundle: ['b'] }),
    workflowRun(run, { release: 'a' }),
    workflowRun(run, { bundle: ['a'], release: 'a' }),
    workflowRun({ GITHUB_RUN_ID: '4712' }, { bundle: ['a'] }),
  ];
  expect(new Set([first, ...others]).size).toBe(5);
});

it.each([undefined, '', '47 11', '../x', '1'.repeat(21)])('there is none where the runner says %j', (id) => {
  expect(workflowRun(id === undefined ? {} : { GITHUB_RUN_ID: id }, { bundle: ['a'] })).toBeUndefined();
});
