import { compareText } from '../../domain/diagnostic.ts';
import { member } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { parseReleaseName } from '../../domain/tag.ts';
import type { Leftover } from '../preflight.ts';
import type { Client } from './client.ts';
import { deleteDraft } from './drafts.ts';
import { isOwn } from './held.ts';
import { markerOf } from './marker.ts';
import { allReleases, publishedUnder } from './remote.ts';
import { deleteTag } from './tags.ts';
import { draftsOf } from './view.ts';

/** See `Preflight.leftovers`: drafts with a marker, and others that keep a name which could be a release's. */
export async function listLeftovers(client: Client): Promise<Leftover[]> {
  const { releases } = await allReleases(client);
  const standings = new Map<string, Promise<Leftover['standing']>>();
  const found: Leftover[] = [];
  for (const { tag: name, draft, body, createdAt: since } of releases) {
    const run = markerOf(body)?.run;
    if (!draft || (run === undefined && typeof parseReleaseName(name) === 'string')) continue;
    const standing = run === undefined ? 'unknown' : (standings.get(run) ?? standingOf(client, run));
    if (run !== undefined) standings.set(run, Promise.resolve(standing));
    found.push({ name, run, since, standing: await standing });
  }
  return found.sort((a, b) => compareText(a.name, b.name) || compareText(a.run ?? '', b.run ?? ''));
}

/** Whether a run is over: a workflow's, where it is this repository's and shows itself. Run again it is not. */
async function standingOf(client: Client, run: string): Promise<Leftover['standing']> {
  const id = /^github-(\d+)(?:-|$)/.exec(run)?.[1];
  if (id === undefined) return 'unknown';
  const { status, body } = await client.read(`${client.root}/actions/runs/${id}`);
  if (status !== 200) return 'unknown';
  return member(body, 'status') === 'completed' ? 'ended' : 'running';
}

/** See `Preflight.discard`: the drafts of the run, and the tag if the run made it and nobody else uses it. */
export async function discardLeftover(client: Client, name: string, run: string): Promise<string[]> {
  const own = draftsOf((await allReleases(client)).releases, name).filter(({ marker }) => isOwn(marker, { run }));
  const removed: string[] = [];
  const gone = new Set<number>();
  for (const { release, marker } of own) {
    if (!(await deleteDraft(client, release.id, { run, nonce: marker?.nonce }))) continue;
    gone.add(release.id);
    removed.push(`draft ${release.id}`);
  }
  if (gone.size === 0 || !own.some(({ marker }) => marker?.tag === 'made')) return removed;
  const { releases } = await allReleases(client);
  // The list may still show what was just deleted.
  const used = releases.some(({ tag, id }) => tag === name && !gone.has(id));
  if (used || (await publishedUnder(client, name)) !== undefined) return removed;
  await deleteTag(client, name);
  return [...removed, `tag ${safe(name)}`];
}
