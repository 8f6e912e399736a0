import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { Client } from './client.ts';
import { allReleases, commitOfTag, publishedUnder } from './remote.ts';
import { deleteTag } from './tags.ts';

/**
 * Deletes a tag that this run made, unless a release or a draft uses it, or somebody moved it.
 * @param commit where this run made it
 * @param except a draft that was just deleted, and may be listed still
 */
export async function giveBackTag(client: Client, name: string, commit: string, except?: number): Promise<void> {
  const { releases, capped } = await allReleases(client);
  const used = releases.some(({ tag, id }) => tag === name && id !== except);
  if (used || (capped && (await publishedUnder(client, name)) !== undefined)) return;
  if ((await commitOfTag(client, name)) !== commit) return;
  await deleteTag(client, name);
}

/**
 * Takes a tag back for which no draft could be opened.
 * @param reason why none could
 * @throws Failure `tag-left` where it stays behind
 */
export async function withdrawTag(client: Client, name: string, commit: string, reason: unknown): Promise<void> {
  try {
    await giveBackTag(client, name, commit);
  } catch (cause) {
    const [why, then] = [reason, cause].map((error) => (error instanceof Error ? error.message : String(error)));
    throw new Failure('tag-left', `${why} The tag \`${safe(name)}\` of this run is left: ${then}`, { cause });
  }
}
