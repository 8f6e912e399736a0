import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { type Client, once } from './client.ts';
import { type Marker, markerOf, notesOf, withMarker } from './marker.ts';
import { refusal } from './refusal.ts';
import { eventually, releaseOf } from './remote.ts';
import { type RemoteRelease, releaseFrom } from './wire.ts';

/** Whose a draft is: a run's, and of the processes of that run (a lost job and its rerun) one's. */
export interface Owner {
  readonly run: string;
  /** Undefined: whichever process of the run. */
  readonly nonce?: string | undefined;
}

/** A draft that this process works on. */
export interface HeldDraft {
  readonly client: Client;
  readonly id: number;
  readonly name: string;
  readonly owner: Owner;
}

/** Whether a draft is this run's, and where a process is named, that one's. */
export function isOwn(marker: Marker | undefined, { run, nonce }: Owner): boolean {
  return marker?.run === run && (nonce === undefined || marker.nonce === nonce);
}

/**
 * Reads a draft right before something is written to it: GitHub has no conditional writes, so a look is all there is.
 * @returns the draft as it is now
 * @throws Failure `release-exists` where it is published; `claim-held` where another process of the run has taken it
 * over; `precondition-failed` where it is gone, or not this run's any more
 */
export async function requireHeld({ client, id, name, owner }: HeldDraft): Promise<RemoteRelease> {
  const release = await eventually(client, () => releaseOf(client, id));
  if (release?.draft === false) throw publishedMeanwhile(name, id);
  const marker = release === undefined ? undefined : markerOf(release.body);
  if (release !== undefined && isOwn(marker, owner)) return release;
  if (marker !== undefined && isOwn(marker, { run: owner.run })) throw heldBySibling(name, id, owner.run);
  const what = release === undefined ? 'was deleted' : 'was changed by somebody else';
  throw new Failure('precondition-failed', `Draft ${id} of \`${safe(name)}\` ${what}.`);
}

/**
 * Makes this process the one that works on a draft of its run. Another one that still lives finds that before its next
 * write, and stops.
 * @param seen the draft as it was read; where another process took it since, that one keeps it
 * @throws Failure as `requireHeld`; those of a refusal
 */
export async function takeOver(held: HeldDraft, seen: RemoteRelease): Promise<RemoteRelease> {
  const { client, id, name, owner } = held;
  const before = markerOf(seen.body);
  if (before === undefined || isOwn(before, owner)) return await requireHeld(held);
  await once(
    client,
    async () => {
      const { body } = await requireHeld({ ...held, owner: { run: owner.run, nonce: before.nonce } });
      const marked = withMarker(notesOf(body), { ...before, nonce: owner.nonce });
      const path = `${client.root}/releases/${id}`;
      const answer = await client.write({ method: 'PATCH', path, body: { body: marked } });
      if (answer.status !== 200) throw refusal(`take over the draft of \`${safe(name)}\``, answer);
      return releaseFrom(answer.body);
    },
    async () => {
      const now = await releaseOf(client, id);
      return now !== undefined && isOwn(markerOf(now.body), owner) ? now : undefined;
    },
  );
  return await requireHeld(held);
}

/** Another process of the same run: a lost job and its rerun, or two jobs with the same id. */
export function heldBySibling(name: string, id: number, run: string): Failure {
  const message = `\`${safe(name)}\` is being published by another process of this run, \`${safe(run)}\`: draft ${id} is its own now.`;
  return new Failure('claim-held', message, {
    help: `Let that process end; if it died, run the command again: it goes on with the draft. Only if neither will: \`mldr doctor --delete-draft ${safe(name)}\` deletes it.`,
  });
}

function publishedMeanwhile(name: string, id: number): Failure {
  const message = `\`${safe(name)}\` (release ${id}) was published by somebody else while it was being filled: nothing of it is changed any more.`;
  return new Failure('release-exists', message);
}
