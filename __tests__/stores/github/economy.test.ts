import { resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Inputs } from '../../../src/inputs.ts';
import { type Run, run } from '../../../src/run.ts';
import type { GitHubServer } from '../../github-server/server.ts';
import { commitSha } from '../../github-server/state.ts';
import { order, runJob } from './job.ts';
import { address, startPlace } from './place.ts';

const dga = 'ML-DGA-20261122-2';
const detections = 'ML-experimental-detections-20261122-1';
/** The figure of issue 4: so many requests for a release of six assets. */
const [limit, assetsOfLimit] = [22, 6];
/** Assets of a release of ours: zip, SHA256SUMS, index and manifest. Another one costs one request, as is shown below. */
const own = 4;
/** What a history costs besides: the newest release, its tag, and its index, SHA256SUMS and manifest. */
const newest = 5;

/** One command, as a job runs it; and what it asked of the API and of the upload host. */
async function asked(
  server: GitHubServer,
  token: string,
  env: Record<string, string>,
  inputs: Inputs,
): Promise<{ readonly done: Run; readonly requests: readonly string[]; readonly downloads: number }> {
  const [before, storage] = [server.requests.length, server.downloads.length];
  const job = { GITHUB_API_URL: server.apiUrl, GITHUB_TOKEN: token, GITHUB_SHA: commitSha, GITHUB_RUN_ID: '1', ...env };
  const host = { cwd: resolve('.'), env: job, now: () => new Date(), progress: () => undefined };
  const done = await run({ store: address, ...inputs }, host);
  const requests = server.requests.slice(before).map(({ method, template, status }) => {
    return `${method.padEnd(6)} ${template.replace('/repos/{owner}/{repo}', '')} ${status}`;
  });
  return { done, requests, downloads: server.downloads.length - storage };
}

/** Expects a release within the figure, and prints what it asked for. */
function within(title: string, { done, requests, downloads }: Awaited<ReturnType<typeof asked>>, more = 0): void {
  const list = requests.map((request, index) => `    ${String(index + 1).padStart(2)} ${request}`);
  process.stdout.write(`  ${title}: ${requests.length} requests, ${downloads} downloads\n${list.join('\n')}\n`);
  expect(done.report.subjects[0]?.release).toMatchObject({ state: 'published', assets: { length: own } });
  expect(requests.length + (assetsOfLimit - own)).toBeLessThanOrEqual(limit + more);
}

async function place() {
  const started = await startPlace();
  onTestFinished(async () => {
    await started.server.close();
    expect(started.server.problems).toEqual([]);
  });
  return started;
}

it('a release of a job that makes its tag, and of one that a tag started, stay within the figure', async () => {
  const { server, token } = await place();
  const minted = await asked(server, token, {}, { command: 'release', bundle: [`examples/${dga}`] });
  within('a job that makes its tag', minted);
  expect(minted.downloads).toBe(0);
  const { server: tagged, token: other } = await place();
  tagged.repository.refs.set(`tags/${dga}`, { type: 'commit', sha: commitSha });
  const env = { GITHUB_REPOSITORY: 'blue-team/detections', GITHUB_REF: `refs/tags/${dga}` };
  within(
    'a job that a tag started',
    await asked(tagged, other, env, { command: 'release', bundle: [`examples/${dga}`] }),
  );
});

it('a release after another one asks for the newest of its history besides', async () => {
  const { server, token } = await place();
  await asked(server, token, {}, { command: 'release', bundle: [`examples/${dga}`] });
  const later = await asked(
    server,
    token,
    { GITHUB_RUN_ID: '2' },
    { command: 'release', bundle: [`examples/${detections}`] },
  );
  within('a job after another one', later, newest);
});

it('every further asset costs one request', async () => {
  const counts: number[] = [];
  for (const count of [own, assetsOfLimit, 12]) {
    const { open, server } = await place();
    expect(await runJob(open(), order(dga, 'run-1', count, 'one'))).toBeUndefined();
    const reading = server.requests.filter(
      ({ template, method }) => template.endsWith('{asset_id}') && method === 'GET',
    );
    counts.push(server.requests.length - reading.length);
  }
  const [first = 0] = counts;
  expect(counts).toEqual([first, first + assetsOfLimit - own, first + 12 - own]);
});

it('what is published already is proven by its bytes, by a second run and by verify', async () => {
  const { server, token } = await place();
  const release = { command: 'release', bundle: [`examples/${dga}`] } as const;
  await asked(server, token, {}, release);
  const again = await asked(server, token, {}, release);
  expect(again.done.report.subjects[0]?.release?.state).toBe('unchanged');
  expect(again.requests.every((request) => request.startsWith('GET'))).toBe(true);
  expect(new Set(server.downloads).size).toBe(own);
  const verified = await asked(server, token, {}, { command: 'verify', release: dga });
  expect(verified.done.exit).toBe(0);
  expect(verified.downloads).toBeGreaterThanOrEqual(own);
});
