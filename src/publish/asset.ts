import { createHash } from 'node:crypto';
import type { AssetContent } from '../stores/store.ts';

/** Name of the release's zip. */
export const zipName = (release: string): string => `${release}.zip`;

/** Name of the release's manifest: the historic tool's, so that its reader finds it (elastic.md §3.1). */
export const manifestName = (release: string): string => `manifest-${release}.json`;

/** Names every other asset with its digest, as `sha256sum -c` reads it. */
export const checksumsName = 'SHA256SUMS';

/** What all releases up to this one hold. */
export const indexName = 'index.json';

/** Lower-case hex SHA-256 of some bytes. */
export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** An asset whose bytes are in memory. */
export function memoryAsset(name: string, bytes: Buffer): AssetContent {
  return {
    name,
    size: bytes.length,
    sha256: sha256Of(bytes),
    open: async function* () {
      yield bytes;
    },
  };
}
