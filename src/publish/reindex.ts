import { compareText } from '../domain/diagnostic.ts';
import type { History, KnownRelease } from '../domain/history.ts';
import { Failure } from '../errors.ts';
import { writeWhole } from '../stores/durable.ts';
import type { AssetContent, ReleaseStore } from '../stores/store.ts';
import { indexName } from './asset.ts';
import { readManifests } from './history.ts';
import { readSoundIndex } from './index-chain.ts';
import { newestWithIndex } from './newest-index.ts';
import { largest, readAsset } from './read-asset.ts';
import { indexAsset, indexLine, readIndex } from './release-index.ts';
import { exactSurvey } from './survey.ts';

/** One release on which the newest index and the manifests do not agree. */
interface IndexDifference {
  readonly release: string;
  /**
   * `changed`: other content; `unlisted`: the index lacks it (it was published at the same time, or by the historic
   * tool since); `gone`: the index lists it, and it is no longer there or has no readable manifest.
   */
  readonly what: 'changed' | 'unlisted' | 'gone';
}

/** An index that was rebuilt from all manifests. */
export interface Rebuilt {
  readonly index: AssetContent;
  readonly history: History;
  /** The release whose index it was compared with; undefined where no release has one, or it cannot be told. */
  readonly newest?: string;
  /** Why that index is not to be trusted. */
  readonly corrupt?: string;
  /** Sorted by name. */
  readonly differences: readonly IndexDifference[];
}

/** Rebuilds the index from all manifests and compares it with the newest; nothing is written. @throws Failure the store's */
export async function rebuildIndex(store: ReleaseStore): Promise<Rebuilt> {
  const history = await readManifests(store);
  const { releases, partial = [] } = history;
  const whole = releases.filter(({ name }) => !partial.includes(name));
  const index = indexAsset({ madeFrom: [], releases: whole });
  const compared = await newestIndex(store, history);
  return { index, history, ...compared.said, differences: differencesOf(compared.releases, whole) };
}

/** Writes a rebuilt index whole, or not at all. @throws Failure `disk-full`, `write-failed` */
export async function writeIndex(path: string, { open }: AssetContent): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of open()) chunks.push(chunk);
  await writeWhole(path, Buffer.concat(chunks).toString('utf8'));
}

interface Compared {
  /** What it lists; undefined where there is nothing to compare with. */
  readonly releases?: readonly KnownRelease[];
  readonly said: { readonly newest?: string; readonly corrupt?: string };
}

async function newestIndex(store: ReleaseStore, { names }: History): Promise<Compared> {
  let newest: string | undefined;
  try {
    newest = await newestWithIndex(exactSurvey(store, names));
    if (newest === undefined) return { said: {} };
    const index = await readSoundIndex(store, newest);
    return { said: { newest }, ...(index === undefined ? {} : { releases: index.releases }) };
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'index-corrupt') throw error;
    const corrupt = error.message;
    if (newest === undefined) return { said: { corrupt } };
    // What it lists still is of use, to see what was changed.
    const reading = await readAsset(store, newest, indexName, largest.index);
    const index = 'bytes' in reading ? readIndex(reading.bytes) : { reason: corrupt };
    return { said: { newest, corrupt }, ...('reason' in index ? {} : { releases: index.releases }) };
  }
}

function differencesOf(
  listed: readonly KnownRelease[] | undefined,
  rebuilt: readonly KnownRelease[],
): IndexDifference[] {
  if (listed === undefined) return [];
  const before = new Map(listed.map((release) => [release.name, indexLine(release)]));
  const after = new Map(rebuilt.map((release) => [release.name, indexLine(release)]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort(compareText)
    .filter((name) => before.get(name) !== after.get(name))
    .map((release) => ({
      release,
      what: !before.has(release) ? 'unlisted' : after.has(release) ? 'changed' : 'gone',
    }));
}
