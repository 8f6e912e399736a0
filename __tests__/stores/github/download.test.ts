import { expect, it, onTestFinished } from 'vitest';
import { digestAt, failureOf, publishAll, request, threeAssets } from '../../contracts/assets.ts';
import type { StorageFault } from '../../github-server/storage.ts';
import { type Place, startPlace } from './place.ts';

const name = 'ML-DGA-20261122-2';
const { zip, three } = threeAssets('one');

async function published(digests = true): Promise<Place> {
  const place = await startPlace(undefined, { digests });
  onTestFinished(async () => {
    await place.server.close();
    // The storage host says so when a token arrives there.
    expect(place.server.problems).toEqual([]);
  });
  await publishAll(place.open(), request(name, 'run-1'), three);
  return place;
}

it.each<[string, StorageFault[]]>([
  ['without faults', []],
  ['that breaks off', ['cut']],
  ['that breaks off three times', ['cut', 'cut', 'cut']],
  ['that breaks off, and begins anew', ['cut', 'ignore-range']],
  ['from a busy host', ['503', '503']],
])('a download %s is whole, and no token leaves the API', async (_, faults) => {
  const { open, server } = await published();
  server.storageFaults.push(...faults);
  expect(await digestAt(open(), name, zip.name)).toBe(zip.sha256);
  expect(server.storageFaults).toEqual([]);
});

it('a download of other bytes is refused at its end', async () => {
  const { open, server } = await published();
  server.storageFaults.push('other-bytes');
  const failure = await failureOf(digestAt(open(), name, zip.name));
  expect(failure?.code).toBe('release-corrupt');
  expect(failure?.message).toContain(zip.sha256);
});

it.each<[string, StorageFault]>([
  ['leads in a circle', 'redirect'],
  ['never ends', 'cut'],
])('a download that %s is given up', async (_, fault) => {
  const { open, server } = await published();
  server.storageFaults.push(...Array.from({ length: 40 }, () => fault));
  // Half of what is left comes each time: the last tries have nothing left to break off.
  const failure = await failureOf(digestAt(open({ patience: { tries: 3, request: 400, stall: 400 } }), name, zip.name));
  expect(failure?.code).toBe('github-unreachable');
});

it('assets whose digest GitHub does not know are compared by their bytes', async () => {
  const { open, server } = await published(false);
  const other = request('ML-DGA-20261122-3', 'run-2');
  const store = open();
  const draft = await store.begin(other);
  await store.put(draft, zip);
  const [stored] = server.repository.releases.at(-1)?.assets ?? [];
  if (stored === undefined) throw new Error('nothing is stored');
  stored.bytes = Buffer.alloc(zip.size, 'x');
  const failure = await failureOf(store.seal(draft, [zip]));
  expect(failure?.code).toBe('precondition-failed');
  expect(failure?.message).toContain('unlike');
});
