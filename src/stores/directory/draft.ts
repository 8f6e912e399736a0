import { createHash } from 'node:crypto';
import { promises } from 'node:fs';
import { join } from 'node:path';
import type { PlannedAsset } from '../../domain/plan.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { putInPlace, removeEmptyFolder, writeAside } from '../durable.ts';
import type { AssetContent } from '../store.ts';
import { digestOf } from './chunks.ts';
import type { HeldClaim } from './claims.ts';
import { guarded, storeFailure } from './failure.ts';
import {
  draftFolder,
  draftsName,
  isFileName,
  kindOf,
  makeInside,
  type Place,
  releaseFile,
  runFolder,
} from './place.ts';
import { entriesOf } from './published.ts';

/** A draft's folder, and what an earlier try left whole in it: asset to SHA-256. */
export interface DraftFolder {
  readonly path: string;
  /** Whose run made it: this one, or a dead one whose claim was taken over. */
  readonly run: string;
  readonly present: ReadonlyMap<string, string>;
}

/**
 * Opens the draft of a held name: goes on with an earlier one of the same bundle, and removes every other draft of
 * this name, since nobody else holds it (their claims were taken over, or deleted by hand).
 */
export async function openDraft(place: Place, held: HeldClaim): Promise<DraftFolder> {
  const drafts = await makeInside(place, draftsName);
  const run = (await firstWithDraft(place, held)) ?? held.run;
  const resumed = held.resumes.includes(run);
  for (const entry of await entriesOf(drafts)) {
    // Never through a link: what lies behind it is not ours to remove.
    if (!entry.isDirectory() || (resumed && entry.name === run)) continue;
    if ((await kindOf(draftFolder(place, entry.name, held.name))) !== 'absent') {
      await removeDraft(place, entry.name, held.name);
    }
  }
  const path = await makeInside(place, draftsName, run, held.name);
  return { path, run, present: await presentAssets(path) };
}

/** Removes a run's draft of a name, and the run's folder if that was its last. */
export async function removeDraft(place: Place, run: string, name: string): Promise<void> {
  await promises.rm(draftFolder(place, run, name), { recursive: true, force: true });
  await removeEmptyFolder(runFolder(place, run));
}

/**
 * Stores an asset in a draft: aside, and under its name only when every byte is on the disk and as announced.
 * @throws Failure `file-changed` (other bytes; nothing is kept), `disk-full`, `write-failed`
 */
export async function storeAsset(folder: string, asset: AssetContent): Promise<void> {
  const path = join(folder, asset.name);
  const aside = await writeAside(folder, async (handle) => {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of readable(asset)) {
      size += chunk.length;
      if (size > asset.size) throw changed(asset, `more than ${asset.size} bytes`);
      hash.update(chunk);
      await guarded('write', path, () => handle.writeFile(chunk));
    }
    if (size !== asset.size) throw changed(asset, `${size} bytes instead of ${asset.size}`);
    const sha256 = hash.digest('hex');
    if (sha256 !== asset.sha256) throw changed(asset, `bytes with sha256 ${sha256} instead of ${asset.sha256}`);
  });
  await putInPlace(aside, path);
}

/**
 * Reads a draft back.
 * @throws Failure `precondition-failed` unless it holds exactly these assets; the message names every difference
 */
export async function requireExactly(folder: string, expected: readonly PlannedAsset[]): Promise<void> {
  const planned = new Map(expected.map((asset) => [asset.name, asset]));
  const differences: string[] = [];
  const found = new Set((await entriesOf(folder)).map((entry) => entry.name));
  for (const name of found) if (!planned.has(name)) differences.push(`\`${safe(name)}\` is not expected`);
  for (const asset of planned.values()) {
    if (!found.has(asset.name)) {
      differences.push(`\`${safe(asset.name)}\` is missing`);
      continue;
    }
    const actual = await digestOf(join(folder, asset.name));
    if (actual.sha256 === asset.sha256 && actual.size === asset.size) continue;
    differences.push(`\`${safe(asset.name)}\` holds ${actual.size} bytes with sha256 ${actual.sha256}`);
  }
  if (differences.length === 0) return;
  const message = `The draft \`${safe(folder, 1000)}\` is not what was planned: ${differences.join('; ')}.`;
  throw new Failure('precondition-failed', message);
}

async function firstWithDraft(place: Place, held: HeldClaim): Promise<string | undefined> {
  for (const run of held.resumes) {
    if ((await kindOf(runFolder(place, run))) !== 'folder') continue;
    if ((await kindOf(draftFolder(place, run, held.name))) === 'folder') return run;
  }
  return undefined;
}

async function presentAssets(folder: string): Promise<Map<string, string>> {
  const present = new Map<string, string>();
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isFile() && isFileName(entry.name) && entry.name !== releaseFile) {
      present.set(entry.name, (await digestOf(path)).sha256);
    } else {
      // What a crash left unfinished, or what nobody of us put here.
      await promises.rm(path, { recursive: true, force: true });
    }
  }
  return present;
}

/** An asset's bytes; errors of its source are failures to read, never to write. */
async function* readable(asset: AssetContent): AsyncGenerator<Uint8Array> {
  try {
    yield* asset.open();
  } catch (error) {
    throw storeFailure(error, 'read', asset.name);
  }
}

function changed(asset: PlannedAsset, what: string): Failure {
  return new Failure('file-changed', `\`${safe(asset.name)}\` gave ${what}: it changed since it was planned.`);
}
