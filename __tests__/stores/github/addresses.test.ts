import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../../../src/run.ts';
import { codeOf, digestAt, failureOf, publishAll, request, threeAssets } from '../../contracts/assets.ts';
import { filledRepository } from '../../github-server/filled.ts';
import { addRelease, emptyRepository } from '../../github-server/state.ts';
import { bundleFolder, dga } from '../../publish/workshop.ts';
import { address, type Place, plantedToken, startPlace } from './place.ts';

const name = 'ML-DGA-20261122-2';
const { zip, three } = threeAssets('one');

async function placeOf(...options: Parameters<typeof startPlace>): Promise<Place> {
  const place = await startPlace(...options);
  onTestFinished(async () => {
    await place.server.close();
    expect(place.server.problems).toEqual([]);
  });
  return place;
}

/** A validation: what it says of the history, or why there is none, and what it tells on its way. */
async function validated(
  apiUrl: string,
  env: Record<string, string> = {},
): Promise<{ history: string; told: string[] }> {
  const told: string[] = [];
  const progress = ({ text }: { readonly text: string }): void => void told.push(text);
  const host = { cwd: import.meta.dirname, env: { GITHUB_API_URL: apiUrl, ...env }, now: () => new Date(), progress };
  const { report } = await run({ command: 'validate', bundle: [bundleFolder(dga)], store: address }, host);
  const [subject] = report.subjects;
  const reason = subject?.skipped.find((skipped) => skipped.reason.startsWith('the store'))?.reason;
  return { history: subject?.history ?? reason ?? '', told };
}

describe('GitHub Enterprise Server', () => {
  it('is read and written under its own bases, page after page, redirects included', async () => {
    const { repository } = await filledRepository(240);
    const { server, open } = await placeOf(repository, { enterprise: true, refsAtOnce: 50 });
    expect((await validated(server.apiUrl)).history).toBe(`${address} (240 releases)`);
    expect(await open().list()).toHaveLength(240);
    await publishAll(open(), request(name.replace(/2$/, '500'), 'run-1'), three);
    expect(await digestAt(open(), name.replace(/2$/, '500'), zip.name)).toBe(zip.sha256);
  });

  it('and its renamed repositories are found', async () => {
    const { repository } = await filledRepository(120);
    const { server } = await placeOf(
      { ...repository, name: 'rules' },
      { enterprise: true, formerly: 'blue-team/detections' },
    );
    expect((await validated(server.apiUrl)).history).toBe(`${address} (120 releases)`);
  });

  it('whose next page or new place is another server is not followed', async () => {
    const { repository } = await filledRepository(120);
    const elsewhere = await placeOf(emptyRepository());
    const hosts = { api: elsewhere.server.apiUrl, uploads: '', storage: '', web: '' };
    const { server, token } = await placeOf(
      { ...repository, name: 'rules' },
      { formerly: 'blue-team/detections', hosts },
    );
    const { history } = await validated(server.here.api, { GITHUB_TOKEN: token });
    expect(history).toContain('GitHub answered 301');
    expect(elsewhere.server.requests).toEqual([]);
  });
});

describe('a renamed repository', () => {
  async function renamed(count: number): Promise<Place> {
    const { repository } = await filledRepository(count);
    return await placeOf({ ...repository, name: 'rules' }, { formerly: 'blue-team/detections' });
  }

  it('is read where it is now, which is found out once and told once', async () => {
    const { server } = await renamed(300);
    const { history, told } = await validated(server.apiUrl);
    expect(history).toBe(`${address} (300 releases)`);
    expect(told).toEqual([`${address} is called blue-team/rules now: name it so`]);
    // One answer leads on, one request asks for the name; the settings are asked for at the same time.
    expect(server.requests.filter(({ status }) => status === 301).length).toBeLessThanOrEqual(2);
    expect(server.requests.length).toBeLessThanOrEqual(12);
  });

  it('gives its files', async () => {
    const { open } = await renamed(3);
    const read = digestAt(open(), 'ML-DGA-20260101-1', 'ML-DGA-20260101-1.zip');
    expect(await read).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is not written to under its old name', async () => {
    const { open, server } = await renamed(1);
    expect(await codeOf(open().begin(request(name, 'run-1')))).toBe('repository-moved');
    expect(server.repository.releases).toHaveLength(1);
    expect(server.repository.refs.has(`tags/${name}`)).toBe(false);
  });
});

describe('a private repository', () => {
  async function hidden(): Promise<Place> {
    const repository = emptyRepository({ private: true });
    addRelease(repository, name, { 'a.txt': Buffer.from('a') });
    return await placeOf(repository);
  }

  it('says to whom has no token that this may be why', async () => {
    const { server } = await hidden();
    const { history } = await validated(server.apiUrl);
    expect(history).toContain('cannot be read: Cannot list the releases: GitHub answered 404 (Not Found).');
    expect(history).toContain('No token was given, and what is private hides itself from strangers.');
  });

  it('names the token and the permission to read, never that to write', async () => {
    const { server, open } = await hidden();
    const nobody = await failureOf(open({ token: '' }).list());
    expect(nobody?.code).toBe('github-not-found');
    expect(nobody?.help).toContain('Set GITHUB_TOKEN');
    expect(nobody?.help).toContain('contents: read');
    expect(nobody?.help).not.toContain('write');
    expect(server.requests.map(({ token }) => token)).toEqual(['']);
  });

  it('is read with a token that may', async () => {
    const { server, reader, open } = await hidden();
    expect((await validated(server.apiUrl, { GITHUB_TOKEN: reader })).history).toBe(`${address} (1 release)`);
    expect(await open({ token: reader }).list()).toEqual([{ name }]);
    expect(await codeOf(open({ token: plantedToken() }).list())).toBe('github-unauthorised');
  });
});
