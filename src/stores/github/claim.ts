import { randomInt } from 'node:crypto';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { DraftRequest } from '../store.ts';
import type { Client } from './client.ts';
import { createDraft, deleteDraft } from './drafts.ts';
import { heldBySibling, isOwn, type Owner, takeOver } from './held.ts';
import type { Marker } from './marker.ts';
import { withdrawTag } from './own-tag.ts';
import { allReleases, commitOfTag, defaultHead, eventually, releaseOf } from './remote.ts';
import { deleteTag, makeTag, requireTag } from './tags.ts';
import {
  draftsOf,
  heldByAnother,
  numberLost,
  publishedNames,
  releaseExists,
  type SeenDraft,
  sameNumber,
  tagsLike,
  type View,
  viewOf,
} from './view.ts';
import type { RemoteRelease } from './wire.ts';

/** A name that this run holds. */
export interface Held {
  readonly draft: RemoteRelease;
  readonly owner: Owner;
  /** The commit that the tag must stand on when it is published. */
  readonly commit: string;
  readonly tag: Marker['tag'];
  /** Whether an earlier try of this run began it. */
  readonly resumed: boolean;
  /** Names that were published when the claim was looked at last; undefined where not all of them are listed. */
  readonly published: readonly string[] | undefined;
}

/** What claiming needs to know. */
export interface Claimant {
  readonly client: Client;
  readonly address: string;
  /** The tag that started this run: it must exist already, and is never made or deleted. */
  readonly givenTag: string | undefined;
  /** Names this process among those of its run: 16 hex digits. */
  readonly nonce: string;
}

// Withdrawals cross only while names of one number are claimed under one's eyes: no honest race comes near this.
const rounds = 100;

/**
 * Claims a name and its number in the family, or finds this run's own claim.
 *
 * The claim is the tag, which GitHub lets one of many make; the draft says whose it is. Where the tag is there and
 * nobody's (its maker's answer was lost, or it was made by hand), the oldest draft of a run holds the name. A name of
 * the same number with another date is a tag of its own: whoever sees one after making theirs withdraws and looks anew.
 * Whatever slips through stale answers, GitHub publishes one release a tag, and the tag's commit is read again then.
 * @throws Failure `claim-held`, `draft-foreign`, `number-lost`, `release-exists`, `tag-moved`, `tag-rule`…
 */
export async function takeName(claimant: Claimant, request: DraftRequest): Promise<Held> {
  const { client } = claimant;
  const commit = request.commit ?? (await defaultHead(client));
  for (let round = 1; ; round += 1) {
    const view = await viewOf(client, request.name);
    await requireFree(claimant, request, view);
    const tag = await holdTag(claimant, request, view, commit);
    const held = tag === undefined ? undefined : await settle(claimant, request, view, tag, commit);
    if (held !== undefined) return held;
    if (round >= rounds)
      throw new Failure('number-lost', `\`${safe(request.name)}\` is wanted by other runs at this moment.`);
    await client.clock.sleep(randomInt(20, 500 * Math.min(round, 10)));
  }
}

/** @throws Failure where the name or its number is another's; what this run had of it is given back */
async function requireFree({ client, address }: Claimant, request: DraftRequest, view: View): Promise<void> {
  const { name, run } = request;
  const other = otherHolder(view.drafts, run);
  const lost = view.published
    ? releaseExists(name, address)
    : view.rival !== undefined
      ? numberLost(name, view.rival.name, view.rival.how)
      : other === undefined
        ? undefined
        : heldByAnother(name, other);
  if (lost === undefined) return;
  const own = view.drafts.filter(({ marker }) => isOwn(marker, { run }));
  for (const { release, marker } of own) await deleteDraft(client, release.id, { run, nonce: marker?.nonce });
  const made = own.some(({ marker }) => marker?.tag === 'made');
  if (made && !view.published && other === undefined) await deleteTag(client, name);
  throw lost;
}

/** The draft that keeps a run from a name: the oldest one, where that is not its own. */
function otherHolder(drafts: readonly SeenDraft[], run: string): SeenDraft | undefined {
  const [first] = drafts;
  return first === undefined || isOwn(first.marker, { run }) ? undefined : first;
}

