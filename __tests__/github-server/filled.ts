import type { KnownRelease } from '../../src/domain/history.ts';
import { checksumsName, indexName, manifestName, sha256Of } from '../../src/publish/asset.ts';
import { knownFromManifest, readManifest } from '../../src/publish/read-manifest.ts';
import { indexAsset, type MadeFrom } from '../../src/publish/release-index.ts';
import { addRelease, emptyRepository, type RepositoryState } from './state.ts';

/** A repository with releases as this tool makes them. */
export interface Filled {
  readonly repository: RepositoryState;
  /** In the order of their publication. */
  readonly names: readonly string[];
}

/** What stands in for the index of an old release: nobody reads it, and thousands of true ones would fill the memory. */
const unread = Buffer.from('the index of then\n');

/**
 * Fills a repository with releases of two families in turn, a minute apart. The newest lists all of them; it was made
 * from the index of the one before.
 * @param unlisted so many more, published at the same time as the newest, each with an index that lists all but them
 */
export async function filledRepository(count: number, unlisted = 0): Promise<Filled> {
  const repository = emptyRepository();
  const names: string[] = [];
  const known: KnownRelease[] = [];
  let madeFrom: MadeFrom[] = [];
  for (let index = 0; index < count + unlisted; index += 1) {
    const name = `${index % 2 === 0 ? 'ML-DGA' : 'ML-experimental-detections'}-20260101-${Math.floor(index / 2) + 1}`;
    const manifest = manifestOf(name, index);
    const own = knownOf(name, manifest);
    const listed = index < count ? [...known, own] : [...known.slice(0, count), own];
    const written = index < count - 2 ? unread : await indexOf(listed, madeFrom);
    const sums = [
      [indexName, written],
      [manifestName(name), manifest],
    ] as const;
    const files = {
      [`${name}.zip`]: Buffer.from(`The zip of ${name}.`),
      [checksumsName]: Buffer.from(sums.map(([file, bytes]) => `${sha256Of(bytes)}  ${file}\n`).join('')),
      [indexName]: written,
      [manifestName(name)]: manifest,
    };
    const createdAt = new Date(Date.UTC(2026, 0, 1) + Math.min(index, count - 1) * 60_000).toISOString();
    addRelease(repository, name, files, { createdAt: createdAt.replace('.000', '') });
    names.push(name);
    known.push(own);
    if (index < count - 1) madeFrom = [{ release: name, sha256: sha256Of(written) }];
  }
  return { repository, names };
}

function manifestOf(name: string, index: number): Buffer {
  const file = `dga_${index}_1.0_model.json`;
  const entries = { [file]: { name: file, sha256: sha256Of(`${name} ${file}`), size: 1 } };
  return Buffer.from(JSON.stringify({ assets: { [`${name}.zip`]: { entries } }, name, tag_name: name }));
}

function knownOf(name: string, bytes: Buffer): KnownRelease {
  const { manifest } = readManifest(bytes, name);
  if (manifest === undefined) throw new Error('The manifest is one.');
  return knownFromManifest(manifest, sha256Of(bytes));
}

async function indexOf(releases: readonly KnownRelease[], madeFrom: readonly MadeFrom[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of indexAsset({ madeFrom, releases }).open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}
