import { member } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { type Condition, type Intent, looked, unmet } from '../preflight.ts';
import type { Answer } from './answer.ts';
import type { Client } from './client.ts';
import { isLimited } from './pauses.ts';
import { refusal } from './refusal.ts';
import { environmentCondition, immutableCondition } from './surroundings.ts';
import { ruleConditions } from './tag-rules.ts';
import { noTokenHelp, tokenKind } from './token-kind.ts';

/** Who asks. */
export interface Asker {
  /** Of little patience: whoever asks what is missing waits for no limit. */
  readonly client: Client;
  readonly token: string | undefined;
  /** Whether a tag started the run. */
  readonly tagGiven: boolean;
}

/** The tag whose notes are asked for: nothing of it comes to be. */
const probeTag = 'ML-Preflight-20000101-1';

/** Requests that a release of a few assets takes, with room to look again. */
const requestsOfRelease = 60;

/**
 * Asks what is in the way of publishing: the quota first, which costs none of it, and whose end hides all the rest; the
 * repository and the token, then rules and settings. Changes nothing.
 */
export async function probe(asker: Asker, intent: Intent): Promise<Condition[]> {
  const { client, token } = asker;
  const quota = await looked('GitHub', () => quotaConditions(client));
  if (quota.some(({ state }) => state === 'missing' || state === 'unknown')) return quota;
  const { found, conditions: repository } = await repositoryConditions(client);
  const credential = await looked('token', () => tokenConditions(client, token, found));
  const known = [...repository, ...credential, ...quota];
  if (found === undefined) return known;
  const more = await Promise.all([
    looked('tag rules', () => ruleConditions(client, intent.families, asker.tagGiven)),
    ...intent.environments.map((name) => looked('environment', async () => [await environmentCondition(client, name)])),
    looked('immutable', async () => [await immutableCondition(client)]),
  ]);
  return [...known, ...more.flat()];
}

async function quotaConditions(client: Client): Promise<Condition[]> {
  const subject = 'requests';
  const answer = await client.read('/rate_limit');
  // GitHub Enterprise Server may have no limits at all.
  if (answer.status === 404) return [{ subject, state: 'good', message: 'This server limits none.' }];
  if (answer.status !== 200) return [unmet(refusal('ask GitHub anything', answer), 'token')];
  const core = member(member(answer.body, 'resources'), 'core');
  const [limit = 0, left = 0, reset = 0] = ['limit', 'remaining', 'reset'].map((key) => Number(member(core, key)));
  const until = Number.isFinite(reset)
    ? `${new Date(reset * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    : 'later';
  const message = `${left} of ${limit} are left until ${until}; a release takes up to ${requestsOfRelease}.`;
  if (left >= requestsOfRelease) return [{ subject, state: 'good', message }];
  const help = `Come again after ${until}, or take a token of another quota.`;
  return [unmet(new Failure('rate-limited', message, { help }), subject, left === 0 ? 'missing' : 'attention')];
}

/** What is wrong with the repository; and the repository, where it can be looked into. */
async function repositoryConditions(client: Client): Promise<{ found?: Answer; conditions: Condition[] }> {
  const subject = 'repository';
  try {
    const answer = await client.read(client.root);
    if (answer.status !== 200) {
      const failure = refusal('read the repository', answer);
      const help =
        'Check the name. A private repository shows itself to tokens only that may read it: `contents: read`, and for a fine-grained token the repository among those that it was given.';
      return { conditions: [{ ...unmet(failure, subject), ...(answer.status === 404 ? { help } : {}) }] };
    }
    const name = member(answer.body, 'full_name');
    if (typeof name === 'string' && `/repos/${name}`.toLowerCase() !== client.root.toLowerCase()) {
      const help = `Write \`--store github:${safe(name)}\`.`;
      const failure = new Failure('repository-moved', `The repository is \`${safe(name)}\` now.`, { help });
      return { conditions: [unmet(failure, subject)] };
    }
    if (member(answer.body, 'archived') === true || member(answer.body, 'disabled') === true) {
      const message = `\`${safe(client.root.slice('/repos/'.length))}\` is archived or disabled.`;
      return { conditions: [unmet(new Failure('repository-archived', message), subject)] };
    }
    const seen = member(answer.body, 'private') === true ? 'Private' : 'Public';
    const message = `${seen}, with the default branch \`${safe(String(member(answer.body, 'default_branch')))}\`.`;
    return { found: answer, conditions: [{ subject, state: 'good', message }] };
  } catch (error) {
    if (error instanceof Failure) return { conditions: [unmet(error, subject, 'unknown')] };
    throw error;
  }
}

/** Notes are generated for nobody, since that takes the same permission as publishing and writes nothing. */
async function tokenConditions(
  client: Client,
  token: string | undefined,
  repository: Answer | undefined,
): Promise<Condition[]> {
  const subject = 'token';
  if (token === undefined) {
    const message = 'There is none: what is public can be read, and nothing be published.';
    return [unmet(new Failure('github-unauthorised', message, { help: noTokenHelp }), subject)];
  }
  const { what, grant } = tokenKind(token);
  const kind: Condition = { subject, state: 'good', message: `It is ${what}.` };
  if (repository === undefined) return [kind];
  const branch = member(repository.body, 'default_branch');
  // The default branch as the target: any other commit could be refused for its workflows.
  const body = { tag_name: probeTag, ...(typeof branch === 'string' ? { target_commitish: branch } : {}) };
  const [may] = await looked('permission', async () => {
    const answer = await client.write({ method: 'POST', path: `${client.root}/releases/generate-notes`, body });
    // A 422 finds fault with the names, which GitHub looks at only when the token may write.
    if (answer.status < 300 || answer.status === 422 || isLimited(answer)) {
      return [{ subject: 'permission', state: 'good', message: 'It may write contents, which publishing takes.' }];
    }
    return [{ ...unmet(refusal('publish with this token', answer), 'permission'), help: grant }];
  });
  return may === undefined ? [kind] : [kind, may];
}
