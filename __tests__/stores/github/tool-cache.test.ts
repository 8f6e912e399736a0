import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { actionHost } from '../../../src/action-host.ts';
import type { Inputs } from '../../../src/inputs.ts';
import { sha256Of } from '../../../src/publish/asset.ts';
import { type Run, run } from '../../../src/run.ts';
import { codeOf, digestAt, failureOf, publishAll, request, seededBytes, threeAssets } from '../../contracts/assets.ts';
import { filledRepository } from '../../github-server/filled.ts';
import { addRelease, emptyRepository } from '../../github-server/state.ts';
import { bundleFolder, dga } from '../../publish/workshop.ts';
import { temporaryFolder } from '../directory/temporary.ts';
import { address, type Place, startPlace } from './place.ts';

const progress = (): undefined => undefined;
const name = 'ML-DGA-20261122-2';
const { zip, sums, three } = threeAssets('one');
let cache = '';
let temporary = '';

beforeEach(() => {
  [cache, temporary] = [join(temporaryFolder(), 'tools'), temporaryFolder()];
  vi.stubEnv('RUNNER_TOOL_CACHE', cache);
  onTestFinished(() => void vi.unstubAllEnvs());
});

afterEach(() => {
  // Whatever happens, nothing is left on the way.
  expect(readdirSync(temporary)).toEqual([]);
});

async function placeOf(repository = emptyRepository(), options: Parameters<typeof startPlace>[1] = {}): Promise<Place> {
  const place = await startPlace(repository, options);
  onTestFinished(async () => {
    await place.server.close();
    expect(place.server.problems).toEqual([]);
  });
  return place;
}

/** A repository with one release, and a reader with the cache. */
async function published(): Promise<Place & { read(): Promise<string | undefined> }> {
  const place = await placeOf();
  await publishAll(place.open(), request(name, 'run-1'), three);
  return { ...place, read: () => digestAt(place.open({ toolCache: temporary }), name, zip.name) };
}

/** Where the cache keeps a file with a digest. */
function pathOf(sha256: string): string {
  return join(cache, 'ml-detection-release', `0.0.0-sha256-${sha256}`, 'any', 'content');
}

async function command(server: Place['server'], inputs: Inputs, more: Record<string, string> = {}): Promise<Run> {
  const env = { GITHUB_API_URL: server.apiUrl, RUNNER_TOOL_CACHE: cache, RUNNER_TEMP: temporary, ...more };
  const { GITHUB_TOKEN: token = '' } = more;
  return await run({ store: address, ...inputs }, { ...actionHost(env, token), cwd: temporaryFolder(), progress });
}

describe('a file of the tool cache', () => {
  it('is read in place of a download', async () => {
    const { server, read } = await published();
    expect(await read()).toBe(zip.sha256);
    expect(sha256Of(readFileSync(pathOf(zip.sha256)))).toBe(zip.sha256);
    const before = server.downloads.length;
    expect(await read()).toBe(zip.sha256);
    expect(server.downloads.length).toBe(before);
  });

  it.each<[string, (path: string) => void]>([
    ['that was exchanged', (path) => writeFileSync(path, Buffer.alloc(zip.size, 'x'))],
    ['that is cut short', (path) => writeFileSync(path, readFileSync(path).subarray(0, -1))],
    ['that is longer', (path) => writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from('x')]))],
    ['that is empty', (path) => writeFileSync(path, '')],
    ['that is gone', (path) => rmSync(path)],
    ['whose folder is gone', (path) => rmSync(dirname(path), { recursive: true })],
    ['that may not be read', (path) => chmodSync(path, 0)],
    [
      'that is a folder',
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
    [
      'that is a FIFO',
      (path) => {
        rmSync(path);
        execFileSync('sh', ['-c', 'mkfifo "$0"', path]);
      },
    ],
    [
      'that leads nowhere',
      (path) => {
        rmSync(path);
        symlinkSync('/nowhere/at/all', path);
      },
    ],
    [
      'that leads to itself',
      (path) => {
        rmSync(path);
        symlinkSync(path, path);
      },
    ],
  ])('%s is not believed, and replaced', async (_, spoil) => {
    const { read } = await published();
    await read();
    spoil(pathOf(zip.sha256));
    expect(await read()).toBe(zip.sha256);
    expect(sha256Of(readFileSync(pathOf(zip.sha256)))).toBe(zip.sha256);
  });

  it('that changes while it is read is a failure, not another file', async () => {
    const repository = emptyRepository();
    const bytes = seededBytes('large', 700_000);
    addRelease(repository, name, { 'large.bin': bytes });
    const { open } = await placeOf(repository);
    const store = open({ toolCache: temporary });
    expect(await digestAt(store, name, 'large.bin')).toBe(sha256Of(bytes));
    const failure = await failureOf(
      (async () => {
        for await (const chunk of (await store.read(name, 'large.bin')) ?? []) {
          expect(chunk.length).toBeGreaterThan(0);
          writeFileSync(pathOf(sha256Of(bytes)), Buffer.alloc(bytes.length, 'x'));
        }
      })(),
    );
    expect(failure?.code).toBe('file-changed');
    expect(await digestAt(store, name, 'large.bin')).toBe(sha256Of(bytes));
  });

  it('comes to be of a whole download only', async () => {
    const { open, server, read } = await published();
    for await (const chunk of (await open({ toolCache: temporary }).read(name, zip.name)) ?? []) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    server.storageFaults.push('other-bytes');
    expect(await codeOf(read())).toBe('release-corrupt');
    expect(existsSync(pathOf(zip.sha256))).toBe(false);
    expect(await read()).toBe(zip.sha256);
    expect(existsSync(pathOf(zip.sha256))).toBe(true);
  });

  it('is not kept where GitHub says no digest', async () => {
    const { open } = await placeOf(emptyRepository(), { digests: false });
    await publishAll(open(), request(name, 'run-1'), three);
    expect(await digestAt(open({ toolCache: temporary }), name, sums.name)).toBe(sums.sha256);
    expect(existsSync(cache)).toBe(false);
  });
});

