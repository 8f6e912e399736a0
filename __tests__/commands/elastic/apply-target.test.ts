import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseCommandLine } from '../../../src/command-line.ts';
import { cluster, example, mldr, second, textOf, work } from './cluster.ts';

const later = { 'dry-run': true, 'plan-out': 'plan.json' } as const;
const apply = { command: 'apply', plan: 'plan.json' } as const;
const nowhere = { ELASTICSEARCH_URL: '' };

/** Two targets with what they are to hold, and both releases in a store. */
async function pinned() {
  const [staging, prod] = [await cluster(), await cluster()];
  const folder = work({ name: example }, second);
  for (const name of [example, second.name]) {
    await mldr(folder, '', { command: 'release', bundle: [name], 'accept-warnings': true, store: 'dir:releases' });
  }
  const table = (name: string, url: string, release: string) =>
    `[targets.${name}]\nelasticsearch-url = "${url}"\nrelease = "${release}"\nid-prefix = "${name}."\n`;
  const configuration = join(folder, 'ml-detection-release.toml');
  appendFileSync(configuration, table('staging', staging.url, example) + table('prod', prod.url, second.name));
  return { staging, prod, folder };
}

it('the plan of a target is for that one, with the release that was pinned', async () => {
  const { staging, prod, folder } = await pinned();
  await mldr(folder, '', { command: 'deploy', target: 'staging', ...later }, nowhere);
  const { asked } = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'));
  expect(asked).toEqual({ command: 'deploy', target: 'staging', release: example, 'id-prefix': 'staging.' });
  const wrong = await mldr(folder, '', { ...apply, target: 'prod' }, nowhere);
  expect(wrong).toMatchObject({ code: 'usage' });
  expect(textOf(wrong)).toContain('The plan is for the target staging, and this is prod.');
  expect(prod.stack.models.size).toBe(0);
  const done = await mldr(folder, '', apply, nowhere);
  expect(done).toMatchObject({ exit: 0, report: { deployment: { named: 'staging', release: example } } });
  expect([...staging.stack.models.keys()]).toEqual(['staging.dga_1000_1.0']);
  // Promoted since: what was agreed to is the release of the plan.
  const again = await mldr(folder, '', { ...apply, target: 'staging' }, nowhere);
  expect(again).toMatchObject({ exit: 0, report: { deployment: { named: 'staging', state: 'unchanged' } } });
});

it('a plan to go back is applied once, and goes back no further', async () => {
  const { staging, folder } = await pinned();
  for (const release of [example, second.name]) {
    await mldr(folder, '', { command: 'deploy', target: 'staging', release }, nowhere);
  }
  await mldr(folder, '', { command: 'rollback', target: 'staging', ...later }, nowhere);
  const done = await mldr(folder, '', apply, nowhere);
  expect(done).toMatchObject({ exit: 0, report: { deployment: { action: 'rollback', release: example, number: 3 } } });
  const asked = staging.requests.length;
  const again = await mldr(folder, '', apply, nowhere);
  expect(again).toMatchObject({ exit: 0, report: { deployment: { state: 'unchanged', number: 3 } } });
  expect(staging.requests.slice(asked).every(({ method }) => method === 'GET')).toBe(true);
});

it('a plan whose deployment was undone may be applied again', async () => {
  const { staging, folder } = await pinned();
  await mldr(folder, '', { command: 'deploy', target: 'staging', ...later }, nowhere);
  staging.faults.set(staging.requests.length + 20, '403');
  const failed = await mldr(folder, '', apply, nowhere);
  expect(textOf(failed)).toContain('What this deployment had changed was put back.');
  expect(staging.stack.models.size).toBe(0);
  staging.faults.clear();
  const done = await mldr(folder, '', apply, nowhere);
  expect(done).toMatchObject({ exit: 0, report: { deployment: { state: 'done', number: 2 } } });
  expect(await mldr(folder, '', apply, nowhere)).toMatchObject({ report: { deployment: { state: 'unchanged' } } });
});

it('one that cannot be put back says the command that repairs, and that command does', async () => {
  const { staging, folder } = await pinned();
  await mldr(folder, '', { command: 'deploy', target: 'staging', ...later }, nowhere);
  staging.faults.set(staging.requests.length + 20, 'kill-before');
  const failed = await mldr(folder, '', { ...apply, limit: ['entries=100'] }, nowhere);
  expect(failed).toMatchObject({ code: 'deployment-incomplete', exit: 3 });
  const [, command = ''] = /mldr (deploy [^`\n]*--repair)/.exec(textOf(failed)) ?? [];
  const asked = parseCommandLine(command.split(' '));
  staging.faults.clear();
  staging.revive();
  expect(asked.kind === 'run' && (await mldr(folder, '', asked.inputs, nowhere))).toMatchObject({ exit: 0 });
  expect(staging.stack.models.size).toBe(0);
  expect(await mldr(folder, '', apply, nowhere)).toMatchObject({ exit: 0, report: { deployment: { state: 'done' } } });
});
