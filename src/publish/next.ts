import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { nextName } from '../domain/tag.ts';
import { Failure, type FailureCode } from '../errors.ts';
import type { ReleaseStore } from '../stores/store.ts';

/** What minting may be told. */
export interface NextOptions {
  /** Names that the store does not show and that are taken all the same (`History.removed`). */
  readonly taken?: readonly string[];
  /** Names that this run began before and did not publish: tried first, so that none of them is left. */
  readonly begun?: readonly string[];
  /** Told when another run took the number. */
  readonly onRenamed?: (from: string, to: string) => void;
}

/** Of any number of runs one gets the number at each try: so many at once are no honest use. */
const tries = 50;
const lost: readonly FailureCode[] = ['number-lost', 'claim-held', 'release-exists'];

/**
 * The next name of a family: one more than the highest number that is published or claimed.
 * @param date `YYYYMMDD`
 */
export async function mintName(
  store: ReleaseStore,
  family: string,
  date: string,
  taken: readonly string[] = [],
): Promise<string> {
  // Claims first: what turns from a claim into a release meanwhile is seen in either.
  const claimed = await store.claims();
  const published = (await store.list()).map(({ name }) => name);
  return nextName(family, date, [...claimed, ...published, ...taken]);
}

/**
 * Attempts something under the next name of a family, and under the next again where another run took the number.
 * @param attempt rejects with `number-lost`, `claim-held` or `release-exists` where the name is not to be had
 * @throws Failure whatever `attempt` throws else; `number-lost` after 50 tries
 */
export async function withNextName<T>(
  store: ReleaseStore,
  family: string,
  date: string,
  attempt: (name: string) => Promise<T>,
  { taken = [], begun = [], onRenamed }: NextOptions = {},
): Promise<T> {
  let last: { readonly name: string; readonly cause: Failure } | undefined;
  for (let count = 0; count < tries; count += 1) {
    const name = begun[count] ?? (await mintName(store, family, date, taken));
    if (last !== undefined && last.name !== name) onRenamed?.(last.name, name);
    try {
      return await attempt(name);
    } catch (error) {
      if (!(error instanceof Failure) || !lost.includes(error.code)) throw error;
      last = { name, cause: error };
      // Those who lost the same race do not start the next one together.
      await setTimeout(randomInt(1, Math.min(100, 10 + 10 * count)));
    }
  }
  throw new Failure('number-lost', `No number of ${family} was to be had in ${tries} tries.`, { cause: last?.cause });
}
