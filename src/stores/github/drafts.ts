import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { DraftRequest } from '../store.ts';
import { type Client, once } from './client.ts';
import { isOwn, type Owner } from './held.ts';
import { longestBody, type Marker, markerOf, withMarker } from './marker.ts';
import { refusal } from './refusal.ts';
import { allReleases, eventually, releaseOf } from './remote.ts';
import { draftsOf } from './view.ts';
import { type RemoteRelease, releaseFrom } from './wire.ts';

/**
 * Opens a draft with this run's marker. Never a target: the tag is there already, and GitHub refuses targets that
 * touch workflows.
 * @throws Failure those of a refusal; `write-failed` for a description that is too long
 */
export async function createDraft(
  client: Client,
  request: DraftRequest,
  tag: Marker['tag'],
  nonce: string,
): Promise<RemoteRelease> {
  const { name, run, digest, notes } = request;
  const body = withMarker(notes, { run, digest, tag, nonce });
  if (body.length > longestBody) {
    const message = `The description has ${body.length} characters; GitHub takes ${longestBody}.`;
    throw new Failure('write-failed', message, { help: 'Shorten the notes.' });
  }
  const create = { tag_name: name, name, body, draft: true, prerelease: false, make_latest: 'false' };
  return await once(
    client,
    async () => {
      const answer = await client.write({ method: 'POST', path: `${client.root}/releases`, body: create });
      if (answer.status !== 201) throw refusal(`open a draft of \`${safe(name)}\``, answer);
      const release = releaseFrom(answer.body);
      if (release.draft) return release;
      throw new Failure('internal', `GitHub published \`${safe(name)}\` where a draft was asked for.`);
    },
    // What was just made is not listed everywhere at once: a second draft would be worse than some seconds.
    () => eventually(client, () => ownDraft(client, request, nonce)),
  );
}

/** This process's draft for this bundle, the oldest if there are more. */
async function ownDraft(
  client: Client,
  { name, run, digest }: DraftRequest,
  nonce: string,
): Promise<RemoteRelease | undefined> {
  const drafts = draftsOf((await allReleases(client)).releases, name);
  return drafts.find(({ marker }) => isOwn(marker, { run, nonce }) && marker?.digest === digest)?.release;
}

/**
 * Deletes a draft of this run: reads it first, and deletes nothing that is published or another's; where the owner
 * names a process, nothing of another process either.
 * @returns whether it is gone
 */
export async function deleteDraft(client: Client, id: number, owner: Owner): Promise<boolean> {
  return await once(
    client,
    async () => {
      const release = await releaseOf(client, id);
      if (release === undefined) return true;
      if (!release.draft || !isOwn(markerOf(release.body), owner)) return false;
      const answer = await client.write({ method: 'DELETE', path: `${client.root}/releases/${id}` });
      if (answer.status === 204 || answer.status === 404) return true;
      throw refusal(`delete draft ${id} of \`${safe(release.tag)}\``, answer);
    },
    async () => ((await releaseOf(client, id)) === undefined ? true : undefined),
  );
}
