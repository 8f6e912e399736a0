import { describe, expect, it, onTestFinished } from 'vitest';
import type { Run } from '../../../src/run.ts';
import { run } from '../../../src/run.ts';
import { filledRepository } from '../../github-server/filled.ts';
import { bundleFolder, dga } from '../../publish/workshop.ts';
import { address, type Place, startPlace } from './place.ts';

/** The figure of issue 4: requests of a validation, with nothing kept from earlier ones. */
const limit = 15;
/** What a pull request has changed: a release of the family that the newest is not of. */
const next = 'ML-DGA-20261122-1251';

type Server = Place['server'];

async function placeOf(count: number, unlisted = 0): Promise<Place & { names: readonly string[] }> {
  const { repository, names } = await filledRepository(count, unlisted);
  const place = await startPlace(repository);
  onTestFinished(async () => {
    await place.server.close();
    expect(place.server.problems).toEqual([]);
  });
  return { ...place, names };
}

/** The whole command, with nothing but what the environment of a job says. */
async function validated(server: Server, names: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const bundles = names.map((name) => bundleFolder(dga, name));
  const host = { cwd: import.meta.dirname, env: { GITHUB_API_URL: server.apiUrl, ...env }, ...quiet };
  return await run({ command: 'validate', bundle: bundles, store: address }, host);
}

const quiet = { now: () => new Date('2026-11-22T12:00:00Z'), progress: () => undefined };

/** Whatever arrived anywhere: the API's quota counts the first number only. */
function counted({ requests, downloads }: Server): { api: number; downloads: number } {
  return { api: requests.length, downloads: downloads.length };
}

describe('validating a pull request, cold', () => {
  const figures: unknown[] = [];

  it.each([1000, 2500])('against %i releases takes no more than 15 requests', async (count) => {
    const { server } = await placeOf(count);
    const { report } = await validated(server, [next]);
    expect(report.subjects[0]?.history).toBe(`${address} (${count} releases)`);
    expect(report.subjects[0]?.skipped).toEqual([]);
    const { api, downloads } = counted(server);
    process.stdout.write(`  ${count} releases: ${api} requests, ${downloads} of them led on to the storage host\n`);
    expect(api + downloads).toBeLessThanOrEqual(limit);
    figures.push({ api, downloads });
  });

  it('takes as many against 2,500 as against 1,000', () => {
    expect(figures).toHaveLength(2);
    expect(figures[0]).toEqual(figures[1]);
  });

  it('reads once for all bundles of the pull request', async () => {
    const { server } = await placeOf(300);
    const { report } = await validated(server, ['ML-DGA-20261122-151', 'ML-DGA-20261122-152', 'ML-DGA-20261122-153']);
    expect(report.subjects.map(({ history }) => history)).toEqual(Array(3).fill(`${address} (300 releases)`));
    expect(counted(server).api).toBeLessThanOrEqual(limit);
  });

  it('knows the releases that GitHub no longer lists, by their tags and by the index', async () => {
    const { server, names } = await placeOf(1300);
    expect(names[0]).toBe('ML-DGA-20260101-1');
    const { report } = await validated(server, ['ML-DGA-20261122-1']);
    const taken = report.subjects[0]?.diagnostics.find(({ check }) => check === 'release-number-taken');
    expect(taken?.message).toContain('ML-DGA-20260101-1');
  });

  it('reads the manifests that the newest index does not list', async () => {
    const { server } = await placeOf(300, 2);
    const { report } = await validated(server, ['ML-DGA-20261122-200']);
    expect(report.subjects[0]?.history).toBe(`${address} (302 releases)`);
    expect(counted(server).api).toBeLessThanOrEqual(limit);
  });

  it('follows the pages of a server that cuts the list of tags', async () => {
    const { repository } = await filledRepository(1100);
    const { server } = await startPlace(repository, { refsAtOnce: 300 });
    onTestFinished(() => server.close());
    const { report } = await validated(server, [next]);
    expect(report.subjects[0]?.history).toBe(`${address} (1100 releases)`);
    expect(server.requests.filter(({ template }) => template.includes('matching-refs'))).toHaveLength(4);
  });
});
