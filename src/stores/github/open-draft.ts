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
import { type HeldDraft, requireHeld } from './held.ts';
import { isTemporary, requireAsset } from './names.ts';
import { giveBackTag } from './own-tag.ts';
import { Proof } from './proof.ts';
import { assetsOf } from './remote.ts';
import { differences } from './seal.ts';
import type { RemoteAsset } from './wire.ts';

/** A draft that this process works on. */
export interface OpenDraft extends OpenDraftState {
  readonly held: Held;
  /** What is there whole, by name. */
  readonly assets: Map<string, RemoteAsset>;
  sealed: readonly PlannedAsset[] | undefined;
  /** When the time for all uploads is over: milliseconds of the clock; it begins with the first. */
  until: number | undefined;
  /** Of a draft that nobody knew before; a resumed one is looked at before each write. */
  readonly proof: Proof | undefined;
}

/** Opens a held draft: what an earlier try left half done is taken away, the rest is known by its digest. */
export async function openDraft(client: Client, request: DraftRequest, held: Held): Promise<OpenDraft> {
  const place = placeOf(client, request, held);
  const assets = new Map<string, RemoteAsset>();
  for (const found of held.resumed ? await assetsOf(client, place.id) : []) {
    if (!found.whole || isTemporary(found.name)) await deleteAsset(place, found.id);
    else assets.set(found.name, { ...found, sha256: found.sha256 ?? (await digestByDownload(client, found)) });
  }
  const proof = held.resumed ? undefined : new Proof(client.clock, () => requireHeld(place));
  return { request, held, assets, sealed: undefined, until: undefined, proof };
}

/** See `ReleaseStore.put`. */
export async function putAsset(client: Client, open: OpenDraft, asset: AssetContent, last: boolean): Promise<void> {
  requireAsset(asset);
  open.sealed = undefined;
  const { request, held, proof, assets } = open;
  open.until ??= client.clock.now().getTime() + client.patience.uploads;
  const { until } = open;
  const place = { ...placeOf(client, request, held), uploadUrl: held.draft.uploadUrl, until, resumed: held.resumed };
  const store = (content: AssetContent) => storeAsset(place, content, assets.get(asset.name));
  assets.set(asset.name, await (proof === undefined ? store(asset) : proof.around(asset, last, store)));
}

/** See `ReleaseStore.seal`. */
export async function sealDraft(client: Client, open: OpenDraft, expected: readonly PlannedAsset[]): Promise<void> {
  const draft = await requireHeld(placeOf(client, open.request, open.held));
  const wrong = await differences(client, draft.assets, expected);
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
  if (!(await deleteDraft(client, held.draft.id, held.owner))) return false;
  if (held.tag === 'made') await giveBackTag(client, request.name, held.commit, held.draft.id);
  return true;
}

function placeOf(client: Client, { name }: DraftRequest, { draft, owner }: Held): HeldDraft {
  return { client, id: draft.id, name, owner };
}
