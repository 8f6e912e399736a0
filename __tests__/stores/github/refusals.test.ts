import { describe, expect, it, onTestFinished } from 'vitest';
import { saidBy } from '../../../src/stores/github/connection.ts';
import { openGitHubStore } from '../../../src/stores/github/github.ts';
import { asset, codeOf, failureOf, publishAll, request, threeAssets } from '../../contracts/assets.ts';
import { addRelease, emptyRepository, type RepositoryState } from '../../github-server/state.ts';
import { printed } from './job.ts';
import { address, type Place, plantedToken, startPlace } from './place.ts';

const name = 'ML-DGA-20261122-2';
const { sums, three } = threeAssets('one');

async function place(repository?: RepositoryState, options?: Parameters<typeof startPlace>[1]): Promise<Place> {
  const started = await startPlace(repository, options);
  onTestFinished(async () => {
    await started.server.close();
    expect(started.server.problems).toEqual([]);
  });
  return started;
}

describe('a token', () => {
  it('that may only read is told the permission to add, and prints nothing of itself', async () => {
    const { open, reader, server } = await place();
    const failure = await failureOf(open({ token: reader }).begin(request(name, 'run-1')));
    expect(failure?.code).toBe('github-forbidden');
    expect(failure?.message).toContain('403 (Resource not accessible by integration). It asks for contents=write.');
    expect(failure?.help).toContain('    permissions:\n      contents: write\n');
    expect(failure?.help).toContain('--dry-run');
    expect(printed(failure)).not.toContain(reader);
    expect(server.repository.releases).toEqual([]);
    expect(server.repository.refs.has(`tags/${name}`)).toBe(false);
  });

  it('that is wrong is named so, and prints nothing of itself', async () => {
    const wrong = plantedToken();
    const failure = await failureOf((await place()).open({ token: wrong }).list());
    expect(failure?.code).toBe('github-unauthorised');
    expect(printed(failure)).not.toContain(wrong);
  });

  it('is not needed to read what is public', async () => {
    const { open, server } = await place();
    await publishAll(open(), request(name, 'run-1'), three);
    const anonymous = openGitHubStore(address, { apiUrl: server.apiUrl });
    expect(await anonymous.list()).toEqual([{ name }]);
    expect((await anonymous.details(name))?.assets).toHaveLength(3);
    expect(await codeOf(anonymous.begin(request('ML-DGA-20261122-3', 'run-1')))).toBe('github-unauthorised');
  });

  it('that does not see a private repository is told so', async () => {
    const { server } = await place(emptyRepository({ private: true }));
    const failure = await failureOf(openGitHubStore(address, { apiUrl: server.apiUrl }).list());
    expect(failure?.code).toBe('github-not-found');
    expect(failure?.help).toContain('Set GITHUB_TOKEN');
  });

  it('reads a private repository that it sees', async () => {
    const { open, reader } = await place(emptyRepository({ private: true }));
    await publishAll(open(), request(name, 'run-1'), [sums]);
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await open({ token: reader }).read(name, 'SHA256SUMS')) ?? []) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toHaveLength(sums.size);
  });

  it('is cut out of what a server echoes', () => {
    const token = plantedToken();
    const body = { message: `no ${token}`, errors: [{ field: token, code: 'custom', message: `\u001b[31m${token}` }] };
    expect(saidBy(body, token)).toBe('no ***; *** custom \\u{1b}[31m***');
  });
});

describe('a repository', () => {
  it('that is archived takes nothing', async () => {
    const repository = emptyRepository();
    repository.archived = true;
    expect(await codeOf((await place(repository)).open().begin(request(name, 'run-1')))).toBe('repository-archived');
  });

  it('that has another name now is read, and not written to', async () => {
    const repository = { ...emptyRepository(), name: 'rules' };
    addRelease(repository, 'ML-DGA-20260901-1', { 'a.txt': Buffer.from('a') });
    const { open } = await place(repository, { formerly: 'blue-team/detections' });
    expect(await open().list()).toEqual([{ name: 'ML-DGA-20260901-1' }]);
    expect((await open().details('ML-DGA-20260901-1'))?.assets).toMatchObject([{ name: 'a.txt', size: 1 }]);
    expect(await codeOf(open().begin(request(name, 'run-1')))).toBe('repository-moved');
    expect(repository.refs.has(`tags/${name}`)).toBe(false);
  });
});

