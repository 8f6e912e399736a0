import { promises } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../../domain/diagnostic.ts';
import type { PlannedAsset } from '../../domain/plan.ts';
import { errnoOf } from '../../errors.ts';
import { removeEmptyFolder, syncFolder, writeWhole } from '../durable.ts';
import type { DraftRequest } from '../store.ts';
import { storeInvalid } from './failure.ts';
import { type Place, releaseFile, releaseFolder } from './place.ts';
import { isPublished, releaseExists } from './published.ts';
import { describe } from './release-file.ts';

/**
 * Turns a draft's folder into the release's by one rename: before it nothing is published, after it everything.
 * @param assets what the draft holds, as sealed
 * @throws Failure `release-exists`, `store-invalid` (something else has the name), `disk-full`, `write-failed`
 */
export async function publish(
  place: Place,
  folder: string,
  request: DraftRequest,
  assets: readonly PlannedAsset[],
): Promise<void> {
  const target = releaseFolder(place, request.name);
  if (await isPublished(place, request.name)) throw releaseExists(place, request.name);
  const described = join(folder, releaseFile);
  const sorted = assets.toSorted((a, b) => compareText(a.name, b.name));
  await writeWhole(described, describe(request, place.now().toISOString(), sorted));
  try {
    await syncFolder(folder);
    // An empty folder is no release; POSIX would replace it, other systems would not.
    await removeEmptyFolder(target);
    // Replaces no folder that holds anything: promises.rename(2), ENOTEMPTY.
    await promises.rename(folder, target);
  } catch (error) {
    await promises.rm(described, { force: true });
    const code = errnoOf(error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST') throw releaseExists(place, request.name);
    if (code === 'ENOTDIR') throw storeInvalid(target, 'is a file in the place of a release', error);
    throw error;
  }
  await syncFolder(place.root);
}
