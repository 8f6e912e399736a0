import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { openDirectoryStore } from '../../src/stores/directory/directory.ts';
import { request } from '../contracts/assets.ts';
import { type GitHubServer, startGitHub } from '../github-server/server.ts';
import { commitSha, emptyRepository } from '../github-server/state.ts';
import { dga, moment, workFolder } from './mldr.ts';

const token = 'ghs_0123456789abcdefABCDEF';

/** A step of a job: the shipped action and its post step, as the runner starts them. */
interface Step {
  readonly env: Record<string, string>;
  run(program: 'index' | 'post', more?: Record<string, string>): Promise<{ code: number | null; stdout: string }>;
  /** Kills the action once something is true, as a runner does with a cancelled job that does not end by itself. */
  killedWhen(condition: () => boolean): Promise<void>;
}

function step(inputs: Record<string, string>, apiUrl = ''): Step {
  const cwd = workFolder(dga);
  mkdirSync(join(cwd, 'runner'));
  const given = Object.entries({ command: 'release', bundle: `examples/${dga}`, ...inputs });
  const env = {
    PATH: process.env['PATH'] ?? '',
    SOURCE_DATE_EPOCH: moment,
    GITHUB_WORKSPACE: cwd,
    GITHUB_REPOSITORY: 'blue-team/detections',
    GITHUB_RUN_ID: '4711',
    GITHUB_SHA: commitSha,
    GITHUB_API_URL: apiUrl,
    RUNNER_TEMP: join(cwd, 'runner'),
    ...Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  };
  const start = (program: string, more = {}) =>
    spawn(process.execPath, [resolve(`dist/${program}.cjs`)], { cwd, env: { ...env, ...more }, stdio: 'pipe' });
  return {
    env,
    run: async (program, more) => {
      const child = start(program, more);
      const chunks: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
      return { code: await ended(child), stdout: Buffer.concat(chunks).toString() };
    },
    killedWhen: async (condition) => {
      const child = start('index');
      while (!condition()) {
        if (child.exitCode !== null) throw new Error(`It ended by itself, with ${child.exitCode}.`);
        await new Promise((wake) => setTimeout(wake, 2));
      }
      child.kill('SIGKILL');
      await ended(child);
    },
  };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => child.once('close', done));
}

async function github(): Promise<GitHubServer> {
  return await startGitHub(emptyRepository(), { tokens: { [token]: 'write' } });
}

const uploads = ({ requests }: GitHubServer) => requests.filter(({ template }) => /\/assets$/.test(template)).length;

it('a job that was stopped names the draft it left, and its next attempt goes on with it', async () => {
  const server = await github();
  try {
    const job = step({ store: 'github:blue-team/detections', token }, server.apiUrl);
    await job.killedWhen(() => uploads(server) > 0);
    const draft = server.repository.releases.find((release) => release.draft);
    expect(draft?.tag).toBe(dga);
    const post = await job.run('post');
    expect(post.code).toBe(0);
    expect(post.stdout).toContain(`::warning title=Unfinished release::\`${dga}\` was begun in`);
    expect(post.stdout).toContain('gh run rerun 4711 --repo blue-team/detections');
    expect(post.stdout).not.toContain(token);

    const again = await job.run('index');
    expect(again.code, again.stdout).toBe(0);
    expect(server.repository.releases.map(({ id, draft: left }) => [id, left])).toEqual([[draft?.id, false]]);
    // As after the next attempt: there is nothing left to name.
    expect((await job.run('post')).stdout).toContain('left nothing unfinished');
    expect(server.problems).toEqual([]);
  } finally {
    await server.close();
  }
});

it("another run's draft is not named as this one's", async () => {
  const server = await github();
  try {
    const job = step({ store: 'github:blue-team/detections', token }, server.apiUrl);
    await job.killedWhen(() => uploads(server) > 0);
    const post = await job.run('post', { GITHUB_RUN_ID: '4712' });
    expect(post.stdout).toContain('left nothing unfinished in github:blue-team/detections');
  } finally {
    await server.close();
  }
});

it('a claim in a folder is named too', async () => {
  const job = step({ store: 'dir:releases' });
  const store = openDirectoryStore(join(job.env['GITHUB_WORKSPACE'] ?? '', 'releases'));
  await store.begin(request(dga, 'github-4711'));
  await store.begin(request('ML-DGA-20261122-3', 'github-4712'));
  const { stdout } = await job.run('post');
  expect(stdout.match(/^::warning .*$/gm)).toEqual([expect.stringContaining(`::\`${dga}\` was begun in dir:releases`)]);
});

it('nothing is asked after a step that ended, a dry run or another command', async () => {
  const server = await github();
  try {
    const store = { store: 'github:blue-team/detections', token };
    const quiet = [
      await step(store, server.apiUrl).run('post', { STATE_ended: 'true' }),
      await step({ ...store, 'dry-run': 'true' }, server.apiUrl).run('post'),
      await step({ ...store, command: 'validate' }, server.apiUrl).run('post'),
    ];
    expect(quiet).toEqual(quiet.map(() => ({ code: 0, stdout: '' })));
    expect(server.requests).toEqual([]);
  } finally {
    await server.close();
  }
});

it('a store that is out of reach fails no job', async () => {
  const { code, stdout } = await step({ store: 'github:not a repository', token }).run('post');
  expect(code).toBe(0);
  expect(stdout).toContain('store-unsupported');
});
