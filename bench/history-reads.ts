import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownRelease } from '../src/domain/history.ts';
import { checksumsName, indexName, manifestName, sha256Of } from '../src/publish/asset.ts';
import { checksumsAsset } from '../src/publish/checksums.ts';
import { readHistory } from '../src/publish/history.ts';
import { indexAsset } from '../src/publish/release-index.ts';
import { openDirectoryStore } from '../src/stores/directory/directory.ts';
import type { AssetContent, ReleaseStore } from '../src/stores/store.ts';

/** Releases behind the newest index that it does not list: published at the same time as its own. */
const unlisted = 3;

/**
 * Builds a store of `count` releases and reads its history as `validate` does.
 * @returns how many files and details were read
 */
export async function countReads(folder: string, count: number): Promise<number> {
  const known: KnownRelease[] = [];
  for (let number = 1; number <= count; number += 1) {
    const release = writeRelease(folder, number);
    if (number <= count - unlisted - 1 || number === count) known.push(release);
  }
  await writeIndex(folder, known);
  let reads = 0;
  const store = openDirectoryStore(folder);
  const counting: ReleaseStore = {
    ...store,
    details: (name) => {
      reads += 1;
      return store.details(name);
    },
    read: (name, asset) => {
      reads += 1;
      return store.read(name, asset);
    },
  };
  const history = await readHistory(counting, { family: 'ML-DGA' });
  if (history.releases.length !== count) throw new Error(`${history.releases.length} of ${count} releases are known`);
  return reads;
}

function writeRelease(folder: string, number: number): KnownRelease {
  const name = `ML-DGA-20260101-${number}`;
  const file = `dga_${number}_1.0_model.json`;
  const entry = { name: file, sha256: sha256Of(file), size: 1 };
  const manifest = Buffer.from(
    JSON.stringify({ assets: { [`${name}.zip`]: { entries: { [file]: entry } } }, tag_name: name }),
  );
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, manifestName(name)), manifest);
  writeFileSync(
    join(folder, name, 'release.json'),
    JSON.stringify({ version: 1, name, published_at: moment(number), notes: '', run: 'bench' }),
  );
  const models = [`dga_${number}_1.0`];
  return { name, manifestSha256: sha256Of(manifest), models, entries: [{ path: file, sha256: entry.sha256 }] };
}

async function writeIndex(folder: string, releases: readonly KnownRelease[]): Promise<void> {
  const newest = releases.at(-1);
  if (newest === undefined) throw new Error('an index of nothing');
  const index = indexAsset({ madeFrom: [], releases });
  const manifest = { name: manifestName(newest.name), sha256: newest.manifestSha256 };
  writeFileSync(join(folder, newest.name, indexName), await bytesOf(index));
  writeFileSync(join(folder, newest.name, checksumsName), await bytesOf(checksumsAsset([index, manifest])));
}

async function bytesOf(asset: AssetContent): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of asset.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function moment(number: number): string {
  return new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
}
