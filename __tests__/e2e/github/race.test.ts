import { appendFileSync, cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { parseReleaseName } from '../../../src/domain/tag.ts';
import { workflowRun } from '../../../src/workflow-run.ts';
import { type GitHubServer, startGitHub } from '../../github-server/server.ts';
import { commitSha, emptyRepository } from '../../github-server/state.ts';
import { createRandom } from '../../random.ts';
import { record, whole } from '../../reliability.ts';
import { losing, severally } from '../../stores/github/matrix.ts';
import { isPublished, observe, type Wanted } from '../../stores/github/observer.ts';
import { plantedToken } from '../../stores/github/place.ts';
import { type Ended, inputVariable, job } from '../job.ts';
import { dga, temporary } from '../mldr.ts';

const rounds = whole ? 60 : 6;
const mintings = whole ? 10 : 2;
const workspace = temporary();
const runners = [0, 1, 2, 3];
const places = runners.map((index) => `place-${index}/${dga}`);
/** What each runner's own files make. */
let own: readonly Wanted[] = [];

const runOf = (index: number) => String(4711 + index);

/** The shipped action, once for each bundle at the same time: each in a run of its own, with a token of its own. */
async function atOnce(
  server: GitHubServer,
  tokens: readonly string[],
  bundles: readonly string[],
  inputs: Record<string, string> = {},
  { pauses = [], id = runOf }: { readonly pauses?: readonly number[]; readonly id?: (index: number) => string } = {},
): Promise<Ended[]> {
  const given = { command: 'release', store: 'github:blue-team/detections', 'accept-warnings': 'true', ...inputs };
  return await Promise.all(
    bundles.map(async (bundle, index) => {
      await new Promise((resolve) => setTimeout(resolve, pauses[index] ?? 0));
      return await job(workspace, { ...given, bundle }).run('index', {
        GITHUB_API_URL: server.apiUrl,
        GITHUB_RUN_ID: id(index),
        [inputVariable('token')]: tokens[index] ?? '',
      });
    }),
  );
}

async function serverFor(
  tokens: readonly string[],
  onChange?: ReturnType<typeof observe>['onChange'],
): Promise<GitHubServer> {
  return await startGitHub(emptyRepository(), {
    tokens: Object.fromEntries(tokens.map((token) => [token, 'write'] as const)),
    ...(onChange === undefined ? {} : { onChange }),
  });
}

beforeAll(async () => {
  own = await severally(
    2,
    places.map((path, index) => async () => {
      cpSync(join('examples', dga), join(workspace, path), { recursive: true });
      appendFileSync(join(workspace, path, 'README.md'), `Trained by runner ${index}.\n`);
      const token = plantedToken();
      const server = await serverFor([token]);
      await atOnce(server, [token], [path]);
      await server.close();
      return { request: { name: dga, commit: commitSha }, assets: server.repository.releases[0]?.assets ?? [] };
    }),
  );
  expect(own.map(({ assets }) => assets.length)).toEqual(places.map(() => 4));
});

/** Two to four runners with the files of one of them, or each with its own. @returns what was broken */
async function race(seed: number): Promise<string[]> {
  const random = createRandom(seed);
  const [count, same] = [2 + random.below(3), random.chance(0.5)];
  const taking = runners.slice(0, count).map((index) => (same ? 0 : index));
  const wanted = taking.map((index) => own[index] ?? { request: { name: '' }, assets: [] });
  const tokens = taking.map(() => plantedToken());
  const bundles = taking.map((index) => places[index] ?? '');
  const runs = new Map(
    tokens.map((token, index) => {
      const run = workflowRun({ GITHUB_RUN_ID: runOf(index) }, { bundle: [bundles[index] ?? ''] });
      return [token, run ?? ''] as const;
    }),
  );
  const observer = observe(wanted, [], runs);
  const server = await serverFor(tokens, observer.onChange);
  const pauses = taking.map(() => random.below(3) * 60);
  const ended = await atOnce(server, tokens, bundles, {}, { pauses });
  await server.close();
  const { repository, problems } = server;
  const broken = [...new Set([...observer.seen, ...problems])];
  const winners = ended.filter(({ stdout }) => stdout.includes(`✓ published ${dga}`));
  if (winners.length !== 1) broken.push(`${winners.length} winners`);
  ended.forEach(({ code, stdout, given }, index) => {
    const mine = wanted[index];
    if (code === 0 && mine !== undefined && !isPublished(repository, mine)) broken.push('green with bytes of another');
    // Whoever comes when it is over finds the name taken by its check, before anything is planned.
    const late = code === 1 && stdout.includes('release-number-taken');
    const said = late ? 'release-exists' : (/failed {3}(\S+)/.exec(stdout)?.[1] ?? 'nothing');
    if (code !== 0 && !losing.includes(said)) broken.push(`a loser says ${said}: ${stdout}`);
    if (tokens.some((token) => given.includes(token))) broken.push('a token was printed');
  });
  if (repository.releases.some(({ draft }) => draft)) broken.push('a draft is left');
  return broken.map((why) => `round ${seed}, ${count} runners, ${same ? 'the same' : 'different'} files: ${why}`);
}

it(`lets one of two to four runners publish a name, ${rounds} times, and the others say why`, async () => {
  const results = await severally(
    1,
    Array.from({ length: rounds }, (_, seed) => () => race(seed)),
  );
  record('race-action', { rounds, broken: results.flat() });
  expect(results.flat()).toEqual([]);
}, 3_600_000);

it(`gives ten runners that mint at once ten numbers, ${mintings} times`, async () => {
  const candidates = Array.from({ length: 10 }, (_, index) => `candidate-${index}`);
  for (const [index, path] of candidates.entries()) {
    cpSync(join('examples', dga), join(workspace, path), { recursive: true });
    appendFileSync(join(workspace, path, 'README.md'), `Candidate ${index}.\n`);
  }
  const broken: string[] = [];
  for (let round = 0; round < mintings; round += 1) {
    const tokens = candidates.map(() => plantedToken());
    // In runs of their own, and as the jobs of one run's matrix.
    const server = await serverFor(tokens);
    const ended = await atOnce(
      server,
      tokens,
      candidates,
      { next: 'true', kind: 'ml-dga' },
      round % 2 === 0 ? {} : { id: () => '4711' },
    );
    await server.close();
    for (const { code, given } of ended) if (code !== 0) broken.push(given);
    const { releases } = server.repository;
    const names = releases.filter(({ draft }) => !draft).map(({ tag }) => parseReleaseName(tag));
    const numbers = new Set(names.map((name) => (typeof name === 'object' ? Number(name.number) : 0)));
    const missing = candidates.flatMap((_, index) => (numbers.has(index + 1) ? [] : [index + 1]));
    if (missing.length > 0) broken.push(`nobody has the numbers ${missing}`);
    if (releases.length !== candidates.length) broken.push(`${releases.length - candidates.length} drafts are left`);
    broken.push(...server.problems);
  }
  record('minting-action', { rounds: mintings, broken });
  expect(broken).toEqual([]);
  expect(readdirSync(workspace)).not.toContain('releases');
}, 3_600_000);
