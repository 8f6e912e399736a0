import { createHash } from 'node:crypto';
import type { Host } from './host.ts';
import type { Inputs } from './inputs.ts';

/**
 * Id of what a workflow run releases: the same at each of its attempts, and another one for each bundle, since the jobs
 * of a matrix work at the same time; undefined elsewhere.
 */
export function workflowRun(
  env: Host['env'],
  { bundle, release }: Pick<Inputs, 'bundle' | 'release'>,
): string | undefined {
  const run = env['GITHUB_RUN_ID'];
  if (run === undefined || !/^\d{1,20}$/.test(run)) return undefined;
  const what = createHash('sha256')
    .update(JSON.stringify([bundle, release]))
    .digest('hex');
  return `github-${run}-${what.slice(0, 12)}`;
}
