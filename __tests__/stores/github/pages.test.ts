import { expect, it, onTestFinished } from 'vitest';
import { codeOf, publishAll, request, threeAssets } from '../../contracts/assets.ts';
import { addRelease, emptyRepository } from '../../github-server/state.ts';
import { order, runJob } from './job.ts';
import { type Place, startPlace } from './place.ts';

/** A repository with releases of two families, named by a number each, oldest first. */
async function filled(
  count: number,
  options: Parameters<typeof startPlace>[1] = {},
): Promise<Place & { names: string[] }> {
  const repository = emptyRepository();
  const names = Array.from({ length: count }, (_, index) => {
    const name = `${index % 2 === 0 ? 'ML-DGA' : 'ML-experimental-detections'}-20260101-${Math.floor(index / 2) + 1}`;
    const createdAt = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString();
    addRelease(repository, name, { 'a.txt': Buffer.from(name) }, { createdAt });
    return name;
  });
  const place = await startPlace(repository, options);
  onTestFinished(async () => {
    await place.server.close();
    expect(place.server.problems).toEqual([]);
  });
  return { ...place, names };
}

it('lists more than a page of releases, and publishes beside them', async () => {
  const { open, names } = await filled(250);
  expect((await open().list()).map(({ name }) => name)).toEqual(names.toSorted());
  expect(await codeOf(open().begin(request('ML-DGA-20261122-100', 'run-1')))).toBe('number-lost');
  await publishAll(open(), request('ML-DGA-20261122-126', 'run-1'), threeAssets('one').three);
  expect(await open().list()).toHaveLength(251);
});

it('knows all names of more than the 1,000 releases that GitHub lists, the oldest too', async () => {
  const { open, server, names } = await filled(2500);
  expect((await open().list()).map(({ name }) => name)).toEqual(names.toSorted());
  process.stdout.write(`  a list of 2,500 releases: ${server.requests.length} requests\n`);
  expect((await open().details('ML-DGA-20260101-1'))?.assets).toMatchObject([{ name: 'a.txt', size: 17 }]);
  expect(await codeOf(open().begin(request('ML-DGA-20261122-1', 'run-1')))).toBe('number-lost');
  expect(await codeOf(open().begin(request('ML-DGA-20260101-1', 'run-1')))).toBe('release-exists');
  const { three } = threeAssets('one');
  await publishAll(open(), request('ML-DGA-20261122-1251', 'run-1'), three);
  expect(await codeOf(open().begin(request('ML-DGA-20261122-1251', 'run-2')))).toBe('release-exists');
}, 120_000);

it('reads more than a page of assets back', async () => {
  const { open } = await filled(1);
  const many = order('ML-DGA-20261122-2', 'run-1', 130, 'many');
  expect(await runJob(open(), many)).toBeUndefined();
  expect((await open().details('ML-DGA-20261122-2'))?.assets).toHaveLength(130);
}, 120_000);

it('works under the addresses of GitHub Enterprise Server', async () => {
  const { open, server } = await filled(3, { enterprise: true });
  expect(server.apiUrl).toMatch(/\/api\/v3$/);
  expect(
    await runJob(open({ apiUrl: `${server.apiUrl}/` }), order('ML-DGA-20261122-3', 'run-1', 2, 'ghes')),
  ).toBeUndefined();
});
