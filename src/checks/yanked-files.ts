import type { Bundle } from '../domain/bundle.ts';
import type { History, KnownRelease } from '../domain/history.ts';
import type { YankedRelease, Yanking } from '../domain/yanked.ts';

/** A file of the bundle that a yanked release holds, and no release that stands. */
export interface YankedFile {
  /** Path in the bundle. */
  readonly path: string;
  /** Path in the release. */
  readonly earlier: string;
  readonly yanked: YankedRelease;
}

/**
 * The files of a bundle that yanked releases hold, by the digest of their bytes, or of the historic canonical text of a
 * model. A file that a release holds which is not yanked is not what the yanked one was yanked for.
 */
export function yankedFiles({ name, entries }: Bundle, { releases }: History, yanking: Yanking): YankedFile[] {
  const yanked = new Map(yanking.releases.map((release) => [release.name, release]));
  const bad = releases.filter((release) => yanked.has(release.name) && release.name !== name);
  if (bad.length === 0) return [];
  const good = new Set(releases.filter((release) => !yanked.has(release.name)).flatMap(digestsOf));
  return entries.flatMap(({ path, sha256, canonicalSha256 }) => {
    const own = [sha256, canonicalSha256?.()].filter((digest) => digest !== undefined);
    if (own.some((digest) => good.has(digest))) return [];
    return bad.flatMap((release) => {
      const earlier = release.entries.find((entry) => digestsOfEntry(entry).some((digest) => own.includes(digest)));
      const entry = yanked.get(release.name);
      return earlier === undefined || entry === undefined ? [] : [{ path, earlier: earlier.path, yanked: entry }];
    });
  });
}

function digestsOf({ entries }: KnownRelease): string[] {
  return entries.flatMap(digestsOfEntry);
}

function digestsOfEntry({ sha256, canonicalSha256 }: KnownRelease['entries'][number]): string[] {
  return canonicalSha256 === undefined ? [sha256] : [sha256, canonicalSha256];
}
