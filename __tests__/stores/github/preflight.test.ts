import { expect, it, onTestFinished } from 'vitest';
import type { Condition, Intent } from '../../../src/stores/preflight.ts';
import { emptyRepository, frozenCopy, type RepositoryState } from '../../github-server/state.ts';
import { type Place, plantedToken, startPlace } from './place.ts';

const intent: Intent = { families: ['ML-DGA', 'ML-experimental-detections'], environments: [] };

async function place(
  prepare: (repository: RepositoryState) => void = () => undefined,
  { formerly, hidden = false }: { formerly?: string; hidden?: boolean } = {},
): Promise<Place> {
  const empty = emptyRepository({ private: hidden });
  const repository = formerly === undefined ? empty : { ...empty, name: 'rules' };
  repository.immutable = true;
  prepare(repository);
  const started = await startPlace(repository, formerly === undefined ? {} : { formerly });
  onTestFinished(async () => {
    await started.server.close();
    expect(started.server.problems).toEqual([]);
  });
  return started;
}

/** Whatever is not good, by subject. */
function others(conditions: readonly Condition[]): Record<string, Omit<Condition, 'subject'>> {
  const found = conditions.filter(({ state }) => state !== 'good');
  return Object.fromEntries(found.map(({ subject, ...condition }) => [subject, condition]));
}

it('finds everything in place for a good token, and leaves nothing behind', async () => {
  const { open, server } = await place();
  const before = frozenCopy(server.repository);
  const conditions = await open().probe(intent);
  expect(others(conditions)).toEqual({});
  const subjects = ['repository', 'token', 'permission', 'requests', 'tag rules', 'immutable'];
  expect(conditions.map(({ subject }) => subject)).toEqual(subjects);
  expect(frozenCopy(server.repository)).toEqual(before);
});

it('names the permission that a token lacks, with the text to add, before anything is done', async () => {
  const { open, reader } = await place();
  const found = others(await open({ token: reader }).probe(intent));
  expect(Object.keys(found)).toEqual(['permission']);
  expect(found['permission']).toMatchObject({ state: 'missing', code: 'github-forbidden' });
  expect(found['permission']?.message).toContain('It asks for contents=write.');
  expect(found['permission']?.help).toContain('    permissions:\n      contents: write');
});

it('says how to come by a token where there is none, and sees what anybody sees', async () => {
  const { open, server } = await place();
  const found = others(await open({ token: '' }).probe(intent));
  expect(Object.keys(found)).toEqual(['token']);
  expect(found['token']).toMatchObject({ state: 'missing' });
  expect(found['token']?.help).toContain(`pass \`$\{{ github.token }}\``);
  expect(server.requests.some(({ method }) => method === 'POST')).toBe(false);
});

it.each([
  ['ghs_', 'of a job or of an App', 'contents: write'],
  ['github_pat_', 'fine-grained', '"Contents: Read and write"'],
  ['ghp_', 'classic', 'scope `repo`'],
  ['gho_', 'OAuth', 'gh auth refresh --scopes repo'],
  ['ghu_', 'through an App', 'write access'],
  ['ghr_', 'refresh token', 'Exchange it'],
  ['x', 'does not tell', 'contents: write'],
])('tells a token of the form %s, never the token, and what it needs', async (form, what, grant) => {
  const token = `${form}${plantedToken().slice(4)}`;
  const repository = emptyRepository();
  const started = await startPlace(repository, { readers: [token] });
  onTestFinished(() => started.server.close());
  const conditions = await started.open({ token }).probe(intent);
  expect(conditions.find(({ subject }) => subject === 'token')?.message).toContain(what);
  expect(others(conditions)['permission']?.help).toContain(grant);
  expect(JSON.stringify(conditions)).not.toContain(token);
});

it('a wrong token is no token', async () => {
  const { open } = await place();
  const conditions = await open({ token: plantedToken() }).probe(intent);
  expect(conditions).toMatchObject([{ subject: 'token', state: 'missing', code: 'github-unauthorised' }]);
});

