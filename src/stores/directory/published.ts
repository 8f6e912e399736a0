import { type Dirent, promises, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../../domain/diagnostic.ts';
import { safe } from '../../domain/safe.ts';
import { parseReleaseName } from '../../domain/tag.ts';
import { errnoOf, Failure } from '../../errors.ts';
import type { ReleaseDetails, StoredAsset } from '../store.ts';
import { readChunks } from './chunks.ts';
import { storeInvalid } from './failure.ts';
import { isFileName, kindOf, type Place, releaseFile, releaseFolder } from './place.ts';
import { readDescription } from './release-file.ts';

/**
 * The names of the releases: the folders of the store, without a look into any of them. Plain files and names with a
 * leading dot are something else; so is a link, unless it bears a release's name (reading it is a failure, and not to
 * list it would hide that a number is taken).
 */
export async function releaseNames(place: Place): Promise<string[]> {
  return (await entriesOf(place.root))
    .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || isLinkedRelease(entry)))
    .map((entry) => entry.name)
    .sort(compareText);
}

/**
 * Whether a release stands under a name; an empty folder is none.
 * @throws Failure `store-invalid` where something that is no folder has the name
 */
export async function isPublished(place: Place, name: string): Promise<boolean> {
  const folder = releaseFolder(place, name);
  const kind = await kindOf(folder);
  if (kind === 'absent') return false;
  if (kind !== 'folder') throw storeInvalid(folder, `is a ${kind} in the place of a release`);
  return (await entriesOf(folder)).length > 0;
}

/** The name is taken by what is published under it. */
export function releaseExists(place: Place, name: string): Failure {
  return new Failure('release-exists', `\`${safe(name)}\` is published already in ${safe(place.address, 1000)}.`);
}

/** See `ReleaseStore.details`. */
export async function releaseDetails(place: Place, name: string): Promise<ReleaseDetails | undefined> {
  const folder = await folderOf(place, name);
  const entries = folder === undefined ? [] : await entriesOf(folder);
  if (folder === undefined || entries.length === 0) return undefined;
  const files = plainFiles(folder, entries);
  const { publishedAt, notes, commit } = await readDescription(folder, name, files);
  const assets: StoredAsset[] = [];
  for (const file of files) {
    if (file !== releaseFile) assets.push({ name: file, size: (await promises.stat(join(folder, file))).size });
  }
  return { name, publishedAt, notes, assets, url: folder, ...(commit === undefined ? {} : { commit }) };
}

/** The run that published a release; undefined where there is none, or another tool put it there. */
export async function publisherOf(place: Place, name: string): Promise<string | undefined> {
  const folder = await folderOf(place, name);
  if (folder === undefined) return undefined;
  const files = plainFiles(folder, await entriesOf(folder));
  return files.includes(releaseFile) ? (await readDescription(folder, name, files)).run : undefined;
}

/** See `ReleaseStore.read`. */
export async function readAsset(place: Place, name: string, asset: string): Promise<AsyncIterable<Buffer> | undefined> {
  const folder = await folderOf(place, name);
  if (folder === undefined || !isFileName(asset) || asset === releaseFile) return undefined;
  const path = join(folder, asset);
  const kind = await kindOf(path);
  if (kind === 'absent' || kind === 'folder') return undefined;
  if (kind !== 'file') throw storeInvalid(path, `is a ${kind}, not a plain file`);
  return readChunks(path);
}

/** Entries of a folder; none where it is not there. */
export async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    // Loading Node's promises of files takes longer than most listings.
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The folder of a release; undefined where there is none. Asks nothing of a name that leads out of the store. */
async function folderOf(place: Place, name: string): Promise<string | undefined> {
  if (!isFileName(name)) return undefined;
  const folder = releaseFolder(place, name);
  const kind = await kindOf(folder);
  if (kind === 'link') throw storeInvalid(folder, 'is a link in the place of a release');
  return kind === 'folder' ? folder : undefined;
}

/** Names of the files of a release, sorted. Folders and names with a leading dot (`.DS_Store`) are no assets. */
function plainFiles(folder: string, entries: readonly Dirent[]): string[] {
  const found = entries.filter((entry) => !entry.name.startsWith('.') && !entry.isDirectory());
  for (const entry of found) {
    if (entry.isFile()) continue;
    const what = entry.isSymbolicLink() ? 'is a link' : 'is a special file';
    throw storeInvalid(join(folder, entry.name), `${what}, not a plain file`);
  }
  return found.map((entry) => entry.name).sort(compareText);
}

function isLinkedRelease(entry: Dirent): boolean {
  return entry.isSymbolicLink() && typeof parseReleaseName(entry.name) === 'object';
}
