import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import type { ReleaseStore } from '../stores/store.ts';
import { checksumsName, indexName, sha256Of } from './asset.ts';
import { readChecksums } from './checksums.ts';
import { mapParallel } from './parallel.ts';
import { largest, readAsset } from './read-asset.ts';
import { indexLine, type ReleaseIndex, readIndex } from './release-index.ts';

/** An index whose bytes are those that its release was published with, as far as the release itself can say. */
export interface SoundIndex extends ReleaseIndex {
  /** The release that carries it. */
  readonly release: string;
  readonly sha256: string;
}

/** The failure of an index that is not what was published. */
function indexCorrupt(release: string, what: string): Failure {
  return new Failure('index-corrupt', `The index of \`${safe(release)}\` ${what}.`);
}

/**
 * Reads the index of a release and compares it with the release's `SHA256SUMS`.
 * @returns undefined where the release has none (the historic tool's)
 * @throws Failure `index-corrupt`, and those of the store
 */
export async function readSoundIndex(store: ReleaseStore, release: string): Promise<SoundIndex | undefined> {
  const [reading, sums] = await Promise.all([
    readAsset(store, release, indexName, largest.index),
    readAsset(store, release, checksumsName, largest.checksums),
  ]);
  if ('missing' in reading) return undefined;
  if ('reason' in reading) throw indexCorrupt(release, `cannot be read: ${reading.reason}`);
  const listed = 'bytes' in sums ? readChecksums(sums.bytes) : { reason: 'it is missing or too large' };
  if ('reason' in listed) throw indexCorrupt(release, `cannot be checked: ${checksumsName}: ${listed.reason}`);
  const sha256 = sha256Of(reading.bytes);
  const said = listed.get(indexName) ?? 'nothing';
  if (said !== sha256) throw indexCorrupt(release, `has sha256 ${sha256}; its ${checksumsName} says ${said}`);
  const index = readIndex(reading.bytes);
  if ('reason' in index) throw indexCorrupt(release, `cannot be read: ${index.reason}`);
  if (!index.releases.some(({ name }) => name === release)) throw indexCorrupt(release, 'does not list itself');
  return { ...index, release, sha256 };
}

/**
 * Compares an index with those that it was made from: they are still what they were, and it repeats every line.
 * @param names what the store holds
 * @returns remarks, in whole sentences, on releases that were taken away since
 * @throws Failure `index-corrupt`, and those of the store
 */
export async function checkSources(
  store: ReleaseStore,
  index: SoundIndex,
  names: ReadonlySet<string>,
): Promise<string[]> {
  const lines = new Map(index.releases.map((release) => [release.name, indexLine(release)]));
  const remarks = await mapParallel(index.madeFrom, async ({ release, sha256 }) => {
    if (!names.has(release)) {
      return `The index of ${safe(index.release)} was made from that of ${safe(release)}, which is no longer there.`;
    }
    const reading = await readAsset(store, release, indexName, largest.index);
    if (!('bytes' in reading))
      throw indexCorrupt(release, `is missing or too large; ${index.release} was made from it`);
    const actual = sha256Of(reading.bytes);
    if (actual !== sha256)
      throw indexCorrupt(release, `has sha256 ${actual}; that of ${index.release} was made from ${sha256}`);
    const source = readIndex(reading.bytes);
    if ('reason' in source) throw indexCorrupt(release, `cannot be read: ${source.reason}`);
    const changed = source.releases.find((known) => lines.get(known.name) !== indexLine(known));
    if (changed === undefined) return undefined;
    const how = lines.has(changed.name) ? 'says otherwise of' : 'leaves out';
    throw indexCorrupt(
      index.release,
      `was made from that of \`${safe(release)}\`, and ${how} \`${safe(changed.name)}\``,
    );
  });
  return remarks.filter((remark) => remark !== undefined);
}
