import { describe, expect, it } from 'vitest';
import { confirm } from '../../src/publish/confirm.ts';
import { readHistory } from '../../src/publish/history.ts';
import type { PreparedRelease } from '../../src/publish/prepare.ts';
import { publishRelease } from '../../src/publish/publish.ts';
import type { ReleaseDetails, ReleaseStore, StoredAsset } from '../../src/stores/store.ts';
import { codeOf, failureOf } from '../contracts/assets.ts';
import { bundle, dga, limits, newStore, prepare } from './workshop.ts';
import { counting } from './written-store.ts';

const [one, two] = ['1'.repeat(40), '2'.repeat(40)];

/** A release of the example that was published a moment ago. */
async function published(): Promise<{ store: ReleaseStore; details: ReleaseDetails; release: PreparedRelease }> {
  const { store } = newStore();
  const release = await prepare(await bundle(dga), await readHistory(store), { commit: one });
  await publishRelease(store, release, { limits });
  const details = await store.details(dga);
  if (details === undefined) throw new Error('nothing is published');
  return { store, details, release };
}

describe('a release that was published a moment ago', () => {
  it('is read where the store gives no digests', async () => {
    const { store, details, release } = await published();
    const counted = counting(store);
    const told: string[] = [];
    const { problems, assets, models } = await confirm(counted.store, details, release, ({ name }) => told.push(name));
    expect(problems).toEqual([]);
    expect(counted.reads.toSorted()).toEqual(release.assets.map(({ name }) => `${dga}/${name}`).toSorted());
    expect(told).toEqual(assets.map(({ name }) => name));
    expect(models).toEqual([{ id: 'dga_1000_1.0', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });

  it('is compared by the digests that the store gives, and of the others alone is read', async () => {
    const { store, details, release } = await published();
    const digests = new Map(release.assets.map(({ name, sha256 }) => [name, sha256]));
    const assets = details.assets.map((asset): StoredAsset => {
      const sha256 = digests.get(asset.name);
      return asset.name === 'SHA256SUMS' || sha256 === undefined ? asset : { ...asset, sha256 };
    });
    const counted = counting(store);
    const { problems } = await confirm(counted.store, { ...details, assets }, release);
    expect([problems, counted.reads]).toEqual([[], [`${dga}/SHA256SUMS`]]);
  });

  it.each<[string, (assets: readonly StoredAsset[]) => StoredAsset[], string]>([
    ['other bytes', (all) => all.map((asset) => ({ ...asset, sha256: 'f'.repeat(64) })), 'reads back with ffff'],
    ['another length', (all) => all.map((asset) => ({ ...asset, size: 1, sha256: 'f'.repeat(64) })), 'SHA256SUMS'],
    ['one more', (all) => [...all, { name: 'more.txt', size: 1, sha256: 'f'.repeat(64) }], 'with sha256 none and'],
    ['one less', (all) => all.slice(1), 'reads back with none'],
    ['one that is gone when it is read', (all) => [...all.slice(1), { name: 'gone', size: 1 }], 'reads back with none'],
  ])('is found out where it has %s', async (_, change, message) => {
    const { store, details, release } = await published();
    const { problems } = await confirm(store, { ...details, assets: change(details.assets) }, release);
    expect(problems.join(' ')).toContain(message);
    const lying: ReleaseStore = {
      ...newStore().store,
      commit: async () => ({ ...details, assets: change(details.assets) }),
      read: store.read,
    };
    expect(await failureOf(publishRelease(lying, release, { limits }))).toMatchObject({
      code: 'verify-failed',
      exit: 3,
    });
  });

  it('whose tag stands on another commit is a failure that names both', async () => {
    const { store, details, release } = await published();
    const failure = await failureOf(confirm(store, { ...details, commit: two }, release));
    expect(failure).toMatchObject({ code: 'tag-moved', exit: 2 });
    expect(failure?.message).toContain(one);
    expect(failure?.message).toContain(two);
    const { commit, ...unknown } = details;
    expect(commit).toBe(one);
    expect(await codeOf(confirm(store, unknown, release))).toBe('done');
  });
});
