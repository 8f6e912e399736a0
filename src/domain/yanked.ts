import { safe } from './safe.ts';

/** A release that its maintainers warn of: it stays published, and nobody is to use it any more. */
export interface YankedRelease {
  readonly name: string;
  /**
   * SHA-256 of its manifest, lower-case hex: the manifest names every file and the zip by digest, and every index lists
   * it, so that no entry needs a download to be compared. Absent where the entry has none that can be read.
   */
  readonly manifestSha256?: string;
  readonly reason: string;
  /** Release to use instead. */
  readonly replacement?: string;
  /** Where it is said, for people. */
  readonly source: string;
}

/** What is known of yanked releases. */
export interface Yanking {
  readonly releases: readonly YankedRelease[];
  /** What of the lists could not be read, in whole sentences. */
  readonly remarks: readonly string[];
  /** Why a list was not read at all, in a whole sentence: whether a release is yanked is not known then. */
  readonly unread?: string;
}

/** Nobody says anything. */
export const nothingYanked: Yanking = { releases: [], remarks: [] };

/** The entry of a release; where there are several, the first one. */
export function yankedEntry({ releases }: Yanking, name: string): YankedRelease | undefined {
  return releases.find((release) => release.name === name);
}

/** `yanked: <reason>; use <replacement> instead`. */
export function yankedText({ reason, replacement }: YankedRelease): string {
  return `yanked: ${safe(reason, 1000)}${replacement === undefined ? '' : `; use ${safe(replacement)} instead`}`;
}

/** The same for a report of a machine. */
export function yankedFacts({ reason, replacement }: YankedRelease): { reason: string; replacement?: string } {
  return { reason, ...(replacement === undefined ? {} : { replacement }) };
}

/**
 * What entries and store do not agree about, in whole sentences.
 * @param names every name that was ever in the store
 * @param manifests digests of the manifests that are known, by release
 */
export function yankedDoubts(
  { releases }: Yanking,
  names: readonly string[],
  manifests: ReadonlyMap<string, string>,
): string[] {
  const there = new Set(names);
  return releases.flatMap(({ name, manifestSha256, source }) => {
    if (!there.has(name)) return [`${safe(source)} yanks ${safe(name)}, which is not in the store.`];
    const published = manifests.get(name);
    if (manifestSha256 === undefined || published === undefined || published === manifestSha256) return [];
    return [
      `${safe(source)} yanks ${safe(name)} with a manifest of sha256 ${manifestSha256}; published is ${published}. It counts as yanked: correct the entry, or find out who changed the store.`,
    ];
  });
}
