import type { Bundle } from '../domain/bundle.ts';
import type { KnownRelease } from '../domain/history.ts';
import type { Limits } from '../domain/limits.ts';
import { type ZipInput, zipStream } from '../formats/zip/write.ts';
import type { AssetContent } from '../stores/store.ts';
import { zipName } from './asset.ts';
import { type BundleContent, openContent } from './bundle-content.ts';
import { checksumsAsset } from './checksums.ts';
import { knownRelease } from './content.ts';
import { manifestAsset, type PackedZip, type Provenance } from './manifest.ts';
import { requireReadable } from './readable.ts';
import { type Spooled, spool } from './spool.ts';

/** What packing needs to know besides the bundle. */
export interface PackOptions extends Provenance {
  /** Name of the release; also the zip's top folder. */
  readonly name: string;
  /** Release description. */
  readonly notes: string;
  readonly limits: Limits;
}

/** A packed bundle: all that does not depend on other releases. */
export interface Packed {
  readonly zip: AssetContent;
  readonly manifest: AssetContent;
  /** Names the two: what stands beside them in a folder of `pack`; a release has its own, which names its index too. */
  readonly checksums: AssetContent;
  /** What the index says of it. */
  readonly known: KnownRelease;
  /** Removes temporary files; the assets cannot be read any more. */
  dispose(): Promise<void>;
}

/**
 * Packs a bundle: its entries, read again and compared with what was checked, become a zip of ours whose bytes depend
 * on names and contents alone, also where the bundle is a zip already. What lies below `_dev/` is not packed.
 * @throws Failure `pack-refused`, `file-changed`, `path-not-found`, `file-unreadable`, `disk-full`, `write-failed`
 */
export async function packBundle(bundle: Bundle, options: PackOptions): Promise<Packed> {
  const content = await openContent(bundle, options.limits);
  const compressedSizes = new Map<string, number>();
  const prefix = `${options.name}/`;
  const onWritten = (path: string, size: number): void => {
    compressedSizes.set(path.slice(prefix.length), size);
  };
  const zip = await spoolZip(zipName(options.name), zipStream(zipInputs(bundle, prefix, content), onWritten), content);
  const { size, sha256, open } = zip;
  const asset: PackedZip & AssetContent = { name: zipName(options.name), size, sha256, compressedSizes, open };
  try {
    requireReadable(asset, bundle.entries, options.limits);
  } catch (error) {
    await zip.dispose();
    throw error;
  }
  const manifest = manifestAsset(bundle, options.name, asset, options.notes, options);
  return {
    zip: asset,
    manifest,
    checksums: checksumsAsset([asset, manifest]),
    known: knownRelease(bundle, options.name, manifest.sha256),
    dispose: () => zip.dispose(),
  };
}

function zipInputs(bundle: Bundle, prefix: string, content: BundleContent): ZipInput[] {
  return bundle.entries.map((entry) => ({
    path: `${prefix}${entry.path}`,
    size: entry.size,
    open: () => content.open(entry),
  }));
}

async function spoolZip(name: string, stream: AsyncIterable<Uint8Array>, content: BundleContent): Promise<Spooled> {
  try {
    return await spool(name, stream);
  } finally {
    await content.dispose();
  }
}
