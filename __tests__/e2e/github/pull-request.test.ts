import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { filledRepository } from '../../github-server/filled.ts';
import { type GitHubOptions, type GitHubServer, startGitHub } from '../../github-server/server.ts';
import { emptyRepository, frozenCopy } from '../../github-server/state.ts';
import { plantedToken } from '../../stores/github/place.ts';
import { job } from '../job.ts';
import { dga, temporary, workFolder } from '../mldr.ts';

const [writer, reader] = [plantedToken(), plantedToken()];
const tokens: GitHubOptions['tokens'] = { [writer]: 'write', [reader]: 'read' };

async function serverOf(repository = emptyRepository()): Promise<GitHubServer> {
  const server = await startGitHub(repository, { tokens });
  onTestFinished(async () => {
    await server.close();
    expect(server.problems).toEqual([]);
  });
  return server;
}

/** What the runner says of a pull request whose head is in this repository. */
function pullRequest(workspace: string, head: string): Record<string, string> {
  const path = join(workspace, 'event.json');
  writeFileSync(path, JSON.stringify({ pull_request: { head: { repo: { full_name: head } } } }));
  return { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: path };
}

const inputs = { store: 'github:blue-team/detections', bundle: `examples/${dga}`, 'accept-warnings': 'true' };

describe('a release for a pull request from a fork', () => {
  it.each([
    ['a token that may write', writer],
    ['a token that may read', reader],
    ['no token', ''],
  ])('with %s plans, and asks for nothing but reading', async (_, token) => {
    const workspace = workFolder(dga);
    const { repository, apiUrl, requests } = await serverOf();
    const before = frozenCopy(repository);
    const step = job(
      workspace,
      { ...inputs, command: 'release', token },
      pullRequest(workspace, 'stranger/detections'),
    );
    const { code, given } = await step.run('index', { GITHUB_API_URL: apiUrl });
    expect(given).toContain('A pull request from a fork publishes nothing: this is a dry run.');
    expect(code).toBe(0);
    expect(frozenCopy(repository)).toEqual(before);
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('a validation for a pull request from a fork', () => {
  it.each([
    ['no token', ''],
    ['a token that may read', reader],
  ])('with %s knows the history', async (_, token) => {
    const workspace = workFolder(dga);
    const server = await serverOf((await filledRepository(120)).repository);
    const step = job(
      workspace,
      { ...inputs, command: 'validate', token },
      pullRequest(workspace, 'stranger/detections'),
    );
    const { given } = await step.run('index', { GITHUB_API_URL: server.apiUrl });
    expect(given).toContain('120 releases');
    expect(given).toContain('release-number-taken');
    expect(new Set(server.requests.map((request) => request.token))).toEqual(new Set([token]));
    expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

it('a self-hosted runner keeps what was read, and a hosted one keeps nothing', async () => {
  const workspace = workFolder(dga);
  const server = await serverOf((await filledRepository(120)).repository);
  const cache = temporary();
  const validate = async (kind: string): Promise<number> => {
    const before = server.downloads.length;
    const env = { GITHUB_API_URL: server.apiUrl, RUNNER_TOOL_CACHE: cache, RUNNER_ENVIRONMENT: kind };
    await job(workspace, { ...inputs, command: 'validate', token: '' }, env).run('index');
    return server.downloads.length - before;
  };
  const cold = await validate('github-hosted');
  expect(cold).toBeGreaterThan(0);
  expect(await validate('self-hosted')).toBe(cold);
  expect(await validate('self-hosted')).toBe(0);
  expect(await validate('github-hosted')).toBe(cold);
});

it('the tool cache comes in a file of its own, which the command line never asks for', () => {
  const [, parts] =
    /^@actions\/tool-cache \S+ \(MIT\) in (\S+)$/m.exec(readFileSync('dist/LICENSES.txt', 'utf8')) ?? [];
  expect(parts).toMatch(/^part-\w+\.cjs$/);
});
