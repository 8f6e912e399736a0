import { randomUUID } from 'node:crypto';
import { promises } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errnoOf } from '../errors.ts';
import { writing } from './file-failure.ts';

/** Every file written aside begins so: no asset and no claim does, and a sweep knows what a crash left. */
export const asidePrefix = '.aside-';

// What `link` answers on file systems that have none (FAT, some network and FUSE mounts).
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/**
 * Writes a new file beside its place, with its bytes on the disk before the caller gives it a name.
 * @param fill writes the content
 * @returns path of the file; where anything fails it is removed again, and the error goes on
 */
export async function writeAside(folder: string, fill: (handle: FileHandle) => Promise<void>): Promise<string> {
  const path = join(folder, `${asidePrefix}${randomUUID()}`);
  await fillNew(path, fill);
  return path;
}

/** Gives a file written aside its name, in the place of an older one; where that fails it is removed. */
export async function putInPlace(aside: string, path: string): Promise<void> {
  try {
    await promises.rename(aside, path);
  } catch (error) {
    await promises.rm(aside, { force: true });
    throw error;
  }
}

/**
 * Writes a file whole or not at all, over an older one if there is one.
 * @throws Failure `disk-full`, `write-failed`
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  await writing(path, async () => {
    await putInPlace(await writeAside(dirname(path), (handle) => handle.writeFile(text)), path);
  });
}

/**
 * Creates a file that appears with its whole content, or not at all: of any number of processes one succeeds.
 * @param makeLink the system's `link`; where it has none the file is created in place, and a reader may meet it unfinished
 * @returns false where it was not created: look again
 */
export async function createExclusively(path: string, text: string, makeLink = promises.link): Promise<boolean> {
  const fill = (handle: FileHandle): Promise<void> => handle.writeFile(text);
  const aside = await writeAside(dirname(path), fill);
  try {
    await makeLink(aside, path).catch(async (error: unknown) => {
      if (!withoutLinks.has(errnoOf(error) ?? '')) throw error;
      await fillNew(path, fill);
    });
    return true;
  } catch (error) {
    // Exists; or what was written aside was swept away as too old: either way the caller looks again.
    if (errnoOf(error) === 'EEXIST' || errnoOf(error) === 'ENOENT') return false;
    throw error;
  } finally {
    await promises.rm(aside, { force: true });
  }
}

/**
 * Makes a folder and those above it; what exists is left as it is. Somebody who takes away an empty folder above at
 * the same moment makes it start again.
 * @param lasting whether each must stand on the disk when this returns
 */
export async function makeFolder(path: string, lasting = false, attempts = 20): Promise<void> {
  try {
    await promises.mkdir(path);
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || attempts === 0 || dirname(path) === path) throw error;
    await makeFolder(dirname(path), lasting, attempts - 1);
    return await makeFolder(path, lasting, attempts - 1);
  }
  if (lasting) await syncFolder(dirname(path));
}

/** Removes a folder if nothing is in it. */
export async function removeEmptyFolder(path: string): Promise<void> {
  try {
    await promises.rmdir(path);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(errnoOf(error) ?? '')) throw error;
  }
}

/** Puts the names of a folder on the disk, where the system can. */
export async function syncFolder(path: string): Promise<void> {
  // Windows opens no folder, and its file system keeps the order of names by itself.
  if (process.platform === 'win32') return;
  const handle = await promises.open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems know no fsync of a folder.
    if (errnoOf(error) !== 'EINVAL') throw error;
  } finally {
    await handle.close();
  }
}

async function fillNew(path: string, fill: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await promises.open(path, 'wx');
  try {
    try {
      await fill(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    await promises.rm(path, { force: true });
    throw error;
  }
}
