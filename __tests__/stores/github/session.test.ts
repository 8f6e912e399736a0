import { describe, expect, it, onTestFinished } from 'vitest';
import { openSession, openStore } from '../../../src/session.ts';
import { codeOf, failureOf, publishAll, request, threeAssets } from '../../contracts/assets.ts';
import { commitSha } from '../../github-server/state.ts';
import { address, startPlace } from './place.ts';

const name = 'ML-DGA-20261122-2';

/** The store of a run with this environment. */
async function storeOf(env: Record<string, string>, store = address): Promise<Awaited<ReturnType<typeof openStore>>> {
  const host = { cwd: import.meta.dirname, env, now: () => new Date(), progress: () => undefined };
  return await openStore(await openSession({ command: 'list', store }, host));
}

it('takes base, token and the tag that started the run from the environment', async () => {
  const { server, token } = await startPlace();
  onTestFinished(() => server.close());
  const env = { GITHUB_API_URL: server.apiUrl, GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'blue-team/detections' };
  const tagged = await storeOf({ ...env, GITHUB_REF: `refs/tags/${name}` });
  expect(await codeOf(tagged.begin(request(name, 'run-1')))).toBe('tag-moved');
  server.repository.refs.set(`tags/${name}`, { type: 'commit', sha: commitSha });
  await publishAll(tagged, request(name, 'run-1'), threeAssets('one').three);
  expect(await tagged.list()).toEqual([{ name }]);
});

it("makes the tag where another repository's tag started the run", async () => {
  const { server, token } = await startPlace();
  onTestFinished(() => server.close());
  const env = { GITHUB_API_URL: server.apiUrl, GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'blue-team/upstream' };
  const store = await storeOf({ ...env, GITHUB_REF: `refs/tags/${name}` });
  await store.begin(request(name, 'run-1'));
  expect(server.repository.refs.has(`tags/${name}`)).toBe(true);
});

it('says how a store is named', async () => {
  const failure = await failureOf(storeOf({}, 'github:nobody'));
  expect(failure?.code).toBe('store-unsupported');
  expect(failure?.help).toContain('github:owner/repo');
});

describe('--repository', () => {
  const host = { cwd: import.meta.dirname, env: {}, now: () => new Date(), progress: () => undefined };
  const opened = (inputs: { repository: string; store?: string }) => openSession({ command: 'list', ...inputs }, host);

  it('is short for a store, and may say the same as one', async () => {
    for (const store of [undefined, 'github:blue-team/detections', 'github:Blue-Team/Detections']) {
      const given = { repository: 'blue-team/detections', ...(store === undefined ? {} : { store }) };
      expect((await opened(given)).storeAddress).toBe(address);
    }
  });

  it.each(['github:blue-team/other', 'dir:releases'])('and --store %s are not both meant', async (store) => {
    const failure = await failureOf(opened({ repository: 'blue-team/detections', store }));
    expect(failure).toMatchObject({ code: 'usage', exit: 2 });
    expect(failure?.message).toContain(store);
    expect(failure?.message).toContain('blue-team/detections');
  });

  it.each(['detections', 'a/b/c', '/b', 'a/', 'github:a/b', ''])('%j names none', async (repository) => {
    expect(await codeOf(opened({ repository }))).toBe('usage');
  });
});
