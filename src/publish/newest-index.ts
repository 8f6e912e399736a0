import { compareText } from '../domain/diagnostic.ts';
import { parseReleaseName } from '../domain/tag.ts';
import { Failure } from '../errors.ts';
import type { ReleaseDetails, ReleaseStore } from '../stores/store.ts';
import { indexName } from './asset.ts';
import { mapParallel } from './parallel.ts';

/**
 * The newest release that carries an index (latest `published_at`, ties by name), found by looking at few: numbers
 * run upwards in each family, so only those with a family's highest number can be the newest. Where none of them has
 * an index (the historic tool published last) the next lower ones are looked at, and irregular names at the very end.
 * Releases of one family that were made at once may be published in another order than they are numbered; then the
 * one found is the second newest, and the newest is simply one that it does not list.
 * @throws Failure `index-corrupt`, and those of the store
 */
export async function newestWithIndex(store: ReleaseStore, names: readonly string[]): Promise<string | undefined> {
  for (const candidates of rounds(names)) {
    const details = await mapParallel(candidates, (name) => detailsOf(store, name));
    const indexed = details.filter((release) => release !== undefined).filter(hasIndex);
    const newest = indexed.sort(byAge).at(-1);
    if (newest !== undefined) return newest.name;
  }
  return undefined;
}

/** Names in the order in which releases are likely to be new: the highest numbers of all families first. */
export function* rounds(names: readonly string[]): Generator<string[]> {
  const families = new Map<string, Map<bigint, string[]>>();
  const irregular: string[] = [];
  for (const text of names) {
    const name = parseReleaseName(text);
    if (typeof name === 'string') {
      irregular.push(text);
      continue;
    }
    const numbers = families.get(name.family) ?? new Map<bigint, string[]>();
    families.set(name.family, numbers);
    numbers.set(name.number, [...(numbers.get(name.number) ?? []), text]);
  }
  const descending = [...families.values()].map((numbers) =>
    [...numbers].sort(([a], [b]) => (a > b ? -1 : 1)).map(([, sharing]) => sharing),
  );
  const deepest = Math.max(0, ...descending.map((family) => family.length));
  for (let depth = 0; depth < deepest; depth += 1) yield descending.flatMap((family) => family[depth] ?? []);
  if (irregular.length > 0) yield irregular;
}

async function detailsOf(store: ReleaseStore, name: string): Promise<ReleaseDetails | undefined> {
  try {
    return await store.details(name);
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.code !== 'release-corrupt') throw cause;
    // Which release is the newest cannot be said any more; what they hold still can, from their manifests.
    throw new Failure('index-corrupt', `The newest index cannot be told: ${cause.message}`, { cause });
  }
}

function hasIndex({ assets }: ReleaseDetails): boolean {
  return assets.some(({ name }) => name === indexName);
}

function byAge(a: ReleaseDetails, b: ReleaseDetails): number {
  return Date.parse(a.publishedAt) - Date.parse(b.publishedAt) || compareText(a.name, b.name);
}
