import { promises } from 'node:fs';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { makeFolder, removeEmptyFolder } from '../durable.ts';
import { type OpenDraftState, openDrafts, requireSealed } from '../open-drafts.ts';
import type { Preflight } from '../preflight.ts';
import type { Draft, DraftRequest, ReleaseDetails, ReleaseStore } from '../store.ts';
import {
  claimedNames,
  giveBack,
  type HeldClaim,
  isHeld,
  namesLeftBy,
  requireHeld,
  takeClaim,
  withdraw,
} from './claims.ts';
import { type DraftFolder, openDraft, removeDraft, requireExactly, storeAsset } from './draft.ts';
import { guarded, storeInvalid } from './failure.ts';
import { thisProcess } from './holder.ts';
import { discardLeftover, listLeftovers } from './leftovers.ts';
import { type Place, releaseFolder, requireName, runFolder, type StoreStep } from './place.ts';
import { probe } from './preflight.ts';
import { publish } from './publication.ts';
import { publisherOf, readAsset, releaseDetails, releaseNames } from './published.ts';
import { sweep } from './sweep.ts';

/** What a directory store takes besides its folder. */
export interface DirectoryStoreOptions {
  /** How the user named the store, where `path` is made of it; by default `dir:<path>`. */
  readonly address?: string;
  /** Name of this machine in claims; by default its host name. */
  readonly host?: string;
  /** The clock of claims and of `published_at`; by default the system's. */
  readonly now?: () => Date;
  /** Told of every step right after it stands on the disk; `detail` is a path or an asset's name. */
  readonly observe?: (step: StoreStep, detail: string) => void;
}

interface OpenDraft extends OpenDraftState {
  readonly held: HeldClaim;
  readonly folder: DraftFolder;
}

/**
 * Opens a folder as a release store: `<store>/<name>/` with the assets and `release.json`, claims in `.claims`,
 * drafts in `.drafts`. Touches nothing yet; a folder that does not exist reads as an empty store, and the first
 * `begin` makes it.
 * @param path absolute, or from the working directory; releases' `url` begins with it
 */
export function openDirectoryStore(path: string, options: DirectoryStoreOptions = {}): ReleaseStore & Preflight {
  const { address = `dir:${path}`, host, now = () => new Date(), observe = () => undefined } = options;
  const place: Place = { root: path, address, self: thisProcess(host), now, observe };
  const drafts = openDrafts<OpenDraft>();

  async function begin(request: DraftRequest): Promise<Draft> {
    requireName('a release', request.name);
    requireName('a run', request.run);
    await makeRoot(path);
    await sweep(place);
    const held = await takeClaim(place, request);
    try {
      const folder = await openDraft(place, held);
      drafts.set({ request, held, folder, sealed: undefined });
      observe('draft', folder.path);
      return { name: request.name, run: request.run, present: folder.present };
    } catch (error) {
      await withdraw(held.path).catch(() => undefined);
      throw error;
    }
  }

  async function publishSealed(open: OpenDraft): Promise<void> {
    const { request, held, folder } = open;
    const sealed = requireSealed(open);
    await requireHeld(place, held);
    await publish(place, folder.path, request, sealed);
    observe('commit', releaseFolder(place, request.name));
  }

  async function commit(draft: Draft): Promise<ReleaseDetails> {
    // A second call finds it done, even where the first one failed after its rename.
    if ((await publisherOf(place, draft.name)) !== draft.run) await publishSealed(drafts.require(draft));
    const open = drafts.find(draft);
    if (open !== undefined) {
      // It is published: what cannot be cleaned now is cleaned by a later `begin`.
      await removeEmptyFolder(runFolder(place, open.folder.run)).catch(() => undefined);
      await giveBack(place, open.held).catch(() => undefined);
      drafts.close(draft);
    }
    const details = await releaseDetails(place, draft.name);
    if (details !== undefined) return details;
    throw new Failure('release-not-found', `\`${safe(draft.name)}\` was taken away right after it was published.`);
  }

  async function abandon(draft: Draft): Promise<boolean> {
    const open = drafts.find(draft);
    if (open === undefined) return false;
    const held = await isHeld(place, open.held);
    if (held) {
      await removeDraft(place, open.folder.run, draft.name);
      await giveBack(place, open.held);
      observe('abandon', open.folder.path);
    }
    drafts.close(draft);
    return held;
  }

  return {
    address: place.address,
    list: () => guarded('read', path, async () => (await releaseNames(place)).map((name) => ({ name }))),
    claims: () => guarded('read', path, () => claimedNames(place)),
    leftBy: (run) => guarded('read', path, () => namesLeftBy(place, run)),
    details: (name) => guarded('read', path, () => releaseDetails(place, name)),
    read: (name, asset) => guarded('read', path, () => readAsset(place, name, asset)),
    begin: (request) => guarded('write', path, () => begin(request)),
    put: (draft, asset) =>
      guarded('write', path, async () => {
        const open = drafts.require(draft);
        requireName('an asset', asset.name);
        drafts.set({ ...open, sealed: undefined });
        await storeAsset(open.folder.path, asset);
        observe('put', asset.name);
      }),
    seal: (draft, expected) =>
      guarded('read', path, async () => {
        const open = drafts.require(draft);
        await requireExactly(open.folder.path, expected);
        drafts.set({ ...open, sealed: expected });
        observe('seal', open.folder.path);
      }),
    commit: (draft) => guarded('write', path, () => commit(draft)),
    abandon: (draft) => guarded('write', path, () => abandon(draft)),
    probe: () => probe(place),
    leftovers: () => guarded('read', path, () => listLeftovers(place)),
    discard: (leftover) => guarded('write', path, () => discardLeftover(place, { begin, abandon }, leftover)),
  };
}

/** Makes the store's own folder; a link to a folder is as good. */
async function makeRoot(path: string): Promise<void> {
  await makeFolder(path, true);
  const isFolder = await promises.stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw storeInvalid(path, 'is not a folder');
}