/** @returns undefined where the tag was there and is gone again */
async function holdTag(
  claimant: Claimant,
  request: DraftRequest,
  view: View,
  commit: string,
): Promise<Marker['tag'] | undefined> {
  const { client, givenTag } = claimant;
  const { name, run } = request;
  if (name === givenTag) {
    await requireTag(client, name, request.commit);
    return 'found';
  }
  const own = view.drafts.find(({ marker }) => isOwn(marker, { run }))?.marker;
  if (!view.tagged) {
    const made = await makeTag(client, name, commit);
    if (made === 'made') return made;
  } else if (own !== undefined) {
    await requireTag(client, name, commit);
    return own.tag;
  }
  return await adoptTag(claimant, request, commit);
}

/** The tag is there and not known to be ours: whoever is making it has some seconds to open a draft. */
async function adoptTag(claimant: Claimant, request: DraftRequest, commit: string): Promise<'found' | undefined> {
  const { client } = claimant;
  const changed = await eventually(client, async () => {
    const view = await viewOf(client, request.name);
    await requireFree(claimant, request, view);
    return view.drafts.length > 0 || !view.tagged ? view : undefined;
  });
  // A draft of this run that was not listed before, or no tag any more: begin anew, with what is seen now.
  if (changed !== undefined) return undefined;
  const found = await commitOfTag(client, request.name);
  if (found === commit) return 'found';
  if (found === undefined) return undefined;
  const message = `Tag \`${safe(request.name)}\` is there already, on ${safe(found)}, and not on ${safe(commit)}.`;
  throw new Failure('number-lost', message);
}

/**
 * Opens the draft, or goes on with one of this bundle, and looks whether the claim stands.
 * @returns undefined where it was withdrawn, and is to be tried again
 */
async function settle(
  { client, address, nonce }: Claimant,
  request: DraftRequest,
  { drafts, listing: before }: View,
  tag: Marker['tag'],
  commit: string,
): Promise<Held | undefined> {
  const { name, run, digest } = request;
  const earlier = drafts.filter(({ marker }) => isOwn(marker, { run }));
  const listed = earlier.find(({ marker }) => marker?.digest === digest)?.release;
  // A list may still show what was deleted a moment ago, or published.
  const resumed = listed === undefined ? undefined : await releaseOf(client, listed.id);
  if (resumed?.draft === false) throw releaseExists(name, address);
  const crossed = sameNumber(name, await tagsLike(client, name)) !== undefined;
  for (const { release, marker } of earlier)
    if (crossed || release.id !== resumed?.id) await deleteDraft(client, release.id, { run, nonce: marker?.nonce });
  if (crossed) {
    if (tag === 'made') await deleteTag(client, name);
    return undefined;
  }
  const owner = { run, nonce };
  if (resumed !== undefined) {
    const draft = await takeOver({ client, id: resumed.id, name, owner }, resumed);
    return { draft, owner, commit, tag, resumed: true, published: publishedNames(before) };
  }
  const draft = await createDraft(client, request, tag, nonce).catch(async (error: unknown) => {
    if (tag === 'made') await withdrawTag(client, name, commit, error);
    throw error;
  });
  const listing = await allReleases(client);
  const { releases } = listing;
  const seen = draftsOf(releases, name);
  for (const { release, marker } of seen) {
    // One of this process's that was not listed before.
    if (release.id !== draft.id && isOwn(marker, owner)) await deleteDraft(client, release.id, owner);
  }
  const older = seen.filter(({ release, marker }) => release.id < draft.id && !isOwn(marker, owner));
  const [other] = older;
  const published = releases.some((release) => release.tag === name && !release.draft);
  if (other === undefined && !published) {
    return { draft, owner, commit, tag, resumed: false, published: publishedNames(listing) };
  }
  await deleteDraft(client, draft.id, owner);
  if (other === undefined) throw releaseExists(name, address);
  throw isOwn(other.marker, { run }) ? heldBySibling(name, other.release.id, run) : heldByAnother(name, other);
}
