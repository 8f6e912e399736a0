import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Intent, Leftover, Preflight } from '../../src/stores/preflight.ts';
import type { ReleaseStore } from '../../src/stores/store.ts';
import { codeOf, publishAll, putMissing, request, threeAssets } from './assets.ts';

/** A fresh and empty place for releases, as `doctor` finds it. */
export interface ExaminedPlace {
  /** A client of the place, as each run opens its own. */
  open(): ReleaseStore & Preflight;
  /** Ends a run in the middle of its work. */
  end(run: string): Promise<void>;
  /** All that the place holds. */
  state(): unknown;
  /** Makes it a place that nobody can publish in. */
  spoil(): Promise<void>;
  close(): Promise<void>;
}

const intent: Intent = { families: ['ML-DGA'], environments: [] };
const name = 'ML-DGA-20261122-2';
const [mine, theirs] = ['github-101-0123456789ab', 'github-202'];
const { three } = threeAssets('doctor');

/** What every store must say and do of what is in the way, and of what earlier runs left. */
export function preflightContract(kind: string, makePlace: () => Promise<ExaminedPlace>): void {
  describe(`${kind}: what is in the way, and what was left`, () => {
    let place: ExaminedPlace;
    beforeEach(async () => {
      place = await makePlace();
    });
    afterEach(() => place.close());

    /** Begins a release in a client of its own, and puts its files. */
    async function begun(release: string, run: string): Promise<void> {
      const store = place.open();
      await putMissing(store, await store.begin(request(release, run)), three);
    }

    /** What is left of a run. */
    async function left(run: string): Promise<Leftover & { readonly run: string }> {
      const found = (await place.open().leftovers()).find((leftover) => leftover.run === run);
      if (found === undefined) throw new Error(`Nothing is left of ${run}.`);
      return { ...found, run };
    }

    it('nothing is missing in a new place, nor in one with releases, and asking leaves nothing', async () => {
      for (const round of ['empty', 'filled']) {
        const before = place.state();
        const conditions = await place.open().probe(intent);
        expect(conditions.length).toBeGreaterThan(0);
        const bad = conditions.filter(({ state }) => state === 'missing' || state === 'unknown');
        expect(bad).toEqual([]);
        expect(place.state()).toEqual(before);
        if (round === 'empty') await publishAll(place.open(), request(name, mine), three);
      }
    });

    it('what is missing has a code, says what it saw, and what to do', async () => {
      await publishAll(place.open(), request(name, mine), three);
      await place.spoil();
      const before = place.state();
      const missing = (await place.open().probe(intent)).filter(({ state }) => state === 'missing');
      expect(missing.length).toBeGreaterThan(0);
      for (const { subject, message, help = '', code } of missing) {
        expect(subject).toMatch(/^[a-z ]+$/);
        expect(message).toMatch(/\S.*\.$/);
        expect(help).toMatch(/\S/);
        expect(code).toMatch(/^[a-z-]+$/);
      }
      expect(place.state()).toEqual(before);
    });

    it('lists what runs hold, and whether they are over; nothing that is published', async () => {
      await publishAll(place.open(), request('ML-DGA-20261121-1', mine), three);
      expect(await place.open().leftovers()).toEqual([]);
      await begun(name, mine);
      await begun('ML-DGA-20261122-3', theirs);
      await place.end(mine);
      const found = await place.open().leftovers();
      expect(found.map((leftover) => [leftover.name, leftover.run, leftover.standing === 'ended'])).toEqual([
        [name, mine, true],
        ['ML-DGA-20261122-3', theirs, false],
      ]);
      for (const { since } of found) expect(Date.parse(since)).toBeGreaterThan(0);
    });

    it('discards what a run left, so that another one can begin, and nothing else', async () => {
      await publishAll(place.open(), request('ML-DGA-20261121-1', mine), three);
      await begun(name, mine);
      await begun('ML-DGA-20261122-3', theirs);
      await place.end(mine);
      expect((await place.open().discard(await left(mine))).length).toBeGreaterThan(0);
      const store = place.open();
      expect((await store.list()).map((release) => release.name)).toEqual(['ML-DGA-20261121-1']);
      expect((await store.leftovers()).map((leftover) => leftover.run)).toEqual([theirs]);
      await publishAll(store, request(name, 'github-303'), three);
      expect((await store.list()).map((release) => release.name)).toEqual(['ML-DGA-20261121-1', name]);
    });

    it('discards nothing twice, and nothing of another run', async () => {
      await begun(name, mine);
      await place.end(mine);
      const leftover = await left(mine);
      const before = place.state();
      expect(await place.open().discard({ ...leftover, run: theirs })).toEqual([]);
      expect(await place.open().discard({ ...leftover, name: 'ML-DGA-20261122-9' })).toEqual([]);
      expect(place.state()).toEqual(before);
      expect(await place.open().discard(leftover)).not.toEqual([]);
      expect(await place.open().discard(leftover)).toEqual([]);
      expect(await place.open().leftovers()).toEqual([]);
    });

    it('keeps what was published meanwhile', async () => {
      await begun(name, mine);
      await place.end(mine);
      const leftover = await left(mine);
      await publishAll(place.open(), request(name, mine), three);
      const before = place.state();
      expect(await place.open().discard(leftover)).toEqual([]);
      expect(place.state()).toEqual(before);
    });

    it('a run whose draft is taken away under it stops, and publishes nothing', async () => {
      const store = place.open();
      const draft = await store.begin(request(name, mine));
      await putMissing(store, draft, three);
      expect(await place.open().discard(await left(mine))).not.toEqual([]);
      const sealed = await codeOf(store.seal(draft, three));
      const committed = await codeOf(store.commit(draft));
      expect([sealed, committed]).not.toContain('done');
      expect(await place.open().list()).toEqual([]);
    });
  });
}
