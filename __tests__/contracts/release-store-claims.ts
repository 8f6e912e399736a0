import { describe, expect, it } from 'vitest';
import { codeOf, failureOf, publishAll, putMissing, request, threeAssets } from './assets.ts';
import { freshPlaces, type MakeStore } from './store-place.ts';

const name = 'ML-DGA-20261122-2';
const otherDate = 'ML-DGA-20261123-2';
const { sums, zip, three } = threeAssets('one');

/** The part of the contract about who holds a name. */
export function claimContract(makeStore: MakeStore): void {
  describe('a claim', () => {
    const at = freshPlaces(makeStore);

    it('is resumed by its own run, with what is there', async () => {
      const draft = await at.store.begin(request(name, 'run-1'));
      await putMissing(at.store, draft, [sums, zip]);
      const again = await at.place.open().begin(request(name, 'run-1'));
      expect([...again.present].sort()).toEqual([
        ['SHA256SUMS', sums.sha256],
        ['bundle.zip', zip.sha256],
      ]);
      const client = at.place.open();
      const details = await publishAll(client, request(name, 'run-1'), three);
      expect(details.assets.length).toBe(3);
      expect(await client.claims()).toEqual([]);
    });

    it('is begun afresh by its own run with another bundle', async () => {
      const draft = await at.store.begin(request(name, 'run-1'));
      await putMissing(at.store, draft, three);
      const again = await at.store.begin(request(name, 'run-1', 'another bundle'));
      expect([...again.present]).toEqual([]);
      await at.store.seal(again, []);
      await at.store.abandon(again);
      expect(await at.store.claims()).toEqual([]);
    });

    it('keeps another run out, which changes nothing and cannot abandon it', async () => {
      const draft = await at.store.begin(request(name, 'run-1'));
      await at.store.put(draft, sums);
      const other = at.place.open();
      const failure = await failureOf(other.begin(request(name, 'run-2')));
      expect(failure?.code).toBe('claim-held');
      expect(failure?.message).toContain('run-1');
      const forged = { name, run: 'run-2', present: new Map<string, string>() };
      expect(await codeOf(other.put(forged, zip))).toBe('precondition-failed');
      expect(await codeOf(other.seal(forged, []))).toBe('precondition-failed');
      expect(await codeOf(other.commit(forged))).toBe('precondition-failed');
      await other.abandon(forged);
      await at.store.abandon(forged);
      expect(await at.store.claims()).toEqual([name]);
      await at.store.seal(draft, [sums]);
      await at.store.commit(draft);
    });

    it('is named for its run, and only while it is not published', async () => {
      await at.store.begin(request(name, 'run-1'));
      const other = at.place.open();
      await other.begin(request('ML-DGA-20261122-3', 'run-2'));
      expect(await other.leftBy('run-1')).toEqual([name]);
      expect(await other.leftBy('run-3')).toEqual([]);
      await publishAll(at.store, request(name, 'run-1'), three);
      expect([await other.leftBy('run-1'), await other.leftBy('run-2')]).toEqual([[], ['ML-DGA-20261122-3']]);
    });

    it('is free again when it is abandoned, once or twice', async () => {
      const draft = await at.store.begin(request(name, 'run-1'));
      await putMissing(at.store, draft, three);
      expect([await at.store.abandon(draft), await at.store.abandon(draft)]).toEqual([true, false]);
      expect(await at.store.claims()).toEqual([]);
      expect(await at.store.list()).toEqual([]);
      expect(await codeOf(at.store.put(draft, sums))).toBe('precondition-failed');
      const next = await at.place.open().begin(request(name, 'run-2'));
      expect([...next.present]).toEqual([]);
    });

    it('keeps its number from a name with another date, claimed or published', async () => {
      const draft = await at.store.begin(request(name, 'run-1'));
      const other = at.place.open();
      const claimed = await failureOf(other.begin(request(otherDate, 'run-2')));
      expect(claimed?.code).toBe('number-lost');
      expect(claimed?.message).toContain(name);
      expect(await at.store.claims()).toEqual([name]);
      await at.store.put(draft, sums);
      await at.store.seal(draft, [sums]);
      await at.store.commit(draft);
      expect(await codeOf(other.begin(request(otherDate, 'run-2')))).toBe('number-lost');
      expect(await at.store.claims()).toEqual([]);
    });

    it('keeps no other number and no other family from anybody', async () => {
      const names = [name, 'ML-DGA-20261122-3', 'ML-DGA-20261122-1', 'ML-DGA-two-20261123-2', 'ML-Other-20261123-2'];
      for (const [index, wanted] of names.entries()) await at.place.open().begin(request(wanted, `run-${index}`));
      expect((await at.store.claims()).toSorted()).toEqual(names.toSorted());
    });

    it('is had by exactly one of many runs that begin at once', async () => {
      const runs = Array.from({ length: 8 }, (_, index) => `run-${index}`);
      const codes = await Promise.all(runs.map((run) => codeOf(at.place.open().begin(request(name, run)))));
      expect(codes.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'claim-held'), 'done']);
      expect(await at.store.claims()).toEqual([name]);
    });

    it('of one number is had by exactly one of many dates that begin at once', async () => {
      const dates = Array.from({ length: 8 }, (_, index) => `ML-DGA-2026112${index}-2`);
      const codes = await Promise.all(dates.map((date) => codeOf(at.place.open().begin(request(date, `run-${date}`)))));
      expect(codes.toSorted()).toEqual(['done', ...Array.from({ length: 7 }, () => 'number-lost')]);
      expect(await at.store.claims()).toEqual(dates.filter((_, index) => codes[index] === 'done'));
    });
  });
}
