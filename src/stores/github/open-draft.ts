import type { PlannedAsset } from '../../domain/plan.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { OpenDraftState } from '../open-drafts.ts';
import type { AssetContent, DraftRequest } from '../store.ts';
import { deleteAsset, storeAsset } from './assets.ts';
import type { Held } from './claim.ts';
import type { Client } from './client.ts';
import { digestByDownload } from './download.ts';
import { deleteDraft } from './drafts.ts';
import { isTemporary, requireAsset } from './names.ts';
import { allReleases, assetsOf, commitOfTag, publishedUnder } from './remote.ts';
import { differences } from './seal.ts';
import { deleteTag } from './tags.ts';
import type { RemoteAsset } from './wire.ts';

/** A draft that this process works on. */
export interface OpenDraft extends OpenDraftState {
  readonly held: Held;
  /** What is there whole, by name. */
  readonly assets: Map<string, RemoteAsset>;
  sealed: readonly PlannedAsset[] | undefined;
  /** When the time for all uploads is over: milliseconds of the clock; it begins with the first. */
  until: number | undefined;
}

/** Opens a held draft: what an earlier try left half done is taken away, the rest is known by its digest. */
export async function openDraft(client: Client, request: DraftRequest, held: Held): Promise<OpenDraft> {
  const { id } = held.draft;
  const assets = new Map<string, RemoteAsset>();
  for (const found of held.resumed ? await assetsOf(client, id) : []) {
    if (!found.whole || isTemporary(found.name)) await deleteAsset({ client, id }, found.id);
    else assets.set(found.name, { ...found, sha256: found.sha256 ?? (await digestByDownload(client, found)) });
  }
  return { request, held, assets, sealed: undefined, until: undefined };
}

/** See `ReleaseStore.put`. */
export async function putAsset(client: Client, open: OpenDraft, asset: AssetContent): Promise<void> {
  requireAsset(asset);
  open.sealed = undefined;
  const { id, uploadUrl } = open.held.draft;
  open.until ??= client.clock.now().getTime() + client.patience.uploads;
  const stored = await storeAsset({ client, id, uploadUrl, until: open.until }, asset, open.assets.get(asset.name));
  open.assets.set(asset.name, stored);
}

/** See `ReleaseStore.seal`. */
export async function sealDraft(client: Client, open: OpenDraft, expected: readonly PlannedAsset[]): Promise<void> {
  const wrong = await differences(client, await assetsOf(client, open.held.draft.id), expected);
  if (wrong.length > 0) {
    const message = `The draft of \`${safe(open.request.name)}\` is not what was planned: ${wrong.join('; ')}.`;
    throw new Failure('precondition-failed', message);
  }
  open.sealed = expected;
}

/**
 * Takes back what this run made: its draft, unless it is published, and its tag, unless anybody else uses it.
 * See `ReleaseStore.abandon`.
 */
export async function abandonDraft(client: Client, { request, held }: OpenDraft): Promise<boolean> {
  const { name, run } = request;
  if (!(await deleteDraft(client, held.draft.id, run))) return false;
  if (held.tag === 'made') await giveBackTag(client, name, held);
  return true;
}

async function giveBackTag(client: Client, name: string, held: Held): Promise<void> {
  const { releases, capped } = await allReleases(client);
  // The list may still show the draft that was just deleted.
  const used = releases.some(({ tag, id }) => tag === name && id !== held.draft.id);
  if (used || (capped && (await publishedUnder(client, name)) !== undefined)) return;
  if ((await commitOfTag(client, name)) !== held.commit) return;
  await deleteTag(client, name);
}
