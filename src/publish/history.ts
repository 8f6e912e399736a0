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
import { surveyOf } from './survey.ts';

/** Releases whose manifests alone take fewer requests than an index with its checksums and a manifest. */
const few = 3;

/** Whom a history is read for: nothing of it takes another look at the store but the family's newest manifest. */
interface Subject {
  /** Family whose newest release gets its definitions. */
  readonly family?: string;
  /** Name of the bundle itself: a release of that name is not an earlier one. */
  readonly name?: string;
}

/** What reading a history may be told. */
export interface HistoryOptions extends Subject {
  /** What an index that is not to be trusted does: stop (the default, for publishing), or read every manifest. */
  readonly onCorruptIndex?: 'fail' | 'read-manifests';
  /** Content of an index to start from in place of the newest one (`reindex` writes such a file). */
  readonly start?: Buffer;
  /** Few requests rather than the exact state of this moment (`ReleaseStore.survey`): not for publishing. */
  readonly sparing?: boolean;
}

/** A history that was read once, for one bundle after the other. */
export type HistoryOf = (subject: Subject) => Promise<History>;

/**
 * What all releases of a store hold: the newest index, checked, and the manifests of the releases that it does not
 * list. The number of files read does not grow with the number of releases.
 * @throws Failure `index-corrupt` with what differs, and those of the store
 */
export async function readHistory(store: ReleaseStore, options: HistoryOptions = {}): Promise<History> {
  return await (await openHistory(store, options))(options);
}

/** The same for several bundles, whose subject is told later. @throws Failure see `readHistory`; the result throws them too */
export async function openHistory(store: ReleaseStore, options: HistoryOptions): Promise<HistoryOf> {
  const survey = await surveyOf(store, options.sparing === true);
  const fromManifests = async (error: unknown): Promise<Gathering> => {
    if (!(error instanceof Failure) || error.code !== 'index-corrupt') throw error;
    if (options.onCorruptIndex !== 'read-manifests') throw error;
    const gathering = new Gathering(store, survey);
    gathering.remarks.push(`${error.message} Every manifest was read instead.`);
    return await gatherManifests(gathering);
  };
  let gathering = await gather(new Gathering(store, survey), options).catch(fromManifests);
  return async (subject) => {
    try {
      return await finish(gathering, subject);
    } catch (error) {
      gathering = await fromManifests(error);
      return await finish(gathering, subject);
    }
  };
}

/** The same from the manifests alone, whatever the indexes say. */
export async function readManifests(store: ReleaseStore): Promise<History> {
  return await finish(await gatherManifests(new Gathering(store, await surveyOf(store, false))), {});
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
  const survey = await surveyOf(store, true);
  try {
    const newest = await newestWithIndex(survey);
    const index = newest === undefined ? undefined : await readSoundIndex(store, newest);
    const known = index?.releases.find((release) => release.name === name);
    return known === undefined ? {} : { known };
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'index-corrupt') throw error;
    return { doubt: error.message };
  }
}

async function gather(gathering: Gathering, options: HistoryOptions): Promise<Gathering> {
  if (options.start !== undefined) {
    startFrom(gathering, options.start);
    return await gatherManifests(gathering);
  }
  const newest = await newestWithIndex(gathering.survey);
  if (newest === undefined) return await gatherManifests(gathering);
  const index = await gathering.look(newest);
  if (index !== undefined) {
    await gathering.settle(index.madeFrom.map(({ release }) => release));
    gathering.remarks.push(...(await checkSources(gathering.store, index, gathering.names)));
  }
  await gathering.settle(gathering.left());
  // Of few their manifests say all that a reader wants; who publishes makes the next index from theirs too.
  if (options.sparing === true && gathering.left().length <= few) return await gatherManifests(gathering);
  // The highest numbers first: what was published at once with the newest lists everything that is left.
  for (let left = inOrder(gathering); left.length > 0; left = inOrder(gathering)) {
    await mapParallel(left.slice(0, width), (name) => gathering.look(name));
  }
  return gathering;
}

async function gatherManifests(gathering: Gathering): Promise<Gathering> {
  await gathering.settle(gathering.left());
  await mapParallel(gathering.left(), (name) => gathering.lookAtManifest(name));
  return gathering;
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

async function finish(gathering: Gathering, subject: Subject): Promise<History> {
  const { store, names, known, withoutManifest, unreadable, partial, remarks } = gathering;
  const newest = await newestOfFamily(gathering, subject);
  const definitions = newest === undefined ? undefined : await gathering.definitionsOf(newest);
  const removed = [...known.keys()].filter((name) => !names.has(name)).sort(compareText);
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

/** The release of the family with the highest number that is there and known, looked up where that is not certain. */
async function newestOfFamily(gathering: Gathering, { family, name }: Subject): Promise<KnownRelease | undefined> {
  if (family === undefined) return undefined;
  const { known, names } = gathering;
  for (;;) {
    const candidates = [...names].filter((candidate) => known.has(candidate) && candidate !== name);
    const newest = namesOfFamily(family, candidates.sort(compareText)).at(-1)?.name;
    if (newest === undefined) return undefined;
    await gathering.settle([newest]);
    if (names.has(newest)) return known.get(newest);
  }
}
