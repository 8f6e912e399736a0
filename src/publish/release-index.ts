import { compareText } from '../domain/diagnostic.ts';
import { isArray, member, type Value } from '../domain/document.ts';
import type { KnownEntry, KnownRelease } from '../domain/history.ts';
import { safe } from '../domain/safe.ts';
import type { AssetContent } from '../stores/store.ts';
import { indexName, memoryAsset } from './asset.ts';
import { isDigest, parseJson } from './untrusted.ts';

/** An index that another one was made from. */
export interface MadeFrom {
  readonly release: string;
  /** SHA-256 of its bytes. */
  readonly sha256: string;
}

/** What all releases up to one hold. */
export interface ReleaseIndex {
  /** None in a store's first index, and in one that was rebuilt from manifests. */
  readonly madeFrom: readonly MadeFrom[];
  readonly releases: readonly KnownRelease[];
}

/** More were never made at once by honest runs; what is left out here is listed all the same. */
const mostMadeFrom = 64;

/**
 * `index.json`: one line a release, sorted by name, the same bytes for the same content. An entry is
 * `[path, sha256]`, and `[path, sha256, canonical sha256]` for model files: of five files some 0.7 kB a release.
 */
export function indexAsset({ madeFrom, releases }: ReleaseIndex): AssetContent {
  const from = [...madeFrom].sort((a, b) => compareText(a.release, b.release)).slice(0, mostMadeFrom);
  const sources = from.map(({ release, sha256 }) => JSON.stringify({ release, sha256 })).join(',\n');
  const lines = [...releases].sort((a, b) => compareText(a.name, b.name)).map(indexLine);
  const text = `{"version":1,\n"made_from":[${sources}],\n"releases":[\n${lines.join(',\n')}\n]}\n`;
  return memoryAsset(indexName, Buffer.from(text));
}

/** The line of a release: two are equal if, and only if, the releases are known to hold the same. */
export function indexLine({ name, manifestSha256, models, entries }: KnownRelease): string {
  const files = entries.map(({ path, sha256, canonicalSha256 }) =>
    canonicalSha256 === undefined ? [path, sha256] : [path, sha256, canonicalSha256],
  );
  files.sort(([a = '', x = ''], [b = '', y = '']) => compareText(a, b) || compareText(x, y));
  return JSON.stringify({ name, manifest_sha256: manifestSha256, models, entries: files });
}

/** Reads an index, strictly: it is ours, so anything odd in it is a reason not to trust it. */
export function readIndex(bytes: Uint8Array): ReleaseIndex | { readonly reason: string } {
  const value = parseJson(bytes);
  const version = member(value, 'version');
  if (version !== 1) {
    const newer = typeof version === 'number' && version > 1;
    return { reason: newer ? `it has version ${version}: use a newer tool` : 'it is no index of version 1' };
  }
  const [from, listed] = [member(value, 'made_from'), member(value, 'releases')];
  if (!isArray(from) || !isArray(listed)) return { reason: '`made_from` or `releases` is no list' };
  if (from.length > mostMadeFrom) return { reason: `it was made from more than ${mostMadeFrom} indexes` };
  const madeFrom: MadeFrom[] = [];
  for (const source of from) {
    const [release, sha256] = [member(source, 'release'), member(source, 'sha256')];
    if (typeof release !== 'string' || !isDigest(sha256)) return { reason: 'a line of `made_from` is not of its form' };
    madeFrom.push({ release, sha256 });
  }
  const releases = new Map<string, KnownRelease>();
  for (const [position, record] of listed.entries()) {
    const release = releaseIn(record);
    if (release === undefined) return { reason: `release ${position + 1} in it is not of its form` };
    if (releases.has(release.name)) return { reason: `it lists \`${safe(release.name)}\` twice` };
    releases.set(release.name, release);
  }
  return { madeFrom, releases: [...releases.values()] };
}

function releaseIn(record: Value): KnownRelease | undefined {
  const [name, manifestSha256] = [member(record, 'name'), member(record, 'manifest_sha256')];
  const [models, files] = [member(record, 'models'), member(record, 'entries')];
  if (typeof name !== 'string' || name === '' || name.length > 255 || !isDigest(manifestSha256)) return undefined;
  if (!isArray(models) || !models.every((model) => typeof model === 'string') || !isArray(files)) return undefined;
  const entries = files.map(entryIn);
  if (!entries.every((entry) => entry !== undefined)) return undefined;
  return { name, manifestSha256, models, entries };
}

function entryIn(record: Value): KnownEntry | undefined {
  if (!isArray(record)) return undefined;
  const [path, sha256, canonicalSha256, ...more] = record;
  if (typeof path !== 'string' || path === '' || !isDigest(sha256) || more.length > 0) return undefined;
  if (canonicalSha256 === undefined) return { path, sha256 };
  return isDigest(canonicalSha256) ? { path, sha256, canonicalSha256 } : undefined;
}
