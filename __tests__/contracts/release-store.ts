import { describe, expect, it } from 'vitest';
import { asset, codeOf, digestAt, publishAll, putMissing, request, threeAssets } from './assets.ts';
import { claimContract } from './release-store-claims.ts';
import { draftContract } from './release-store-drafts.ts';
import { freshPlaces, type MakeStore, type StorePlace } from './store-place.ts';

const name = 'ML-DGA-20261122-2';
const { sums, zip, three } = threeAssets('one');

/**
 * What every release store does, whatever it is made of.
 * @param makeStore makes a place; each test has its own
 */
export function releaseStoreContract(title: string, makeStore: MakeStore): void {
  describe(`${title} as a release store`, () => {
    const at = freshPlaces(makeStore);

    describe('reading', () => {
      it('is empty at first, and says how it is addressed', async () => {
        expect(await at.store.list()).toEqual([]);
        expect(await at.store.claims()).toEqual([]);
        expect(await at.store.details(name)).toBeUndefined();
        expect(await at.store.read(name, 'SHA256SUMS')).toBeUndefined();
        expect(at.store.address).toMatch(/^(dir|github):./);
      });

      it('gives back what was published, to every client', async () => {
        const before = Date.now();
        const committed = await publishAll(at.store, request(name, 'run-1'), three);
        const client = at.place.open();
        expect((await client.list()).map((release) => release.name)).toEqual([name]);
        const details = await client.details(name);
        expect(details).toEqual(committed);
        expect(details).toMatchObject({
          name,
          notes: request(name, 'run-1').notes,
          commit: request(name, 'run-1').commit,
        });
        expect(details?.assets.map((file) => [file.name, file.size])).toEqual(
          three.map((file) => [file.name, file.size]),
        );
        // A store that knows digests knows the right ones.
        for (const [index, wanted] of three.entries()) {
          expect([undefined, wanted.sha256]).toContain(details?.assets[index]?.sha256);
        }
        expect(details?.url).toContain(name);
        expect(details?.publishedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        // GitHub's clock has whole seconds.
        expect(Date.parse(details?.publishedAt ?? '')).toBeGreaterThanOrEqual(before - 2000);
        for (const wanted of three) expect(await digestAt(client, name, wanted.name)).toBe(wanted.sha256);
        expect(await client.claims()).toEqual([]);
      });

      it('gives an asset as often as it is read, and to a reader who stops early', async () => {
        await publishAll(at.store, request(name, 'run-1'), three);
        for await (const chunk of (await at.store.read(name, 'bundle.zip')) ?? []) {
          expect(chunk.length).toBeGreaterThan(0);
          break;
        }
        const twice = [digestAt(at.store, name, zip.name), digestAt(at.store, name, zip.name)];
        expect(await Promise.all(twice)).toEqual([zip.sha256, zip.sha256]);
      });

      it('lists by name, without a commit where there was none', async () => {
        const { commit, ...bare } = request('ML-DGA-20261122-10', 'run-1');
        expect(commit).toBeDefined();
        for (const wanted of [request('ML-Other-20261122-1', 'run-2'), bare, request('ML-DGA-20261121-9', 'run-3')]) {
          await publishAll(at.store, wanted, [sums]);
        }
        const names = (await at.store.list()).map((release) => release.name);
        expect(names).toEqual(['ML-DGA-20261121-9', 'ML-DGA-20261122-10', 'ML-Other-20261122-1']);
      });

      it.each(['../x', '..', '.', '', '/etc', 'a/b', 'a\\b', 'x\0y', `${name}/../${name}`, 'n'.repeat(300)])(
        'has nothing under the name %j, and takes nothing under it',
        async (odd) => {
          await publishAll(at.store, request(name, 'run-1'), [sums]);
          expect(await at.store.details(odd)).toBeUndefined();
          expect(await at.store.read(odd, 'SHA256SUMS')).toBeUndefined();
          expect(await at.store.read(name, odd)).toBeUndefined();
          expect(await codeOf(at.store.begin(request(odd, 'run-2')))).not.toBe('done');
          const draft = await at.store.begin(request('ML-DGA-20261122-3', 'run-2'));
          expect(await codeOf(at.store.put(draft, asset(odd, Buffer.from('x'))))).not.toBe('done');
          await at.store.seal(draft, []);
          await at.store.abandon(draft);
        },
      );
    });

    describe('a published release', () => {
      it('is never begun again, by whomever, and does not change', async () => {
        await publishAll(at.store, request(name, 'run-1'), three);
        const before = await seen(at.place);
        expect(await codeOf(at.store.begin(request(name, 'run-1')))).toBe('release-exists');
        expect(await codeOf(at.place.open().begin(request(name, 'run-2', 'other')))).toBe('release-exists');
        expect(await seen(at.place)).toEqual(before);
      });

      it('survives a second commit, puts and abandons of its draft', async () => {
        const draft = await at.store.begin(request(name, 'run-1'));
        await putMissing(at.store, draft, three);
        await at.store.seal(draft, three);
        const details = await at.store.commit(draft);
        const before = await seen(at.place);
        expect(await at.store.commit(draft)).toEqual(details);
        expect(await at.place.open().commit(draft)).toEqual(details);
        expect(await codeOf(at.store.put(draft, asset('late.txt', Buffer.from('late'))))).toBe('precondition-failed');
        expect(await codeOf(at.store.seal(draft, three))).toBe('precondition-failed');
        expect(await at.store.abandon(draft)).toBe(false);
        expect(await codeOf(at.store.commit({ ...draft, run: 'run-2' }))).toBe('precondition-failed');
        expect(await seen(at.place)).toEqual(before);
      });
    });

    draftContract(makeStore);
    claimContract(makeStore);

    it('publishes eight numbers of a family at once and loses nothing', async () => {
      const names = Array.from({ length: 8 }, (_, index) => `ML-DGA-20261122-${index + 1}`);
      await Promise.all(
        names.map((each) => publishAll(at.place.open(), request(each, `run-${each}`), threeAssets(each).three)),
      );
      expect((await at.store.list()).map((release) => release.name)).toEqual(names);
      expect(await at.store.claims()).toEqual([]);
      for (const each of names) expect(await digestAt(at.store, each, 'bundle.zip')).toBe(threeAssets(each).zip.sha256);
    });
  });
}

/** Everything that can be seen of a store from outside. */
async function seen(place: StorePlace): Promise<unknown> {
  const client = place.open();
  const details = await Promise.all((await client.list()).map((release) => client.details(release.name)));
  const digests: string[] = [];
  for (const release of details) {
    for (const file of release?.assets ?? []) {
      digests.push(`${file.name} ${await digestAt(client, release?.name ?? '', file.name)}`);
    }
  }
  return { listed: await client.list(), details, digests, claims: await client.claims() };
}
