import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { actionOutputs } from '../../../src/action-outputs.ts';
import type { Inputs } from '../../../src/inputs.ts';
import { sentence } from '../../../src/reporters/sentence.ts';
import { terminal } from '../../../src/reporters/terminal.ts';
import { type Run, run } from '../../../src/run.ts';
import { codeOf, failureOf } from '../../contracts/assets.ts';
import { commitSha, otherSha } from '../../github-server/state.ts';
import { temporaryFolder } from '../directory/temporary.ts';
import { address, type Place, startPlace } from './place.ts';

const name = 'ML-DGA-20261122-2';
const bundle = [`examples/${name}`];

async function place(): Promise<Place> {
  const started = await startPlace();
  onTestFinished(async () => {
    await started.server.close();
    expect(started.server.problems).toEqual([]);
  });
  return started;
}

/** A release, as a job of a workflow run makes it. */
async function release({ server, token }: Place, inputs: Partial<Inputs> = {}, workflow = '1'): Promise<Run> {
  const env = {
    GITHUB_API_URL: server.apiUrl,
    GITHUB_TOKEN: token,
    GITHUB_SHA: commitSha,
    GITHUB_RUN_ID: workflow,
  };
  const host = { cwd: resolve('.'), env, now: () => new Date(), progress: () => undefined };
  return await run({ bundle, store: address, ...inputs, command: 'release' }, host);
}

const stateOf = ({ report }: Run) => report.subjects[0]?.release?.state;
const lastLine = ({ report }: Run) => terminal(report).trimEnd().split('\n').at(-1);

describe('release --draft', () => {
  it('leaves a verified draft with its tag, and says that a person publishes it', async () => {
    const at = await place();
    const done = await release(at, { draft: true });
    const { releases, refs } = at.server.repository;
    expect([stateOf(done), done.exit, done.report.outcome]).toEqual(['draft', 0, 'passed']);
    expect(releases).toMatchObject([{ tag: name, draft: true, assets: { length: 4 } }]);
    expect(refs.get(`tags/${name}`)?.sha).toBe(commitSha);
    expect(await at.open().list()).toEqual([]);
    const [subject] = done.report.subjects;
    expect(subject?.release?.assets.map(({ sha256 }) => sha256).toSorted()).toEqual(
      releases[0]?.assets.map(({ sha256 }) => sha256).toSorted(),
    );
    expect(subject?.plan?.operations.at(-1)).toMatchObject({ do: 'leave', name });
    expect(lastLine(done)).toBe(`  a person publishes it at ${subject?.release?.url}`);
    expect(subject?.release?.url).toContain('/releases/tag/untagged-');
    expect(subject === undefined ? '' : sentence(done.report, subject)).toContain('draft that a person publishes');
    // It is dead when the draft is published: no later step can use it.
    expect(actionOutputs(done.report, 'report.json')).toMatchObject({ 'release-url': '', 'release-name': name });
  });

  it('again goes on with the same draft, without it publishes it', async () => {
    const at = await place();
    await release(at, { draft: true });
    const [{ id, assets } = { id: 0, assets: [] }] = at.server.repository.releases;
    const zip = assets.find((asset) => asset.name === `${name}.zip`)?.id;
    expect(stateOf(await release(at, { draft: true }))).toBe('draft');
    expect(at.server.repository.releases).toMatchObject([{ id, draft: true, assets: { length: 4 } }]);
    expect(at.server.repository.releases[0]?.assets.some((asset) => asset.id === zip)).toBe(true);
    expect(stateOf(await release(at))).toBe('published');
    expect(at.server.repository.releases).toMatchObject([{ id, draft: false }]);
  });

  it('of another run is named to everybody else, and nothing of it changes', async () => {
    const at = await place();
    await release(at, { draft: true });
    const before = JSON.stringify(at.server.repository.releases);
    expect(await codeOf(release(at, { draft: true }, '2'))).toBe('claim-held');
    expect(await codeOf(release(at, {}, '2'))).toBe('claim-held');
    expect(JSON.stringify(at.server.repository.releases)).toBe(before);
  });

  it('is done when the person has published it', async () => {
    const at = await place();
    await release(at, { draft: true });
    for (const each of at.server.repository.releases) {
      Object.assign(each, { draft: false, publishedAt: '2026-11-22T12:00:00Z' });
    }
    expect([stateOf(await release(at, { draft: true })), stateOf(await release(at, {}, '2'))]).toEqual([
      'unchanged',
      'unchanged',
    ]);
  });

  it('is not left on a tag that was moved', async () => {
    const at = await place();
    const { server } = at;
    // The request for the tag right after the draft was read back.
    const moved = async (): Promise<void> => {
      while (!server.requests.some(({ template }) => template.endsWith('/assets'))) {
        await new Promise((go) => setTimeout(go, 1));
      }
      server.repository.refs.set(`tags/${name}`, { type: 'commit', sha: otherSha });
    };
    const [failure] = await Promise.all([failureOf(release(at, { draft: true })), moved()]);
    expect(failure).toMatchObject({ code: 'tag-moved', exit: 2 });
    expect(failure?.message).toContain(commitSha);
    expect(failure?.message).toContain(otherSha);
    expect(server.repository.releases).toEqual([]);
  });

  it('is planned by a dry run, which writes nothing', async () => {
    const at = await place();
    const done = await release(at, { draft: true, 'dry-run': true });
    expect(terminal(done.report)).toMatch(/leave {2,}.*person to publish/);
    expect(terminal(done.report)).toContain(`would leave a draft of ${name}`);
    expect(at.server.requests.every(({ method }) => method === 'GET')).toBe(true);
  });
});

describe('what a store cannot do is refused before anything is read or written', () => {
  it.each<[string, Partial<Inputs>, RegExp]>([
    ['a draft in a folder', { draft: true }, /nobody could/],
    ['the latest of a folder', { 'make-latest': 'true' }, /no "Latest"/],
    ['the latest of a folder, by age', { 'make-latest': 'legacy' }, /no "Latest"/],
    ['the latest that is a draft', { draft: true, 'make-latest': 'true', store: address }, /do not go together/],
  ])('%s', async (_, inputs, message) => {
    const folder = temporaryFolder();
    const host = { cwd: folder, env: {}, now: () => new Date(), progress: () => undefined };
    const wanted: Inputs = { bundle: [resolve('examples', name)], ...inputs, command: 'release' };
    const failure = await failureOf(run(wanted, host));
    expect(failure).toMatchObject({ code: 'usage', exit: 2 });
    expect(failure?.message).toMatch(message);
    expect(failure?.help).toMatch(/leave|use/i);
    expect(existsSync(join(folder, 'releases'))).toBe(false);
  });

  it('but what means nothing in a folder may be said there', async () => {
    const host = { cwd: temporaryFolder(), env: {}, now: () => new Date(), progress: () => undefined };
    const wanted: Inputs = { bundle: [resolve('examples', name)], 'make-latest': 'false', command: 'release' };
    expect(stateOf(await run(wanted, host))).toBe('published');
  });
});

it.each([
  [undefined, 'false'],
  ['false', 'false'],
  ['true', 'true'],
  ['legacy', 'legacy'],
])('release --make-latest %s is told to GitHub as %s', async (given, told) => {
  const at = await place();
  await release(at, given === undefined ? {} : { 'make-latest': given });
  expect(at.server.repository.releases).toMatchObject([{ draft: false, makeLatest: told }]);
});
