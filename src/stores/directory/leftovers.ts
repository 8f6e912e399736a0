import { promises } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../../domain/diagnostic.ts';
import { safe } from '../../domain/safe.ts';
import { Failure, type FailureCode } from '../../errors.ts';
import type { Leftover } from '../preflight.ts';
import type { ReleaseStore } from '../store.ts';
import { type ClaimFile, readClaims } from './claim-file.ts';
import { removeDraft } from './draft.ts';
import type { Standing } from './holder.ts';
import { draftFolder, draftsName, isRun, kindOf, type Place, runFolder } from './place.ts';
import { entriesOf, isPublished } from './published.ts';

const standings: Readonly<Record<Standing, Leftover['standing']>> = {
  self: 'running',
  alive: 'running',
  dead: 'ended',
  unknown: 'unknown',
};

/** See `Preflight.leftovers`: claims on names that are not published, and drafts that nobody claims. */
export async function listLeftovers(place: Place): Promise<Leftover[]> {
  const found = new Map<string, Leftover>();
  for (const { name, claim, standing } of await readClaims(place)) {
    if (await isPublished(place, name)) continue;
    const since = claim?.at ?? '';
    found.set(`${name}/${claim?.run}`, { name, run: claim?.run, since, standing: standings[standing] });
  }
  const drafts = join(place.root, draftsName);
  for (const folder of await entriesOf(drafts)) {
    if (!folder.isDirectory() || !isRun(folder.name)) continue;
    for (const { name } of await entriesOf(runFolder(place, folder.name))) {
      const key = `${name}/${folder.name}`;
      if (found.has(key)) continue;
      const since = (await promises.lstat(draftFolder(place, folder.name, name))).mtime.toISOString();
      found.set(key, { name, run: folder.name, since, standing: 'unknown' });
    }
  }
  return [...found.values()].sort((a, b) => compareText(a.name, b.name) || compareText(a.run ?? '', b.run ?? ''));
}

/** What keeps a dead run's name from being taken over: nobody can take it, so nobody works on its draft. */
const unclaimable: readonly FailureCode[] = ['release-exists', 'number-lost'];

/**
 * See `Preflight.discard`. What a dead run left is taken over first, as the next release of the name would, so that two
 * never work on one draft; what may be a living run's is taken away under it, and it stops when it finds that out.
 */
export async function discardLeftover(
  place: Place,
  store: Pick<ReleaseStore, 'begin' | 'abandon'>,
  { name, run, standing }: Leftover & { readonly run: string },
): Promise<string[]> {
  const files = (await readClaims(place)).filter((file) => file.name === name && file.claim?.run === run);
  const digest = files.at(-1)?.claim?.digest;
  const hadDraft = (await kindOf(runFolder(place, run))) === 'folder' && (await isThere(place, run, name));
  const removed = [...files.map(claimWords), ...(hadDraft ? [`draft ${safe(join(draftsName, run, name), 1000)}`] : [])];
  if (removed.length === 0) return [];
  if (standing === 'ended' && digest !== undefined) {
    try {
      await store.abandon(await store.begin({ name, run, digest, notes: '' }));
      return removed;
    } catch (error) {
      if (!(error instanceof Failure) || !unclaimable.includes(error.code)) throw error;
    }
  }
  if (hadDraft) await removeDraft(place, run, name);
  for (const { path } of files) await promises.rm(path, { force: true });
  return removed;
}

function claimWords({ name, generation }: ClaimFile): string {
  return `claim ${safe(name)}.${generation}`;
}

async function isThere(place: Place, run: string, name: string): Promise<boolean> {
  return (await kindOf(draftFolder(place, run, name))) !== 'absent';
}
