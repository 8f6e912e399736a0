import type { ReleaseStore, Survey } from '../stores/store.ts';
import { mapParallel } from './parallel.ts';

/**
 * What a store holds, as its history is read.
 * @param sparing few requests rather than the exact state of this moment, where the store can tell them apart
 */
export async function surveyOf(store: ReleaseStore, sparing: boolean): Promise<Survey> {
  if (sparing && store.survey !== undefined) return await store.survey();
  return exactSurvey(
    store,
    (await store.list()).map(({ name }) => name),
  );
}

/** The same of names that are published for certain. */
export function exactSurvey(store: ReleaseStore, names: readonly string[]): Survey {
  return {
    names,
    uncertain: new Set(),
    seen: [],
    look: async (wanted) => (await mapParallel(wanted, (name) => store.details(name))).flatMap((found) => found ?? []),
  };
}
