import { promises } from 'node:fs';
import { join } from 'node:path';
import { safe } from '../../domain/safe.ts';
import { errnoOf, Failure } from '../../errors.ts';
import { makeFolder } from '../durable.ts';
import { storeInvalid } from './failure.ts';
import type { Holder } from './holder.ts';

/** What a store tells while it works, each right after it stands on the disk. */
export type StoreStep = 'claim' | 'draft' | 'put' | 'seal' | 'commit' | 'abandon';

/** A store and who works on it. */
export interface Place {
  /** The store's folder. */
  readonly root: string;
  readonly address: string;
  readonly self: Holder;
  readonly now: () => Date;
  readonly observe: (step: StoreStep, detail: string) => void;
}

/** The file that describes a release: written at its commit, never an asset. */
export const releaseFile = 'release.json';

/** Folders of the store that hold no release. */
export const claimsName = '.claims';
export const draftsName = '.drafts';

export const claimsFolder = (place: Place): string => join(place.root, claimsName);
export const runFolder = (place: Place, run: string): string => join(place.root, draftsName, run);
export const draftFolder = (place: Place, run: string, name: string): string => join(runFolder(place, run), name);
export const releaseFolder = (place: Place, name: string): string => join(place.root, name);

// One part of a path on every system: no separator, no drive or stream (`:`), no control, no leading dot.
const onePart = /^[^./\\:\p{Cc}\p{Cs}][^/\\:\p{Cc}\p{Cs}]*$/u;
const runForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Whether a text can name a release's folder or an asset: one part of a path, at most 255 bytes, no leading dot. */
export function isFileName(text: string): boolean {
  return Buffer.byteLength(text) <= 255 && onePart.test(text);
}

/** Whether a text can name a run. */
export function isRun(text: string): boolean {
  return runForm.test(text);
}

/** @throws Failure `write-failed` where a name cannot become a file or folder of a store */
export function requireName(what: 'a release' | 'an asset' | 'a run', text: string): void {
  const fits = what === 'a run' ? isRun(text) : isFileName(text) && text.toLowerCase() !== releaseFile;
  if (fits) return;
  throw new Failure('write-failed', `\`${safe(text)}\` cannot name ${what} in a store.`, {
    help: `Use letters, digits, \`.\`, \`_\` and \`-\`, no dot first, and not \`${releaseFile}\`.`,
  });
}

/** What stands at a path: never looks through a link. */
export async function kindOf(path: string): Promise<'absent' | 'folder' | 'file' | 'link' | 'special'> {
  try {
    const stat = await promises.lstat(path);
    if (stat.isSymbolicLink()) return 'link';
    return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : 'special';
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 'absent';
    throw error;
  }
}

/**
 * Makes a folder inside the store, and those above it.
 * @param parts names below the store's folder
 * @returns its path
 * @throws Failure `store-invalid` where one of them is something else: a link would lead out of the store
 */
export async function makeInside(place: Place, ...parts: readonly string[]): Promise<string> {
  let path = place.root;
  for (const part of parts) {
    path = join(path, part);
    const kind = await kindOf(path);
    if (kind !== 'absent' && kind !== 'folder') throw storeInvalid(path, `is a ${kind}, not a folder`);
  }
  await makeFolder(path);
  return path;
}
