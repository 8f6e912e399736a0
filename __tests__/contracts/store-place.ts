import { afterEach, beforeEach } from 'vitest';
import type { ReleaseStore } from '../../src/stores/store.ts';

/** A fresh and empty place for releases. */
export interface StorePlace {
  /** A client of the place, as each run opens its own. */
  open(): ReleaseStore;
  /** Takes the place away. */
  close(): Promise<void>;
}

/** Makes a place of one kind of store. */
export type MakeStore = () => Promise<StorePlace>;

/** Gives each test of the `describe` around it a place of its own, and a client of it. */
export function freshPlaces(makeStore: MakeStore): { readonly place: StorePlace; readonly store: ReleaseStore } {
  let current: { place: StorePlace; store: ReleaseStore } | undefined;
  beforeEach(async () => {
    const place = await makeStore();
    current = { place, store: place.open() };
  });
  afterEach(async () => {
    await current?.place.close();
    current = undefined;
  });
  const now = (): { place: StorePlace; store: ReleaseStore } => {
    if (current === undefined) throw new Error('There is a place inside a test only.');
    return current;
  };
  return {
    get place() {
      return now().place;
    },
    get store() {
      return now().store;
    },
  };
}
