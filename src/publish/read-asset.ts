import { createHash } from 'node:crypto';
import type { ReleaseStore } from '../stores/store.ts';

/** Bytes that an asset of ours may have when it is read into memory: above, it is no honest one. */
export const largest = {
  /** 10,000 entries (the ceiling of the limits) take some 5 MiB. */
  manifest: 16 * 1024 * 1024,
  /** 100,000 releases of five files take some 75 MiB. */
  index: 256 * 1024 * 1024,
  checksums: 1024 * 1024,
} as const;

/** What became of reading a small asset. */
export type AssetReading = { readonly bytes: Buffer } | { readonly missing: true } | { readonly reason: string };

/**
 * Reads a small asset of a published release into memory.
 * @param maximum bytes; of a longer asset no more than this is read
 * @throws Failure of the store
 */
export async function readAsset(
  store: ReleaseStore,
  release: string,
  asset: string,
  maximum: number,
): Promise<AssetReading> {
  const stream = await store.read(release, asset);
  if (stream === undefined) return { missing: true };
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maximum) return { reason: `${asset} has more than ${maximum} bytes` };
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks) };
}

/** Size and digest of a stream, of which nothing is kept. */
export async function measured(stream: AsyncIterable<Uint8Array>): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest('hex') };
}