describe('a tool cache that cannot be used', () => {
  it.each<[string, () => void]>([
    ['is a file', () => writeFileSync(cache, '')],
    ['is not named', () => void vi.stubEnv('RUNNER_TOOL_CACHE', '')],
    ['leads nowhere', () => symlinkSync('/nowhere/at/all', cache)],
  ])('and %s is done without', async (_, spoil) => {
    const { read } = await published();
    spoil();
    expect([await read(), await read()]).toEqual([zip.sha256, zip.sha256]);
  });

  it('for want of a folder for files on their way is done without', async () => {
    const { open } = await published();
    const toolCache = join(temporary, 'gone');
    expect(await digestAt(open({ toolCache }), name, zip.name)).toBe(zip.sha256);
    expect(existsSync(cache)).toBe(false);
  });
});

it('runs at the same time read the same, and leave a sound cache', async () => {
  const { read } = await published();
  for (let round = 0; round < 6; round += 1) {
    const runs = await Promise.all(Array.from({ length: 6 }, read));
    expect(new Set(runs)).toEqual(new Set([zip.sha256]));
    writeFileSync(pathOf(zip.sha256), Buffer.alloc(zip.size, String(round)));
  }
  expect(await read()).toBe(zip.sha256);
  expect(sha256Of(readFileSync(pathOf(zip.sha256)))).toBe(zip.sha256);
});

describe('on a self-hosted runner', () => {
  it('a second validation asks for three lists and no file', async () => {
    const { server } = await placeOf((await filledRepository(1200)).repository);
    const figures: string[] = [];
    const histories: unknown[] = [];
    for (let count = 0; count < 2; count += 1) {
      const before = { api: server.requests.length, downloads: server.downloads.length };
      const { report } = await command(server, {
        command: 'validate',
        bundle: [bundleFolder(dga, 'ML-DGA-20261122-601')],
      });
      histories.push([report.subjects[0]?.history, report.subjects[0]?.diagnostics]);
      figures.push(
        `${server.requests.length - before.api} requests, ${server.downloads.length - before.downloads} downloads`,
      );
    }
    process.stdout.write(`  cold ${figures[0]}; with the cache ${figures[1]}\n`);
    expect(histories[1]).toEqual(histories[0]);
    expect(figures[1]).toBe('3 requests, 0 downloads');
  });

  it.each(['verify', 'get'] as const)('a second %s downloads nothing', async (word) => {
    const { server, token } = await placeOf();
    const commit = { GITHUB_TOKEN: token, GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567' };
    await command(server, { command: 'release', bundle: [bundleFolder(dga)], 'accept-warnings': true }, commit);
    expect(existsSync(cache)).toBe(false);
    expect((await command(server, { command: word, release: dga })).exit).toBe(0);
    const before = server.downloads.length;
    expect((await command(server, { command: word, release: dga })).exit).toBe(0);
    expect(server.downloads.length).toBe(before);
  });

  it('a release neither reads the cache nor writes to it', async () => {
    const { server, token } = await placeOf((await filledRepository(20)).repository);
    await command(server, { command: 'validate', bundle: [bundleFolder(dga, 'ML-DGA-20261122-20')] });
    const kept = readdirSync(join(cache, 'ml-detection-release'));
    const before = server.downloads.length;
    const commit = { GITHUB_TOKEN: token, GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567' };
    const folder = bundleFolder(dga, 'ML-DGA-20261122-20');
    const { exit } = await command(server, { command: 'release', bundle: [folder], 'accept-warnings': true }, commit);
    expect(exit).toBe(0);
    expect(server.downloads.length).toBeGreaterThan(before + 3);
    expect(readdirSync(join(cache, 'ml-detection-release'))).toEqual(kept);
  });
});

describe('the action uses the tool cache', () => {
  it.each([
    [{ RUNNER_TOOL_CACHE: '/opt/tools', RUNNER_ENVIRONMENT: 'self-hosted', RUNNER_TEMP: '/job' }, '/job'],
    [{ RUNNER_TOOL_CACHE: '/opt/tools', RUNNER_TEMP: '/job' }, '/job'],
    [{ RUNNER_TOOL_CACHE: '/opt/tools', RUNNER_ENVIRONMENT: 'github-hosted', RUNNER_TEMP: '/job' }, undefined],
    [{ RUNNER_ENVIRONMENT: 'self-hosted', RUNNER_TEMP: '/job' }, undefined],
    [{ RUNNER_TOOL_CACHE: '', RUNNER_ENVIRONMENT: 'self-hosted', RUNNER_TEMP: '/job' }, undefined],
  ])('where %j: %s', (env, expected) => {
    expect(actionHost(env, '').toolCache).toBe(expected);
  });
});
