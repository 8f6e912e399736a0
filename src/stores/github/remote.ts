import { member } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { Client } from './client.ts';
import { growingPause } from './pauses.ts';
import {
  assetFrom,
  objectFrom,
  type RemoteAsset,
  type RemoteRef,
  type RemoteRelease,
  refFrom,
  releaseFrom,
} from './wire.ts';

/** The releases of a repository, drafts too, as they were at one moment. */
export interface Listing {
  readonly releases: readonly RemoteRelease[];
  /** GitHub shows its 1,000 newest only. */
  readonly capped: boolean;
}

/** Every release that the token may see, drafts too; capped at GitHub's 1,000 newest. */
export async function allReleases(client: Client): Promise<Listing> {
  const { rows, capped } = await client.all(`${client.root}/releases?per_page=100`, 'list the releases');
  return { releases: rows.map(releaseFrom), capped };
}

/**
 * The tags that begin with a text, by name: git knows all of them, however many releases there are. One request:
 * GitHub cuts this list into no pages (google/go-github#3924); a server that does is followed.
 */
export async function tagsFrom(client: Client, prefix: string): Promise<(RemoteRef & { readonly tag: string })[]> {
  const path = `${client.root}/git/matching-refs/tags/${encodeURIComponent(prefix)}`;
  const { rows } = await client.all(path, 'list the tags');
  return rows.map(refFrom).map((ref) => ({ ...ref, tag: ref.ref.replace(/^refs\/tags\//, '') }));
}

/** The published release of a tag. */
export async function publishedUnder(client: Client, tag: string): Promise<RemoteRelease | undefined> {
  const found = await client.find(
    `${client.root}/releases/tags/${encodeURIComponent(tag)}`,
    `read release \`${safe(tag)}\``,
  );
  return found === undefined ? undefined : releaseFrom(found);
}

/** A release or a draft by its number. */
export async function releaseOf(client: Client, id: number): Promise<RemoteRelease | undefined> {
  const found = await client.find(`${client.root}/releases/${id}`, `read release ${id}`);
  return found === undefined ? undefined : releaseFrom(found);
}

/** The assets of a release, those of failed uploads too. */
export async function assetsOf(client: Client, id: number): Promise<RemoteAsset[]> {
  const { rows } = await client.all(
    `${client.root}/releases/${id}/assets?per_page=100`,
    `list the assets of release ${id}`,
  );
  return rows.map(assetFrom);
}

/** A reference; undefined where there is none. @param ref `tags/…`, `heads/…` */
async function refOf(client: Client, ref: string): Promise<RemoteRef | undefined> {
  const path = ref.split('/').map(encodeURIComponent).join('/');
  const found = await client.find(`${client.root}/git/ref/${path}`, `read \`${safe(ref)}\``);
  return found === undefined ? undefined : refFrom(found);
}

/** The commit that a reference leads to, through annotated tags. @throws Failure `tag-moved` where it leads to none */
async function commitOf(client: Client, ref: RemoteRef): Promise<string> {
  let { type, sha } = ref;
  // A tag of a tag of a tag is somebody's joke.
  for (let depth = 0; type === 'tag' && depth < 5; depth += 1) {
    const found = await client.find(`${client.root}/git/tags/${sha}`, `read the tag object ${sha}`);
    if (found === undefined) break;
    ({ type, sha } = objectFrom(found));
  }
  if (type === 'commit') return sha;
  throw new Failure('tag-moved', `\`${safe(ref.ref)}\` leads to a ${safe(type)}, not to a commit.`);
}

/** The commit of a tag; undefined where there is no such tag. */
export async function commitOfTag(client: Client, tag: string): Promise<string | undefined> {
  const ref = await refOf(client, `tags/${tag}`);
  return ref === undefined ? undefined : await commitOf(client, ref);
}

/** The head of the default branch. @throws Failure `github-not-found` */
export async function defaultHead(client: Client): Promise<string> {
  const repository = await client.find(client.root, 'read the repository');
  const branch = member(repository, 'default_branch');
  const ref = typeof branch === 'string' ? await refOf(client, `heads/${branch}`) : undefined;
  if (ref !== undefined) return ref.sha;
  throw new Failure('github-not-found', `\`${safe(client.root)}\` shows no default branch: no commit to be released.`);
}

/** Looks until something is there: what was just written is not shown at once everywhere. */
export async function eventually<T>(
  client: Client,
  look: () => Promise<T | undefined>,
  tries = 4,
): Promise<T | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await look();
    if (found !== undefined || attempt >= tries) return found;
    await client.clock.sleep(growingPause(attempt));
  }
}
