import { compareText } from '../domain/diagnostic.ts';
import { parseReleaseName } from '../domain/tag.ts';
import { Failure } from '../errors.ts';
import type { SeenRelease, Survey } from '../stores/store.ts';
import { indexName } from './asset.ts';

/**
 * The newest release that carries an index (latest `published_at`, ties by name), found by looking at few. Where the
 * store shows some along the way, it is the newest of these; else numbers run upwards in each family, so only those
 * with a family's highest number can be the newest. Where none of them has an index (the historic tool published last)
 * the next lower ones are looked at, and irregular names at the very end. What was published at once may be published
 * in another order than it is numbered or listed; then the one found is the second newest, and the newest is simply
 * one that it does not list.
 * @throws Failure `index-corrupt`, and those of the store
 */
export async function newestWithIndex(survey: Survey): Promise<string | undefined> {
  const shown = newestOf(survey.seen);
  if (shown !== undefined) return shown.name;
  for (const candidates of rounds(survey.names)) {
    const newest = newestOf(await lookAt(survey, candidates));
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

async function lookAt(survey: Survey, names: readonly string[]): Promise<SeenRelease[]> {
  try {
    return await survey.look(names);
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.code !== 'release-corrupt') throw cause;
    // Which release is the newest cannot be said any more; what they hold still can, from their manifests.
    throw new Failure('index-corrupt', `The newest index cannot be told: ${cause.message}`, { cause });
  }
}

function newestOf(releases: readonly SeenRelease[]): SeenRelease | undefined {
  return releases.filter(hasIndex).sort(byAge).at(-1);
}

function hasIndex({ assets }: SeenRelease): boolean {
  return assets.some(({ name }) => name === indexName);
}

function byAge(a: SeenRelease, b: SeenRelease): number {
  return Date.parse(a.publishedAt) - Date.parse(b.publishedAt) || compareText(a.name, b.name);
}
