import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { type Client, once } from './client.ts';
import { refusal } from './refusal.ts';
import { commitOfTag } from './remote.ts';

/** The commit that a tag is not on any more, or never was on. */
function tagMoved(tag: string, commit: string, found: string | undefined): Failure {
  const where = found === undefined ? 'is not there' : `stands on ${safe(found)}`;
  return new Failure('tag-moved', `Tag \`${safe(tag)}\` ${where}; what was checked is commit ${safe(commit)}.`);
}

/** Somebody moved a tag between the last look at it and the publication: what is published stays. */
export function tagMovedSince(tag: string, commit: string, found: string | undefined): Failure {
  const { message } = tagMoved(tag, commit, found);
  return new Failure('tag-moved', `${message} It was moved while \`${safe(tag)}\` was being published.`, {
    help: 'The release is published, and its files are those that were checked. Find out who moved the tag; where it leads wrong, publish the commit that was checked under the next number, and name this one in `[[yanked]]`.',
  });
}

/** @throws Failure `tag-moved` unless the tag stands on the commit */
export async function requireTag(client: Client, tag: string, commit: string | undefined): Promise<string> {
  const found = await commitOfTag(client, tag);
  if (found !== undefined && (commit === undefined || found === commit)) return found;
  throw tagMoved(tag, commit ?? "the run's", found);
}

/**
 * Makes a tag, which is how a name is claimed: of many who ask one succeeds.
 * @returns `made`; `taken`: it is there already; `unknown`: it is there, on this commit, and the answer was lost
 * @throws Failure `tag-rule`, `tag-burnt`, `github-forbidden`…
 */
export async function makeTag(client: Client, tag: string, commit: string): Promise<'made' | 'taken' | 'unknown'> {
  const request = { method: 'POST', path: `${client.root}/git/refs` } as const;
  return await once(
    client,
    async () => {
      const answer = await client.write({ ...request, body: { ref: `refs/tags/${tag}`, sha: commit } });
      if (answer.status === 201) return 'made' as const;
      if (answer.status === 422 && /already exists/i.test(answer.said)) return 'taken' as const;
      throw refusal(`create tag \`${safe(tag)}\``, answer);
    },
    async () => {
      const found = await commitOfTag(client, tag);
      return found === undefined ? undefined : found === commit ? 'unknown' : 'taken';
    },
  );
}

/** Deletes a tag; it may be gone already. */
export async function deleteTag(client: Client, tag: string): Promise<void> {
  await once(
    client,
    async () => {
      const answer = await client.write({
        method: 'DELETE',
        path: `${client.root}/git/refs/tags/${encodeURIComponent(tag)}`,
      });
      const gone = answer.status === 422 && /does not exist/i.test(answer.said);
      if (answer.status !== 204 && !gone) throw refusal(`delete tag \`${safe(tag)}\``, answer);
      return true;
    },
    async () => ((await commitOfTag(client, tag)) === undefined ? true : undefined),
  );
}
