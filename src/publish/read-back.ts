import type { Limits } from '../domain/limits.ts';
import type { PlannedAsset } from '../domain/plan.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import type { ReleaseDetails, ReleaseStore, StoredAsset } from '../stores/store.ts';
import { checksumsName, indexName, manifestName } from './asset.ts';
import { largest, measured } from './read-asset.ts';
import { type Spooled, spool } from './spool.ts';

/** A published release with every byte of it read once. */
export interface ReadBack {
  readonly details: ReleaseDetails;
  /** Size and digest of every asset, as read. */
  readonly assets: ReadonlyMap<string, PlannedAsset>;
  /** The assets that can be read again: zips, manifest, index, SHA256SUMS. */
  readonly kept: ReadonlyMap<string, Spooled>;
  /** Removes what was kept. */
  dispose(): Promise<void>;
}

/** What reading a release back may be told. */
export interface ReadBackOptions {
  readonly limits: Limits;
  readonly onAsset?: (asset: PlannedAsset) => void;
}

/**
 * Reads every asset of a release.
 * @throws Failure `release-not-found`, `release-corrupt` (an asset that must be opened is too large to be one), the store's
 */
export async function readBack(store: ReleaseStore, name: string, options: ReadBackOptions): Promise<ReadBack> {
  const details = await store.details(name);
  if (details === undefined) {
    throw new Failure('release-not-found', `There is no release \`${safe(name)}\` in ${safe(store.address, 1000)}.`);
  }
  const assets = new Map<string, PlannedAsset>();
  const kept = new Map<string, Spooled>();
  const dispose = async (): Promise<void> => {
    for (const asset of kept.values()) await asset.dispose();
  };
  try {
    for (const asset of details.assets) {
      const read = await readOne(store, name, asset, options.limits);
      if (read === undefined) continue;
      if ('source' in read) kept.set(asset.name, read);
      const found = { name: asset.name, size: read.size, sha256: read.sha256 };
      assets.set(asset.name, found);
      options.onAsset?.(found);
    }
    return { details, assets, kept, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function readOne(
  store: ReleaseStore,
  release: string,
  asset: StoredAsset,
  limits: Limits,
): Promise<Spooled | { readonly size: number; readonly sha256: string } | undefined> {
  const stream = await store.read(release, asset.name);
  if (stream === undefined) return undefined;
  const maximum = maximumOf(release, asset.name, limits);
  return maximum === undefined ? measured(stream) : spool(asset.name, bounded(release, asset.name, stream, maximum));
}

function maximumOf(release: string, asset: string, limits: Limits): number | undefined {
  if (asset === checksumsName) return largest.checksums;
  if (asset === indexName) return largest.index;
  if (asset === manifestName(release)) return largest.manifest;
  return /\.zip$/i.test(asset) ? limits.archiveBytes : undefined;
}

async function* bounded(
  release: string,
  asset: string,
  stream: AsyncIterable<Uint8Array>,
  maximum: number,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maximum) {
      throw new Failure(
        'release-corrupt',
        `\`${safe(asset)}\` of \`${safe(release)}\` has more than ${maximum} bytes.`,
      );
    }
    yield chunk;
  }
}
