import { randomUUID } from 'node:crypto';
import { promises } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { safe } from '../../domain/safe.ts';
import { errnoOf, Failure } from '../../errors.ts';
import { type Condition, looked, unmet } from '../preflight.ts';
import { guarded, storeFailure, storeInvalid } from './failure.ts';
import { claimsName, draftsName, kindOf, type Place } from './place.ts';
import { releaseNames } from './published.ts';

/**
 * Asks what is in the way of publishing into a folder: whether it is one, and whether a folder can be made in it and
 * renamed, which is how a release appears. What is made for that is taken away again.
 */
export async function probe(place: Place): Promise<Condition[]> {
  return await looked('folder', () => guarded('read', place.root, () => conditions(place)));
}

async function conditions(place: Place): Promise<Condition[]> {
  const there = await isFolder(place.root);
  if (there === 'absent') return await absent(place);
  if (there === 'other') return [unmet(storeInvalid(place.root, 'is not a folder'), 'folder')];
  const inner = await innerCondition(place);
  if (inner !== undefined) return [inner];
  const count = (await releaseNames(place)).length;
  const message = `It is there, with ${count} ${count === 1 ? 'release' : 'releases'}.`;
  return [{ subject: 'folder', state: 'good', message }, await writing(place.root, await draftsOf(place))];
}

/** The store comes to be at the first release: what counts is the folder above it that is there. */
async function absent({ root }: Place): Promise<Condition[]> {
  let above = dirname(resolve(root));
  while ((await isFolder(above)) === 'absent' && dirname(above) !== above) above = dirname(above);
  if ((await isFolder(above)) !== 'folder') return [unmet(storeInvalid(above, 'is not a folder'), 'folder')];
  const message = 'It is not there yet: the first release makes it.';
  return [{ subject: 'folder', state: 'good', message }, await writing(above, above)];
}

/** A link or a file in the place of one of the store's own folders. */
async function innerCondition({ root }: Place): Promise<Condition | undefined> {
  for (const name of [claimsName, draftsName]) {
    const path = join(root, name);
    const kind = await kindOf(path);
    if (kind !== 'absent' && kind !== 'folder')
      return unmet(storeInvalid(path, `is a ${kind}, not a folder`), 'folder');
  }
  return undefined;
}

async function draftsOf({ root }: Place): Promise<string> {
  const drafts = join(root, draftsName);
  return (await kindOf(drafts)) === 'folder' ? drafts : root;
}

/**
 * Makes an empty folder where drafts are made, renames it to where releases are, and removes it: rights, room and one
 * file system at once. Rights alone (`access`) tell little of network disks, and nothing of a quota.
 */
async function writing(root: string, drafts: string): Promise<Condition> {
  const subject = 'writing';
  const name = `.probe-${randomUUID()}`;
  const [made, renamed] = [join(drafts, name), join(root, `${name}-renamed`)];
  try {
    await promises.mkdir(made);
    await promises.rename(made, renamed);
    return { subject, state: 'good', message: 'A folder can be made in it, and renamed to its place.' };
  } catch (error) {
    if (errnoOf(error) === 'EXDEV') {
      const message = `\`${safe(drafts, 1000)}\` is on another file system than \`${safe(root, 1000)}\`: a release could not appear at once.`;
      const help = 'Have both on one file system: take the mount away.';
      return unmet(new Failure('store-invalid', message, { help }), subject);
    }
    const failure = storeFailure(error, 'write', root);
    if (!(failure instanceof Failure)) throw failure;
    const help = `Give the user of this process the right to write: chmod u+rwx, or chown, \`${safe(root, 1000)}\`.`;
    return { ...unmet(failure, subject), ...(failure.code === 'write-failed' ? { help } : {}) };
  } finally {
    for (const path of [made, renamed]) await promises.rmdir(path).catch(() => undefined);
  }
}

async function isFolder(path: string): Promise<'absent' | 'folder' | 'other'> {
  try {
    return (await promises.stat(path)).isDirectory() ? 'folder' : 'other';
  } catch (error) {
    // Something above it is no folder: whoever looks further up finds it.
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return 'absent';
    throw storeFailure(error, 'read', path);
  }
}