it('names an archive', async () => {
  const { open } = await place((repository) => {
    repository.archived = true;
  });
  expect(others(await open().probe(intent))).toMatchObject({ repository: { code: 'repository-archived' } });
});

it('names the repository as it is called now', async () => {
  const { open } = await place(undefined, { formerly: 'blue-team/detections' });
  const found = others(await open().probe(intent));
  expect(found['repository']).toMatchObject({ state: 'missing', code: 'repository-moved' });
  expect(found['repository']?.help).toBe('Write `--store github:blue-team/rules`.');
});

it('says of a private repository that it does not show itself', async () => {
  const { open } = await place(undefined, { hidden: true });
  const found = others(await open({ token: '' }).probe(intent));
  expect(found['repository']).toMatchObject({ state: 'missing', code: 'github-not-found' });
  expect(found['repository']?.help).toContain('private repository');
});

it('says when to come again where no request is left, and asks for nothing else', async () => {
  const { open, server } = await place(({ quota }) => {
    quota.remaining = 0;
  });
  const conditions = await open().probe(intent);
  expect(conditions).toMatchObject([{ subject: 'requests', state: 'missing', code: 'rate-limited' }]);
  expect(conditions[0]?.help).toContain('2026-11-22 13:00 UTC');
  expect(server.requests).toHaveLength(1);
});

it('warns of a quota that is too small for a release', async () => {
  const { open } = await place(({ quota }) => {
    quota.remaining = 59;
  });
  expect(others(await open().probe(intent))).toMatchObject({ requests: { state: 'attention' } });
});

it.each([0, 1, 2, 3, 4])('cannot tell where the answer to request %i is a page, and says so', async (number) => {
  const { open, server } = await place();
  for (let at = number; at < 60; at += 1) server.faults.set(at, 'html-before');
  const found = Object.values(others(await open().probe(intent)));
  expect(found.length).toBeGreaterThan(0);
  for (const condition of found) {
    expect(condition).toMatchObject({ state: 'unknown', code: 'github-unreachable' });
    expect(condition.message).toContain('is not JSON');
  }
});

it.each(['401', '403', '404', '500-before', 'reset-before', 'slow-before', '403-retry-after', '429-date'] as const)(
  'answers whatever single request ends in %s',
  async (fault) => {
    const { open, server } = await place(
      ({ rules }) => void rules.push({ id: 7, name: 'r', prefix: 'ML-', bypass: true }),
    );
    for (let number = 0; number < 8; number += 1) {
      server.faults.clear();
      server.faults.set(server.requests.length + number, fault);
      const conditions = await open().probe({ ...intent, environments: ['release'] });
      expect(conditions.length).toBeGreaterThan(0);
    }
  },
);

it.each([
  ['enabled', true, true, 'good'],
  ['not enabled', true, false, 'attention'],
  ['not to be seen', false, false, 'attention'],
] as const)('says whether releases are immutable: %s', async (_, administered, immutable, state) => {
  const { open } = await place((repository) => Object.assign(repository, { administered, immutable }));
  const condition = (await open().probe(intent)).find(({ subject }) => subject === 'immutable');
  expect(condition?.state).toBe(state);
  if (state !== 'good') expect(condition?.help).toContain('Settings → General → Releases');
});

it.each([
  ['is not there', undefined, 'comes to be without protection'],
  ['has no reviewer', { reviewers: 0 }, 'no reviewer'],
  ['takes protected branches only', { reviewers: 2, policy: 'protected' }, 'a tag started may not use it'],
  ['is well kept', { reviewers: 2, policy: 'custom' }, '2 reviewers, and takes chosen branches and tags'],
] as const)('says of an environment that it %s', async (what, environment, words) => {
  const { open } = await place(({ environments }) => {
    if (environment !== undefined) environments.set('release 1/x', environment);
  });
  const conditions = await open().probe({ ...intent, environments: ['release 1/x'] });
  const condition = conditions.find(({ subject }) => subject === 'environment');
  expect(condition?.state).toBe(what === 'is well kept' ? 'good' : 'attention');
  expect(condition?.message).toContain(words);
});
