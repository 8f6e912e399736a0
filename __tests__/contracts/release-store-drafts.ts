import { describe, expect, it } from 'vitest';
import { asset, codeOf, digestAt, failureOf, lying, putMissing, request, seededBytes, threeAssets } from './assets.ts';
import { freshPlaces, type MakeStore } from './store-place.ts';

const name = 'ML-DGA-20261122-2';
const { sums, zip, least, three } = threeAssets('one');

/** The part of the contract from `begin` to `commit`. */
export function draftContract(makeStore: MakeStore): void {
  describe('a draft', () => {
    const at = freshPlaces(makeStore);

    it('is not to be seen before its commit, and its name is claimed', async () => {
      const draft = await at.store.begin(request(name, 'run-1'));
      expect(draft).toMatchObject({ name, run: 'run-1' });
      expect([...draft.present]).toEqual([]);
      await putMissing(at.store, draft, three);
      await at.store.seal(draft, three);
      const client = at.place.open();
      expect(await client.list()).toEqual([]);
      expect(await client.details(name)).toBeUndefined();
      expect(await client.read(name, 'SHA256SUMS')).toBeUndefined();
      expect(await client.claims()).toEqual([name]);
    });

    it.each([
      ['other bytes', seededBytes('other', 214)],
      ['fewer bytes', seededBytes('one sums', 213)],
      ['more bytes', Buffer.concat([seededBytes('one sums', 214), Buffer.from('\n')])],
      ['no bytes', Buffer.alloc(0)],
    ])('keeps nothing of an asset that gives %s', async (_, bytes) => {
      const draft = await at.store.begin(request(name, 'run-1'));
      expect(await codeOf(at.store.put(draft, lying(sums, bytes)))).toBe('file-changed');
      await at.store.seal(draft, []);
      await at.store.put(draft, sums);
      await at.store.seal(draft, [sums]);
      await at.store.commit(draft);
      expect(await digestAt(at.store, name, 'SHA256SUMS')).toBe(sums.sha256);
    });

    it('keeps the older asset when a newer one of its name fails, and replaces it when it does not', async () => {
      const draft = await at.store.begin(request(name, 'run-1'));
      await at.store.put(draft, sums);
      expect(await codeOf(at.store.put(draft, lying(sums, Buffer.from('x'))))).toBe('file-changed');
      await at.store.seal(draft, [sums]);
      const newer = asset('SHA256SUMS', seededBytes('newer', 500));
      await at.store.put(draft, newer);
      expect(await codeOf(at.store.seal(draft, [sums]))).toBe('precondition-failed');
      await at.store.seal(draft, [newer]);
    });

    it('hands on what the source of an asset fails with, and keeps nothing', async () => {
      const draft = await at.store.begin(request(name, 'run-1'));
      const broken = { ...zip, open: brokenOff };
      const failure = await failureOf(at.store.put(draft, broken));
      expect(failure?.code).toBe('file-unreadable');
      expect(failure?.message).toContain('bundle.zip');
      await at.store.seal(draft, []);
    });

    it('takes several assets at once', async () => {
      const draft = await at.store.begin(request(name, 'run-1'));
      await Promise.all(three.map((wanted) => at.store.put(draft, wanted)));
      await at.store.seal(draft, three);
    });

    it.each([
      ['one is missing', [sums, zip], three, /least\.txt.*missing/],
      ['one is not expected', three, [sums, zip], /least\.txt.*not expected/],
      ['one has other bytes', three, [sums, asset('bundle.zip', seededBytes('x', 300_000)), least], /bundle\.zip/],
      ['one is of another length', three, [sums, zip, asset('least.txt', Buffer.from('..'))], /least\.txt/],
    ])('is not sealed where %s', async (_, put, expected, message) => {
      const draft = await at.store.begin(request(name, 'run-1'));
      await putMissing(at.store, draft, put);
      const failure = await failureOf(at.store.seal(draft, expected));
      expect(failure?.code).toBe('precondition-failed');
      expect(failure?.message).toMatch(message);
      expect(await codeOf(at.store.commit(draft))).toBe('precondition-failed');
      expect(await at.store.list()).toEqual([]);
    });

    it('is not published unsealed, nor when something was put since', async () => {
      const draft = await at.store.begin(request(name, 'run-1'));
      await at.store.put(draft, sums);
      expect(await codeOf(at.store.commit(draft))).toBe('precondition-failed');
      await at.store.seal(draft, [sums]);
      await at.store.put(draft, zip);
      expect(await codeOf(at.store.commit(draft))).toBe('precondition-failed');
      expect(await at.store.list()).toEqual([]);
      await at.store.seal(draft, [sums, zip]);
      await at.store.commit(draft);
      expect((await at.store.details(name))?.assets.map((file) => file.name)).toEqual(['SHA256SUMS', 'bundle.zip']);
    });
  });
}

async function* brokenOff(): AsyncGenerator<Uint8Array> {
  yield seededBytes('one zip', 100_000);
  throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
}
