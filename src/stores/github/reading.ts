import { compareText } from '../../domain/diagnostic.ts';
import { parseReleaseName } from '../../domain/tag.ts';
import type { ReleaseDetails, Survey } from '../store.ts';
import type { Client } from './client.ts';
import { assetBytes } from './download.ts';
import { markerOf } from './marker.ts';
import { isAssetName, isTag } from './names.ts';
import { detailsOf } from './publication.ts';
import { allReleases, publishedUnder, tagsFrom } from './remote.ts';
import { familyPrefix, surveyOf } from './survey.ts';
import type { AssetCache } from './tool-cache.ts';
import type { RemoteAsset, RemoteRelease } from './wire.ts';

interface Names {
  readonly published: string[];
  readonly claimed: string[];
}

/**
 * Names that are published, and names that somebody holds. GitHub lists its 1,000 newest releases; of the older ones
 * the tags are known, and a tag without a draft counts as published there: its number is taken in any case.
 */
async function namesOf(client: Client, withClaims: boolean): Promise<Names> {
  const { releases, capped } = await allReleases(client);
  const published = new Set(releases.filter(({ draft }) => !draft).map(({ tag }) => tag));
  const drafts = releases.filter(({ draft, tag }) => draft && !published.has(tag)).map(({ tag }) => tag);
  if (!capped && !withClaims) return { published: [...published], claimed: [] };
  const tags = (await tagsFrom(client, familyPrefix)).map(({ tag }) => tag);
  const loose = tags.filter((tag) => typeof parseReleaseName(tag) === 'object' && !published.has(tag));
  const held = new Set(drafts);
  if (capped) for (const tag of loose) if (!held.has(tag)) published.add(tag);
  return { published: [...published], claimed: [...new Set([...drafts, ...(capped ? [] : loose)])] };
}

/** See `ReleaseStore.list`. */
export async function listReleases(client: Client): Promise<{ readonly name: string }[]> {
  const { published } = await namesOf(client, false);
  return published.sort(compareText).map((name) => ({ name }));
}

/** See `ReleaseStore.claims`. */
export async function listClaims(client: Client): Promise<string[]> {
  return (await namesOf(client, true)).claimed.sort(compareText);
}

/** See `ReleaseStore.leftBy`: the drafts whose marker names the run. */
export async function listLeftBy(client: Client, run: string): Promise<string[]> {
  const { releases } = await allReleases(client);
  const published = new Set(releases.filter(({ draft }) => !draft).map(({ tag }) => tag));
  const own = releases.filter(({ draft, tag, body }) => draft && !published.has(tag) && markerOf(body)?.run === run);
  return [...new Set(own.map(({ tag }) => tag))].sort(compareText);
}

/** Reads published releases: see `ReleaseStore`. */
interface Reader {
  survey(): Promise<Survey>;
  details(name: string): Promise<ReleaseDetails | undefined>;
  read(name: string, asset: string): Promise<AsyncIterable<Uint8Array> | undefined>;
}

/** A reader that asks for a release once for all of its files, and for a file that a cache has not at all. */
export function openReader(client: Client, cache?: AssetCache): Reader {
  // Numbers of assets; one that is not known here is asked for, and one that is gone is a failure of its download.
  const known = new Map<string, readonly RemoteAsset[]>();

  function remember({ tag, assets }: RemoteRelease): void {
    known.set(tag, assets);
  }

  async function releaseNamed(name: string): Promise<RemoteRelease | undefined> {
    const release = isTag(name) ? await publishedUnder(client, name) : undefined;
    if (release !== undefined) remember(release);
    return release;
  }

  return {
    survey: () => surveyOf(client, remember),
    details: async (name) => {
      const release = await releaseNamed(name);
      return release === undefined || release.assets.length === 0 ? undefined : await detailsOf(client, release);
    },
    read: async (name, asset) => {
      if (!isAssetName(asset)) return undefined;
      // What is published does not change: a file that was not in it is not asked for again.
      const assets = known.get(name) ?? (await releaseNamed(name))?.assets;
      const found = assets?.find(({ name: candidate, whole }) => candidate === asset && whole);
      return found === undefined ? undefined : bytesOf(client, found, cache);
    },
  };
}

async function bytesOf(
  client: Client,
  asset: RemoteAsset,
  cache: AssetCache | undefined,
): Promise<AsyncIterable<Uint8Array>> {
  const { sha256 } = asset;
  if (cache === undefined || sha256 === undefined) return assetBytes(client, asset);
  const digested = { ...asset, sha256 };
  return (await cache.find(digested)) ?? cache.keep(digested, assetBytes(client, asset));
}
