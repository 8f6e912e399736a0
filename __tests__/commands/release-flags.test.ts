import { resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Inputs } from '../../src/inputs.ts';
import { terminal } from '../../src/reporters/terminal.ts';
import { run } from '../../src/run.ts';
import { commitSha } from '../github-server/state.ts';
import { address, startPlace } from '../stores/github/place.ts';

it('a flag that comes too late for a published release is said to have had no effect', async () => {
  const { server, token } = await startPlace();
  onTestFinished(() => server.close());
  const env = { GITHUB_API_URL: server.apiUrl, GITHUB_TOKEN: token, GITHUB_SHA: commitSha, GITHUB_RUN_ID: '1' };
  const host = { cwd: resolve('.'), env, now: () => new Date(), progress: () => undefined };
  const release = async (inputs: Partial<Inputs>) => {
    const bundle = ['examples/ML-DGA-20261122-2'];
    const { report, exit } = await run({ bundle, store: address, ...inputs, command: 'release' }, host);
    expect(exit).toBe(0);
    return terminal(report);
  };
  expect(await release({ 'make-latest': 'true' })).not.toContain('no effect');
  expect(await release({})).not.toContain('no effect');
  const late = ' had no effect: ML-DGA-20261122-2 was published before.';
  expect(await release({ draft: true })).toContain(`\`--draft\`${late}`);
  expect(await release({ 'make-latest': 'true' })).toContain(`\`--make-latest true\`${late}`);
  expect(await release({ 'make-latest': 'legacy', 'dry-run': true })).toContain(`\`--make-latest legacy\`${late}`);
  expect(server.repository.releases).toMatchObject([{ draft: false }]);
});
