import { safe } from '../../domain/safe.ts';
import { namesOfFamily, parseReleaseName } from '../../domain/tag.ts';
import { Failure } from '../../errors.ts';
import type { Client } from './client.ts';
import { type Marker, markerOf } from './marker.ts';
import { allReleases, type Listing, publishedUnder, tagsFrom } from './remote.ts';
import type { RemoteRelease } from './wire.ts';

/** A draft under a name, and whose it is. */
export interface SeenDraft {
  readonly release: RemoteRelease;
  /** Undefined: a person's, or another tool's. */
  readonly marker: Marker | undefined;
}

/** What a repository shows of one name. */
export interface View {
  /** Lowest number first: the one that was there first. */
  readonly drafts: readonly SeenDraft[];
  readonly published: boolean;
  /** The name with this one's family and number and another date, if there is one. */
  readonly rival: { readonly name: string; readonly how: 'published' | 'claimed' } | undefined;
  readonly tagged: boolean;
  readonly listing: Listing;
}

/** Looks at a name: releases and drafts first, tags then, so that what turns from a tag into a release is seen. */
export async function viewOf(client: Client, name: string): Promise<View> {
  const tags = await tagsLike(client, name);
  const listing = await allReleases(client);
  const { releases, capped } = listing;
  const drafts = draftsOf(releases, name);
  const published = releases.some(({ tag, draft }) => tag === name && !draft);
  const shown = releases.filter(({ draft }) => !draft).map(({ tag }) => tag);
  const claimed = [...releases.map(({ tag }) => tag), ...tags];
  const rival = sameNumber(name, claimed);
  return {
    drafts,
    published: published || (capped && (await publishedUnder(client, name)) !== undefined),
    rival: rival === undefined ? undefined : { name: rival, how: shown.includes(rival) ? 'published' : 'claimed' },
    tagged: tags.includes(name),
    listing,
  };
}

/** Every published name; undefined where the list does not reach so far back. */
export function publishedNames({ releases, capped }: Listing): string[] | undefined {
  return capped ? undefined : releases.filter(({ draft }) => !draft).map(({ tag }) => tag);
}

/** The tags of a name's family. */
export async function tagsLike(client: Client, name: string): Promise<string[]> {
  const own = parseReleaseName(name);
  const tags = await tagsFrom(client, typeof own === 'object' ? `${own.family}-` : name);
  return tags.map(({ tag }) => tag);
}

/** The drafts of a name, the oldest first. */
export function draftsOf(releases: readonly RemoteRelease[], name: string): SeenDraft[] {
  return releases
    .filter(({ tag, draft }) => draft && tag === name)
    .map((release) => ({ release, marker: markerOf(release.body) }))
    .sort((a, b) => a.release.id - b.release.id);
}

/** The name among many that has this one's family and number and another date. */
export function sameNumber(name: string, names: readonly string[]): string | undefined {
  const own = parseReleaseName(name);
  if (typeof own === 'string') return undefined;
  return namesOfFamily(own.family, names).find((other) => other.number === own.number && other.name !== name)?.name;
}

/** The number is another's. */
export function numberLost(name: string, rival: string, how: string): Failure {
  return new Failure('number-lost', `The number of \`${safe(name)}\` is taken: \`${safe(rival)}\` is ${how}.`);
}

/** The name is published. */
export function releaseExists(name: string, address: string): Failure {
  return new Failure('release-exists', `\`${safe(name)}\` is published already in ${safe(address)}.`);
}

/** The name is another run's, as its draft says; or a person's, whose draft has no marker. */
export function heldByAnother(name: string, { release, marker }: SeenDraft): Failure {
  const draft = `draft ${release.id} of ${safe(release.createdAt)}`;
  if (marker === undefined) {
    return new Failure('draft-foreign', `\`${safe(name)}\` has ${draft}, which no run of this tool made.`);
  }
  const message = `\`${safe(name)}\` is being published by run \`${safe(marker.run)}\`: ${draft}.`;
  return new Failure('claim-held', message, {
    help: `Wait until that run ends, and run the command again; if it ended, run it again: it goes on with its draft. Only if it never will: \`mldr doctor --delete-draft ${safe(name)}\` deletes its draft, and the tag if that run made it.`,
  });
}
