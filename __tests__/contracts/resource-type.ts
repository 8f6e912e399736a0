import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActualObject, DesiredObject } from '../../src/domain/resource.ts';
import type { ResourceType } from '../../src/resources/resource.ts';

/** A target with one type of objects on it, and all that such an object needs. */
export interface ResourcePlace {
  readonly type: ResourceType;
  /** An object that can be put there; the two differ in something that people do not tune. */
  desired(which: 'first' | 'second'): DesiredObject;
  /** Changes by hand what stands there under the id of `desired`, in something that people do not tune. */
  changeByHand(): Promise<void>;
  /** All that stands on the target, of this type and others, as text: to see that nothing else changed. */
  everything(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Ids that would reach something else if they were put into a path, a list or a pattern as they are. */
const oddIds = ['nowhere', '*', '_all', '..', '../x', 'a,b', 'a/b', 'a?b', 'a#b', 'a%2fb', 'ü', ' ', 'n'.repeat(200)];

/**
 * What every type of object does, on whatever target.
 * @param makePlace makes a target that holds something of others, and none of what `desired` gives
 */
export function resourceTypeContract(title: string, makePlace: () => Promise<ResourcePlace>): void {
  describe(`${title} as a type of object`, () => {
    let place: ResourcePlace;
    let before: readonly string[];
    beforeEach(async () => {
      place = await makePlace();
      before = await place.everything();
    });
    afterEach(async () => {
      await place.close();
    });

    const read = async (): Promise<ActualObject> => {
      const actual = await place.type.read(place.desired('first').id);
      return actual ?? expect.unreachable('nothing stands there');
    };

    it('reads nothing where nothing is, and changes nothing by reading', async () => {
      expect(await place.type.read(place.desired('first').id)).toBeUndefined();
      expect(await place.everything()).toEqual(before);
    });

    it.each(oddIds)('finds nothing under %j', async (id) => {
      // A server may refuse such an id; it never gives somebody else's object for it.
      expect(await place.type.read(id).catch(() => undefined)).toBeUndefined();
      expect(await place.everything()).toEqual(before);
    });

    it('gives back what was created, with the same digest every time', async () => {
      const desired = place.desired('first');
      await place.type.create(desired);
      const actual = await read();
      expect(place.type.equal(desired, actual)).toBe(true);
      expect(actual.digest).toMatch(/^[0-9a-f]{64}$/);
      expect(await read()).toEqual(actual);
      expect(place.type.equal(place.desired('second'), actual)).toBe(false);
    });

    it('tells what was changed by hand', async () => {
      const desired = place.desired('first');
      await place.type.create(desired);
      const { digest } = await read();
      await place.changeByHand();
      const changed = await read();
      expect(changed.digest).not.toBe(digest);
      expect(place.type.equal(desired, changed)).toBe(false);
    });

    it('changes into another one as it says, and back from what was saved', async () => {
      const [first, second] = [place.desired('first'), place.desired('second')];
      await place.type.create(first);
      const [saved, stood] = [await read(), await place.everything()];
      const change = place.type.change(second, saved);
      if (typeof change === 'object') {
        expect(change.refuse).not.toBe('');
        return;
      }
      if (change === 'update') {
        await place.type.update?.(second, saved);
      } else {
        await place.type.remove(first);
        await place.type.create(second);
      }
      const changed = await read();
      expect(place.type.equal(second, changed)).toBe(true);
      expect(changed.digest).not.toBe(saved.digest);
      if (place.type.restorable?.(saved) === false) return;
      for (let turn = 0; turn < 2; turn += 1) {
        await place.type.restore(first, stored(saved));
        expect((await read()).digest).toBe(saved.digest);
      }
      expect(await place.everything()).toEqual(stood);
    });

    it('goes, and leaves the target as it was; a second time nothing happens', async () => {
      const desired = place.desired('first');
      await place.type.create(desired);
      for (let turn = 0; turn < 2; turn += 1) {
        await place.type.remove(desired);
        expect(await place.type.read(desired.id)).toBeUndefined();
        expect(await place.everything()).toEqual(before);
      }
    });

    it('comes back from what was saved where nothing stands any more', async () => {
      const desired = place.desired('first');
      await place.type.create(desired);
      const [saved, stood] = [await read(), await place.everything()];
      if (place.type.restorable?.(saved) === false) return;
      await place.type.remove(desired);
      await place.type.restore(desired, stored(saved));
      expect((await read()).digest).toBe(saved.digest);
      expect(await place.everything()).toEqual(stood);
    });

    it('is quiet when it is new, which is seen by reading alone; of nothing there is no ill health', async () => {
      const desired = place.desired('first');
      await place.type.create(desired);
      const stood = await place.everything();
      const seen = await place.type.health?.([desired.id, 'nowhere'], { failures: 0 });
      expect(await place.everything()).toEqual(stood);
      if (seen === undefined) return;
      expect(seen.get(desired.id)).toMatchObject({ state: 'quiet', text: expect.stringMatching(/^\w.*[^.]$/) });
      expect(seen.get('nowhere')?.state ?? 'quiet').toBe('quiet');
    });

    it('is used by nobody when it is new', async () => {
      await place.type.create(place.desired('first'));
      expect((await place.type.usedBy?.(place.desired('first').id)) ?? []).toEqual([]);
    });
  });
}

/** A body as a journal gives it back. */
function stored({ body }: ActualObject): ActualObject['body'] {
  return JSON.parse(JSON.stringify(body));
}