describe('a name', () => {
  it.each([
    ['burnt by an immutable release', (repository: RepositoryState) => void repository.burnt.add(name)],
    [
      'kept from this token by a rule',
      (repository: RepositoryState) =>
        void repository.rules.push({ id: 7, name: 'tags', prefix: 'ML-', bypass: false }),
    ],
  ])('%s is refused before anything is uploaded, with both readings', async (_, prepare) => {
    const repository = emptyRepository();
    prepare(repository);
    const { open, server } = await place(repository);
    const failure = await failureOf(open().begin(request(name, 'run-1')));
    expect(failure?.code).toBe('tag-rule');
    expect(failure?.help).toMatch(/ruleset.*immutable release/);
    expect(server.requests.some(({ method, template }) => method === 'POST' && template.endsWith('assets'))).toBe(
      false,
    );
    expect(repository.releases).toEqual([]);
  });

  it('that turns out to be burnt only at the end leaves nothing', async () => {
    const repository = emptyRepository();
    const { open } = await place(repository);
    const store = open();
    const draft = await store.begin(request(name, 'run-1'));
    await store.put(draft, sums);
    await store.seal(draft, [sums]);
    repository.burnt.add(name);
    const failure = await failureOf(store.commit(draft));
    expect(failure?.code).toBe('tag-burnt');
    expect(failure?.help).toContain('next number');
    await store.abandon(draft);
    expect(repository.releases).toEqual([]);
    expect(repository.refs.has(`tags/${name}`)).toBe(false);
  });

  it('is published once where releases are immutable, and locked then', async () => {
    const repository = emptyRepository();
    repository.immutable = true;
    const { open } = await place(repository);
    const store = open();
    const details = await publishAll(store, request(name, 'run-1'), three);
    expect(repository.releases[0]).toMatchObject({ draft: false, immutable: true, makeLatest: 'false' });
    await store.abandon({ name, run: 'run-1', present: new Map() });
    expect(await open().details(name)).toEqual(details);
  });
});

it.each(['a b.txt', '.hidden', 'dot.', 'a..b', 'naïve.txt', 'x'.repeat(256), `part-${'0'.repeat(12)}.part`])(
  'an asset named %j is refused before GitHub would rename it',
  async (odd) => {
    const { open } = await place();
    const store = open();
    const draft = await store.begin(request(name, 'run-1'));
    expect(await codeOf(store.put(draft, asset(odd, Buffer.from('x'))))).toBe('write-failed');
    await store.abandon(draft);
  },
);

it('an empty asset, one of 2 GiB, and notes of more than 125,000 characters are refused with the limit', async () => {
  const { open, server } = await place();
  const store = open();
  const draft = await store.begin(request(name, 'run-1'));
  const empty = await failureOf(store.put(draft, asset('empty.txt', Buffer.alloc(0))));
  expect(empty?.message).toContain('GitHub takes files of 1 to 2147483647');
  expect(await codeOf(store.put(draft, { ...sums, size: 2 ** 31 }))).toBe('write-failed');
  await store.abandon(draft);
  const long = await failureOf(store.begin({ ...request(name, 'run-1'), notes: 'n'.repeat(125_000) }));
  expect(long?.message).toMatch(/125\d\d\d characters; GitHub takes 125000/);
  expect(server.repository.releases).toEqual([]);
});

it.each(['github:', 'github:owner', 'github:owner/..', 'github:o/r/x', 'github:-o/r', 'github:o/r?x', 'github:o/r\n'])(
  'the address %j is none',
  (odd) => {
    expect(() => openGitHubStore(odd)).toThrow(/does not name a repository/);
  },
);
