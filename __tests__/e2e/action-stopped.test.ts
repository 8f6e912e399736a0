import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDirectoryStore } from '../../src/stores/directory/directory.ts';
import { workflowRun } from '../../src/workflow-run.ts';
import { request } from '../contracts/assets.ts';
import { type GitHubServer, startGitHub } from '../github-server/server.ts';
import { emptyRepository } from '../github-server/state.ts';
import { type Job, job } from './job.ts';
import { dga, workFolder } from './mldr.ts';

const token = 'ghs_0123456789abcdefABCDEF';
const release = { command: 'release', bundle: `examples/${dga}` };
const github = { ...release, store: 'github:blue-team/detections', token };

async function server(): Promise<GitHubServer> {
  return await startGitHub(emptyRepository(), { tokens: { [token]: 'write' } });
}

const uploads = ({ requests }: GitHubServer) => requests.filter(({ template }) => /\/assets$/.test(template)).length;

/** Kills the action once it uploads, as a runner does with a cancelled job that does not end by itself. */
async function killed(step: Job, place: GitHubServer): Promise<void> {
  const { child, ended } = step.start('index');
  while (uploads(place) === 0) {
    if (child.exitCode !== null) throw new Error(`It ended by itself, with ${child.exitCode}.`);
    await new Promise((wake) => setTimeout(wake, 2));
  }
  child.kill('SIGKILL');
  await ended;
}

it('a job that was stopped names the draft it left, and its next attempt goes on with it', async () => {
  const place = await server();
  try {
    const step = job(workFolder(dga), github, { GITHUB_API_URL: place.apiUrl });
    await killed(step, place);
    const draft = place.repository.releases.find((each) => each.draft);
    expect(draft?.tag).toBe(dga);
    const post = await step.run('post');
    expect(post.code).toBe(0);
    expect(post.stdout).toContain(`::warning title=Unfinished release::\`${dga}\` was begun in`);
    expect(post.stdout).toContain('gh run rerun 4711 --repo blue-team/detections');
    expect(post.stdout).not.toContain(token);

    const again = await step.run('index');
    expect(again.code, again.stdout).toBe(0);
    expect(place.repository.releases.map(({ id, draft: left }) => [id, left])).toEqual([[draft?.id, false]]);
    // As after the next attempt: there is nothing left to name.
    expect((await step.run('post')).stdout).toContain('left nothing unfinished');
    expect(place.problems).toEqual([]);
  } finally {
    await place.close();
  }
});

it("another run's draft is not named as this one's", async () => {
  const place = await server();
  try {
    const step = job(workFolder(dga), github, { GITHUB_API_URL: place.apiUrl });
    await killed(step, place);
    const post = await step.run('post', { GITHUB_RUN_ID: '4712' });
    expect(post.stdout).toContain('left nothing unfinished in github:blue-team/detections');
  } finally {
    await place.close();
  }
});

it('a claim in a folder is named too', async () => {
  const workspace = workFolder(dga);
  const store = openDirectoryStore(join(workspace, 'releases'));
  const runs = ['4711', '4712'].map((id) => workflowRun({ GITHUB_RUN_ID: id }, { bundle: [release.bundle] }) ?? '');
  await store.begin(request(dga, runs[0] ?? ''));
  await store.begin(request('ML-DGA-20261122-3', runs[1] ?? ''));
  const { stdout } = await job(workspace, { ...release, store: 'dir:releases' }).run('post');
  expect(stdout.match(/^::warning .*$/gm)).toEqual([expect.stringContaining(`::\`${dga}\` was begun in dir:releases`)]);
});

it('nothing is asked after a step that ended, a dry run or another command', async () => {
  const place = await server();
  try {
    const env = { GITHUB_API_URL: place.apiUrl };
    const workspace = workFolder(dga);
    const quiet = [
      await job(workspace, github, env).run('post', { STATE_ended: 'true' }),
      await job(workspace, { ...github, 'dry-run': 'true' }, env).run('post'),
      await job(workspace, { ...github, command: 'validate' }, env).run('post'),
    ];
    expect(quiet.map(({ code, stdout }) => [code, stdout])).toEqual(quiet.map(() => [0, '']));
    expect(place.requests).toEqual([]);
  } finally {
    await place.close();
  }
});

it('a store that is out of reach fails no job', async () => {
  const step = job(workFolder(dga), { ...release, store: 'github:not a repository', token });
  const { code, stdout } = await step.run('post');
  expect(code).toBe(0);
  expect(stdout).toContain('store-unsupported');
});
