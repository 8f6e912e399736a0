import { compareText } from '../../domain/diagnostic.ts';
import type { PlannedAsset } from '../../domain/plan.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { LeftDraft, ReleaseDetails } from '../store.ts';
import { type Client, once } from './client.ts';
import { heldBySibling, isOwn, type Owner } from './held.ts';
import { markerOf, notesOf } from './marker.ts';
import { refusal } from './refusal.ts';
import { commitOfTag, eventually, publishedUnder, releaseOf } from './remote.ts';
import { differences } from './seal.ts';
import { requireTag, tagMovedSince } from './tags.ts';
import { releaseExists } from './view.ts';
import { type RemoteRelease, releaseFrom } from './wire.ts';

/** A draft that may be published. */
export interface Sealed {
  readonly name: string;
  readonly owner: Owner;
  readonly id: number;
  /** The commit that was checked, and that the tag must stand on. */
  readonly commit: string;
  readonly assets: readonly PlannedAsset[];
}

/** Whether a release takes the "Latest" badge. */
export type MakeLatest = 'true' | 'false' | 'legacy';

/**
 * Publishes a draft by one change, and reads back what is there then: by its number, by its tag, and the tag's commit.
 * @throws Failure `precondition-failed`, `tag-moved`, `release-exists`, those of a refusal: nothing was published;
 * `verify-failed`, `tag-moved` (it says so): it was, and is not as planned
 */
export async function publish(
  client: Client,
  sealed: Sealed,
  makeLatest: MakeLatest,
  address: string,
): Promise<ReleaseDetails> {
  await requireTag(client, sealed.name, sealed.commit);
  if ((await sealedStill(client, sealed, address)).draft) await makePublic(client, sealed, makeLatest, address);
  return await readBack(client, sealed);
}

/**
 * Looks at a sealed draft once more, and at its tag, and leaves it.
 * @throws Failure `precondition-failed`, `tag-moved`; `release-exists` where a person has published it meanwhile
 */
export async function leave(client: Client, sealed: Sealed, address: string): Promise<LeftDraft> {
  const { name, commit } = sealed;
  await requireTag(client, name, commit);
  const { draft, page } = await sealedStill(client, sealed, address);
  if (!draft) throw releaseExists(name, address);
  return { name, commit, assets: provenAssets(sealed), url: page };
}

/** What was sealed and found to be there, to the digest; where GitHub knows none, the bytes were read. */
function provenAssets({ assets }: Sealed): PlannedAsset[] {
  const found = assets.map(({ name, size, sha256 }) => ({ name, size, sha256 }));
  return found.sort((a, b) => compareText(a.name, b.name));
}

/** What a published release says of itself, with its tag's commit. */
export async function detailsOf(client: Client, release: RemoteRelease): Promise<ReleaseDetails> {
  const commit = await commitOfTag(client, release.tag);
  const assets = release.assets
    .filter(({ whole }) => whole)
    .map(({ name, size, sha256 }) => ({ name, size, ...(sha256 === undefined ? {} : { sha256 }) }));
  return {
    name: release.tag,
    publishedAt: release.publishedAt ?? release.createdAt,
    notes: notesOf(release.body),
    assets: assets.sort((a, b) => compareText(a.name, b.name)),
    url: release.page,
    ...(commit === undefined ? {} : { commit }),
  };
}

/** The draft as it is now, found unchanged; published already, where this run did that before. */
async function sealedStill(client: Client, sealed: Sealed, address: string): Promise<RemoteRelease> {
  const { name, owner, id, assets } = sealed;
  const release = await eventually(client, () => releaseOf(client, id));
  if (release === undefined || !isOwn(markerOf(release.body), { run: owner.run })) {
    throw new Failure('precondition-failed', `The draft of \`${safe(name)}\` was deleted or changed by somebody else.`);
  }
  const changed = await differences(client, release.assets, assets);
  if (!release.draft && changed.length > 0) throw releaseExists(name, address);
  requireOurs(sealed, release);
  if (changed.length === 0) return release;
  throw new Failure(
    'precondition-failed',
    `The draft of \`${safe(name)}\` changed since it was sealed: ${changed.join('; ')}.`,
  );
}

/** A draft that another process of the run has taken over is that one's to publish. */
function requireOurs({ name, owner, id }: Sealed, release: RemoteRelease): void {
  if (release.draft && !isOwn(markerOf(release.body), owner)) throw heldBySibling(name, id, owner.run);
}

async function makePublic(client: Client, sealed: Sealed, makeLatest: MakeLatest, address: string): Promise<void> {
  const { name, id } = sealed;
  const path = `${client.root}/releases/${id}`;
  await once(
    client,
    async () => {
      const answer = await client.write({ method: 'PATCH', path, body: { draft: false, make_latest: makeLatest } });
      if (answer.status === 422 && /already_exists/.test(answer.said)) throw releaseExists(name, address);
      if (answer.status !== 200) throw refusal(`publish \`${safe(name)}\``, answer);
      return releaseFrom(answer.body);
    },
    async () => {
      const release = await releaseOf(client, id);
      if (release !== undefined) requireOurs(sealed, release);
      return release?.draft === false ? release : undefined;
    },
  );
}

async function readBack(client: Client, sealed: Sealed): Promise<ReleaseDetails> {
  const { name, id, commit, assets } = sealed;
  const release = await eventually(client, () => publishedOnly(releaseOf(client, id)));
  const shown = await eventually(client, () => publishedUnder(client, name), client.patience.tries);
  const problems = release === undefined ? ['it is not published'] : await differences(client, release.assets, assets);
  if (shown?.id !== id) problems.push(`its tag shows ${shown === undefined ? 'no release' : `release ${shown.id}`}`);
  if (release === undefined || problems.length > 0)
    throw new Failure('verify-failed', `\`${safe(name)}\` (release ${id}): ${problems.join('; ')}.`);
  const details = await detailsOf(client, release);
  if (details.commit !== commit) throw tagMovedSince(name, commit, details.commit);
  return { ...details, assets: provenAssets(sealed) };
}

async function publishedOnly(release: Promise<RemoteRelease | undefined>): Promise<RemoteRelease | undefined> {
  const found = await release;
  return found?.draft === false ? found : undefined;
}
