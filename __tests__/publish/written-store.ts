import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownRelease } from '../../src/domain/history.ts';
import { manifestName, sha256Of } from '../../src/publish/asset.ts';
import { checksumsAsset } from '../../src/publish/checksums.ts';
import { knownFromManifest, readManifest } from '../../src/publish/read-manifest.ts';
import { indexAsset, type MadeFrom } from '../../src/publish/release-index.ts';
import type { AssetContent, ReleaseStore } from '../../src/stores/store.ts';
import { minute } from './workshop.ts';

/** Writes a release of the historic tool into a store: a manifest and nothing else. @returns what is known of it */
export function writeHistoric(root: string, name: string, published: number, files: readonly string[]): KnownRelease {
  const entries = Object.fromEntries(
    files.map((file) => [file, { name: file, sha256: sha256Of(`${name} ${file}`), size: 1 }]),
  );
  const assets = { [`${name}.zip`]: { entries } };
  const published_at = minute(published).toISOString().replace('.000', '');
  const text = JSON.stringify({ assets, description: '', id: published, name, published_at, tag_name: name });
  write(root, name, manifestName(name), text);
  const { manifest } = readManifest(Buffer.from(text), name);
  if (manifest === undefined) throw new Error('The manifest is one.');
  return knownFromManifest(manifest, sha256Of(text));
}

/** Gives a release an index, and the SHA256SUMS that names it. @returns what an index made from it says */
export async function writeIndexOf(
  root: string,
  name: string,
  releases: readonly KnownRelease[],
  madeFrom: readonly MadeFrom[] = [],
): Promise<MadeFrom> {
  const index = indexAsset({ madeFrom, releases });
  write(root, name, index.name, (await contentOf(index)).toString());
  await rewriteSums(root, name, index);
  return { release: name, sha256: index.sha256 };
}

/** Replaces text in an asset of a published release, as somebody with a hand on the store can. */
export function tamper(root: string, name: string, asset: string, from: string | RegExp, to: string): void {
  const path = join(root, name, asset);
  const before = readFileSync(path, 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`Nothing to tamper with in ${asset}.`);
  writeFileSync(path, after);
}

export function write(root: string, name: string, asset: string, text: string | Buffer): void {
  mkdirSync(join(root, name), { recursive: true });
  writeFileSync(join(root, name, asset), text);
}

async function rewriteSums(root: string, name: string, ...assets: readonly AssetContent[]): Promise<void> {
  const sums = checksumsAsset(assets);
  write(root, name, sums.name, await contentOf(sums));
}

export async function contentOf(asset: AssetContent): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of asset.open()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** A store that tells which files of it are asked for. */
export function counting(store: ReleaseStore): { store: ReleaseStore; reads: string[]; details: string[] } {
  const [reads, details]: [string[], string[]] = [[], []];
  return {
    reads,
    details,
    store: {
      ...store,
      read: (name, asset) => {
        reads.push(`${name}/${asset}`);
        return store.read(name, asset);
      },
      details: (name) => {
        details.push(name);
        return store.details(name);
      },
    },
  };
}
