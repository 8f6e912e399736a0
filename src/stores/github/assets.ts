import { randomBytes } from 'node:crypto';
import type { PlannedAsset } from '../../domain/plan.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { AssetContent } from '../store.ts';
import type { Answer } from './answer.ts';
import { type Client, inDoubt, once } from './client.ts';
import { digestByDownload } from './download.ts';
import { type HeldDraft, requireHeld } from './held.ts';
import { temporaryName } from './names.ts';
import { growingPause, isLimited, waitForLimit } from './pauses.ts';
import { refusal } from './refusal.ts';
import { assetsOf, eventually } from './remote.ts';
import { asAnnounced, sendAsset } from './upload.ts';
import { assetFrom, type RemoteAsset } from './wire.ts';

/** Where assets go. */
interface UploadPlace extends HeldDraft {
  readonly uploadUrl: string;
  /** When no upload is tried any more: milliseconds of the clock. */
  readonly until: number;
  /** Whether others may know of the draft: it is read before each write then. */
  readonly resumed: boolean;
}

/**
 * Stores an asset in a draft. What is there under its name stays until the new one is whole.
 * @param held what this run knows to be there under the name
 * @returns the asset as it is there now
 * @throws Failure `file-changed` and those of its source; `asset-conflict`; those of a refusal
 */
export async function storeAsset(
  place: UploadPlace,
  asset: AssetContent,
  held: RemoteAsset | undefined,
): Promise<RemoteAsset> {
  if (held === undefined) return await uploadWhole(place, asset.name, asset);
  if (held.sha256 === asset.sha256 && held.size === asset.size) {
    await drain(asset);
    return held;
  }
  const replacing = { ...place, resumed: true };
  const stored = await uploadWhole(replacing, temporaryName(asset.name, randomBytes(6).toString('hex')), asset);
  await deleteAsset(place, held.id);
  return await renameAsset(place, stored, asset.name);
}

/** Whether an asset is there whole, with these bytes; asks for them where GitHub does not know their digest. */
export async function isSame(client: Client, remote: RemoteAsset, { size, sha256 }: PlannedAsset): Promise<boolean> {
  if (!remote.whole || remote.size !== size) return false;
  return (remote.sha256 ?? (await digestByDownload(client, remote))) === sha256;
}

/** Deletes an asset of a draft that is found to be this process's right before; it may be gone already. */
export async function deleteAsset(held: HeldDraft, asset: number): Promise<void> {
  const { client, id } = held;
  await once(
    client,
    async () => {
      await requireHeld(held);
      const answer = await client.write({ method: 'DELETE', path: `${client.root}/releases/assets/${asset}` });
      if (answer.status !== 204 && answer.status !== 404) throw refusal(`delete asset ${asset}`, answer);
      return true;
    },
    async () => ((await assetsOf(client, id)).some((found) => found.id === asset) ? undefined : true),
  );
}

/** Uploads until the asset is there with these bytes; after any doubt it looks before it does anything again. */
async function uploadWhole(place: UploadPlace, name: string, asset: AssetContent): Promise<RemoteAsset> {
  const { client } = place;
  const { clock, patience } = client;
  const deadline = Math.min(clock.now().getTime() + patience.transfer, place.until);
  let last: unknown;
  for (let attempt = 1; attempt <= patience.tries; attempt += 1) {
    const left = deadline - clock.now().getTime();
    if (left <= 0) break;
    if (place.resumed || attempt > 1) await requireHeld(place);
    try {
      const answer = await sendAsset(client, place.uploadUrl, name, asset, left);
      const stored = await judged(place, name, asset, answer, attempt);
      if (stored !== undefined) return stored;
      last = conflict(name, `GitHub answered ${answer.status}${answer.said === '' ? '' : ` (${answer.said})`}`);
    } catch (error) {
      if (!inDoubt(error)) {
        // What was stopped because another upload failed goes with its draft.
        if (error instanceof Failure) await clear(place, name).catch(() => undefined);
        throw error;
      }
      last = error;
      await clock.sleep(growingPause(attempt));
    }
    const found = await reconciled(place, name, asset);
    if (found !== undefined) return found;
  }
  if (clock.now().getTime() < deadline && last !== undefined) throw last;
  const why = last instanceof Failure ? ` At last: ${last.message}` : '';
  throw new Failure('transfer-stalled', `\`${safe(name)}\` did not arrive in the time that uploads have.${why}`);
}

/** @returns the asset where it was stored as sent; undefined where a look must decide */
async function judged(
  place: UploadPlace,
  name: string,
  asset: AssetContent,
  answer: Answer,
  attempt: number,
): Promise<RemoteAsset | undefined> {
  const { client } = place;
  if (isLimited(answer)) {
    await waitForLimit(answer, attempt, client.clock, client.patience);
    return undefined;
  }
  if (answer.status === 201) {
    const stored = assetFrom(answer.body);
    if (stored.name !== name) {
      await deleteAsset(place, stored.id);
      throw conflict(name, `GitHub named it \`${safe(stored.name)}\``);
    }
    return (await isSame(client, stored, asset)) ? { ...stored, sha256: asset.sha256 } : undefined;
  }
  if (answer.status === 422 && /already_exists/.test(answer.said)) return undefined;
  // Uploads hosts answer 400 without naming a field now and then (publishing.md §B).
  if (answer.status === 400 && attempt === 1) return undefined;
  if (answer.status === 404) {
    await requireHeld(place);
    return undefined;
  }
  throw refusal(`upload \`${safe(name)}\``, answer);
}

/** Looks what is there under a name: the asset as sent, or else nothing any more. The draft is this run's alone. */
async function reconciled(place: UploadPlace, name: string, asset: AssetContent): Promise<RemoteAsset | undefined> {
  const found = (await assetsOf(place.client, place.id)).find((candidate) => candidate.name === name);
  if (found === undefined) return undefined;
  if (await isSame(place.client, found, asset)) return { ...found, sha256: asset.sha256 };
  await deleteAsset(place, found.id);
  return undefined;
}

/** Takes away what a broken upload left, which may show a little after it broke. */
async function clear(place: UploadPlace, name: string): Promise<void> {
  const left = await eventually(
    place.client,
    async () => (await assetsOf(place.client, place.id)).find((found) => found.name === name),
    2,
  );
  if (left !== undefined) await deleteAsset(place, left.id);
}

async function renameAsset(held: HeldDraft, asset: RemoteAsset, name: string): Promise<RemoteAsset> {
  const { client, id } = held;
  return await once(
    client,
    async () => {
      await requireHeld(held);
      const path = `${client.root}/releases/assets/${asset.id}`;
      const answer = await client.write({ method: 'PATCH', path, body: { name } });
      const renamed = answer.status === 200 ? assetFrom(answer.body) : undefined;
      if (renamed?.name === name) return { ...asset, name };
      throw renamed === undefined
        ? refusal(`rename \`${safe(asset.name)}\``, answer)
        : conflict(name, 'GitHub renamed it');
    },
    async () => {
      const found = (await assetsOf(client, id)).find((candidate) => candidate.id === asset.id);
      return found?.name === name ? { ...asset, name } : undefined;
    },
  );
}

/** Reads an asset to its end, for what it fails with. */
async function drain(asset: AssetContent): Promise<void> {
  for await (const chunk of asAnnounced(asset)) if (chunk.length === 0) return;
}

function conflict(name: string, what: string): Failure {
  return new Failure('asset-conflict', `\`${safe(name)}\` is not what was sent: ${what}.`);
}
