import { promises } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../../errors.ts';
import { asidePrefix, removeEmptyFolder } from '../durable.ts';
import { readClaims } from './claim-file.ts';
import { claimsFolder, type Place, runFolder } from './place.ts';
import { entriesOf, isPublished } from './published.ts';
import { stands } from './rivals.ts';

// Writing a claim aside takes milliseconds; no process that still lives needs ten minutes.
const asideLife = 600_000;

/**
 * Removes what crashes left: claims of dead processes on names that are published, the empty folders of their runs,
 * and claims that were written aside and never named. A dead claim on a name that is not published stays: whoever
 * takes it over goes on with its draft.
 */
export async function sweep(place: Place): Promise<void> {
  for (const file of await readClaims(place)) {
    if (stands(file) || file.claim === undefined) continue;
    await removeEmptyFolder(runFolder(place, file.claim.run));
    if (await isPublished(place, file.name)) await promises.rm(file.path, { force: true });
  }
  for (const entry of await entriesOf(claimsFolder(place))) {
    const path = join(claimsFolder(place), entry.name);
    // Whose file is taken away all the same fails at naming it, and starts again.
    if (entry.name.startsWith(asidePrefix) && (await ageOf(path)) > asideLife) await promises.rm(path, { force: true });
  }
}

/** Milliseconds since a file was written; 0 where it is gone. */
async function ageOf(path: string): Promise<number> {
  try {
    return Date.now() - (await promises.lstat(path)).mtimeMs;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
