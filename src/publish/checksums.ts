import { digestLines } from '../domain/digest.ts';
import type { AssetContent } from '../stores/store.ts';
import { checksumsName, memoryAsset } from './asset.ts';

/** `SHA256SUMS`: every other asset of a release, in the form that `sha256sum -c` reads. */
export function checksumsAsset(assets: readonly { readonly name: string; readonly sha256: string }[]): AssetContent {
  const lines = digestLines(assets.map(({ name, sha256 }) => ({ path: name, sha256 })));
  return memoryAsset(checksumsName, Buffer.from(lines));
}

/** What `SHA256SUMS` says: asset name to lower-case hex SHA-256; or why it cannot be read. */
export function readChecksums(bytes: Buffer): ReadonlyMap<string, string> | { readonly reason: string } {
  const sums = new Map<string, string>();
  for (const [index, line] of bytes.toString('utf8').split('\n').entries()) {
    if (line === '') continue;
    // `*` marks binary mode, in which some tools write.
    const [, sha256, name] = /^([0-9a-f]{64}) [ *](.{1,255})$/.exec(line) ?? [];
    if (sha256 === undefined || name === undefined) return { reason: `line ${index + 1} is no checksum` };
    if (sums.has(name)) return { reason: `line ${index + 1} names an asset a second time` };
    sums.set(name, sha256);
  }
  return sums;
}
