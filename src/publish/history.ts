import { compareText } from '../domain/diagnostic.ts';
import type { History, KnownRelease } from '../domain/history.ts';
import { namesOfFamily } from '../domain/tag.ts';
import { Failure } from '../errors.ts';
import type { ReleaseStore } from '../stores/store.ts';
import { Gathering } from './gathering.ts';
import { checkSources, readSoundIndex } from './index-chain.ts';
import { newestWithIndex, rounds } from './newest-index.ts';
import { mapParallel, width } from './parallel.ts';
import { readIndex } from './release-index.ts';

/** What reading a history may be told. */
export interface HistoryOptions {
  /** Family whose newest release gets its definitions. */
  readonly family?: string;
  /** Name of the bundle itself: a release of that name is not an earlier one. */
  readonly name?: string;
  /** What an index that is not to be trusted does: stop (the default, for publishing), or read every manifest. */
  readonly onCorruptIndex?: 'fail' | 'read-manifests';
  /** Content of an index to start from in place of the newest one (`reindex` writes such a file). */
  readonly start?: Buffer;
}

/**
 * What all releases of a store hold: the newest index, checked, and the manifests of the releases that it does not
 * list. The number of files read does not grow with the number of releases.
 * @throws Failure `index-corrupt` with what differs, and those of the store
 */
export async function readHistory(store: ReleaseStore, options: HistoryOptions = {}): Promise<History> {
  const names = (await store.list()).map(({ name }) => name);
  try {
    return await gather(new Gathering(store, names), options);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'index-corrupt') throw error;
    if (options.onCorruptIndex !== 'read-manifests') throw error;
    const gathering = new Gathering(store, names);
    gathering.remarks.push(`${error.message} Every manifest was read instead.`);
    return await gatherManifests(gathering, options);
  }
}

/** The same from the manifests alone, whatever the indexes say. */
export async function readManifests(store: ReleaseStore): Promise<History> {
  const names = (await store.list()).map(({ name }) => name);
  return gatherManifests(new Gathering(store, names), {});
}

/** What the newest index has to say of one release. */
export interface Testimony {
  /** Absent where no release has an index, or the newest one does not list it. */
  readonly known?: KnownRelease;
  /** Why there is none to be had, in a whole sentence. */
  readonly doubt?: string;
}

/**
 * Asks the newest index alone for one release, so that a release which was exchanged as a whole cannot answer for
 * itself, and one that was made from its index does not stand in the way.
 * @throws Failure those of the store
 */
export async function readKnown(store: ReleaseStore, name: string): Promise<Testimony> {
  const names = (await store.list()).map((release) => release.name);
  try {
    const newest = await newestWithIndex(store, names);
    const index = newest === undefined ? undefined : await readSoundIndex(store, newest);
    const known = index?.releases.find((release) => release.name === name);
    return known === undefined ? {} : { known };
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'index-corrupt') throw error;
    return { doubt: error.message };
  }
}

async function gather(gathering: Gathering, options: HistoryOptions): Promise<History> {
  if (options.start !== undefined) {
    startFrom(gathering, options.start);
    return gatherManifests(gathering, options);
  }
  const { store, names } = gathering;
  const newest = await newestWithIndex(store, names);
  if (newest === undefined) return gatherManifests(gathering, options);
  const index = await gathering.look(newest);
  if (index !== undefined) gathering.remarks.push(...(await checkSources(store, index, new Set(names))));
  // The highest numbers first: what was published at once with the newest lists everything that is left.
  for (let left = inOrder(gathering); left.length > 0; left = inOrder(gathering)) {
    await mapParallel(left.slice(0, width), (name) => gathering.look(name));
  }
  return finish(gathering, options);
}

async function gatherManifests(gathering: Gathering, options: HistoryOptions): Promise<History> {
  await mapParallel(gathering.left(), (name) => gathering.lookAtManifest(name));
  return finish(gathering, options);
}

function startFrom(gathering: Gathering, bytes: Buffer): void {
  const index = readIndex(bytes);
  if ('reason' in index) {
    throw new Failure('index-corrupt', `The index to start from cannot be read: ${index.reason}.`, {
      help: 'Write it with `mldr reindex --index FILE`.',
    });
  }
  for (const release of index.releases) gathering.know(release, 'the index to start from');
}

function inOrder(gathering: Gathering): string[] {
  return [...rounds(gathering.left())].flat();
}

async function finish(gathering: Gathering, options: HistoryOptions): Promise<History> {
  const { store, names, known, withoutManifest, unreadable, partial, remarks } = gathering;
  const present = new Set(names);
  const removed = [...known.keys()].filter((name) => !present.has(name)).sort(compareText);
  const newest = newestOfFamily(gathering, options);
  const definitions = newest === undefined ? undefined : await gathering.definitionsOf(newest);
  const releases = [...known.values()]
    .map((release) => (release === newest && definitions !== undefined ? { ...release, definitions } : release))
    .sort((a, b) => compareText(a.name, b.name));
  return {
    store: store.address,
    names: [...new Set([...names, ...removed])].sort(compareText),
    releases,
    withoutManifest: withoutManifest.sort(compareText),
    unreadable: unreadable.sort((a, b) => compareText(a.name, b.name)),
    removed,
    partial: partial.sort(compareText),
    remarks: remarks.sort(compareText),
    madeFrom: gathering.heads(),
  };
}

function newestOfFamily({ known, names }: Gathering, { family, name }: HistoryOptions): KnownRelease | undefined {
  if (family === undefined) return undefined;
  const candidates = names.filter((candidate) => known.has(candidate) && candidate !== name);
  const newest = namesOfFamily(family, candidates.sort(compareText)).at(-1);
  return newest === undefined ? undefined : known.get(newest.name);
}
