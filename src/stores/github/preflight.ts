import { isArray, member } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { Failure, type FailureCode } from '../../errors.ts';
import type { Client } from './client.ts';
import { isLimited } from './pauses.ts';
import { refusal } from './refusal.ts';

/** Something that will keep a run from publishing, or may. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly code: FailureCode;
  readonly message: string;
  readonly help: string;
}

/** An ability of a store: to say beforehand what would fail later. */
export interface Preflight {
  /** Asks, and changes nothing. @returns what is in the way; none: nothing that can be seen from here */
  probe(): Promise<Problem[]>;
}

/** The tag whose notes are asked for: nothing of it comes to be. */
const probeTag = 'ML-Preflight-20000101-1';

/** Requests that a release of a few assets takes, with room to look again. */
const requestsOfRelease = 60;

/**
 * Asks what is in the way of publishing: the repository, its archive, the token, the rules for tags, the quota. Notes
 * are generated for nobody, since that takes the same permission as publishing and writes nothing.
 */
export async function probe(client: Client): Promise<Problem[]> {
  const repository = await client.read(client.root);
  if (repository.status !== 200) return [problem(refusal('read the repository', repository))];
  const problems: Problem[] = [];
  const name = member(repository.body, 'full_name');
  if (typeof name === 'string' && `/repos/${name}`.toLowerCase() !== client.root.toLowerCase()) {
    problems.push(problem(new Failure('repository-moved', `The repository is \`${safe(name)}\` now.`)));
  }
  if (member(repository.body, 'archived') === true || member(repository.body, 'disabled') === true) {
    problems.push(problem(new Failure('repository-archived', `\`${safe(client.root)}\` is archived or disabled.`)));
    return problems;
  }
  if (problems.length === 0) problems.push(...(await writeProblems(client, member(repository.body, 'default_branch'))));
  problems.push(...(await ruleProblems(client)));
  const left = Number(repository.headers['x-ratelimit-remaining'] ?? Number.NaN);
  if (left < requestsOfRelease) {
    const message = `The token has ${left} requests left; a release takes up to ${requestsOfRelease}.`;
    problems.push(problem(new Failure('rate-limited', message), 'warning'));
  }
  return problems;
}

async function writeProblems(client: Client, branch: unknown): Promise<Problem[]> {
  // The default branch as the target: any other commit could be refused for its workflows.
  const body = { tag_name: probeTag, ...(typeof branch === 'string' ? { target_commitish: branch } : {}) };
  const answer = await client.write({ method: 'POST', path: `${client.root}/releases/generate-notes`, body });
  // A 422 finds fault with the names, which GitHub looks at only when the token may write.
  if (answer.status < 300 || answer.status === 422 || isLimited(answer)) return [];
  return [problem(refusal('publish with this token', answer))];
}

/** Rules that keep tags of ours from being made; not every server and token shows them. */
async function ruleProblems(client: Client): Promise<Problem[]> {
  const list = await client.read(`${client.root}/rulesets?targets=tag&per_page=100`);
  if (list.status !== 200 || !isArray(list.body)) return [];
  const problems: Problem[] = [];
  for (const ruleset of list.body) {
    const id = member(ruleset, 'id');
    if (typeof id !== 'number' || member(ruleset, 'target') !== 'tag' || member(ruleset, 'enforcement') !== 'active')
      continue;
    const { status, body } = await client.read(`${client.root}/rulesets/${id}`);
    const rules = member(body, 'rules');
    const creation = isArray(rules) && rules.some((rule) => member(rule, 'type') === 'creation');
    if (status !== 200 || !creation || member(body, 'current_user_can_bypass') === 'always') continue;
    const patterns = member(member(member(body, 'conditions'), 'ref_name'), 'include');
    const shown = isArray(patterns) ? patterns.filter((pattern) => typeof pattern === 'string').join(', ') : '';
    const message = `The ruleset \`${safe(String(member(body, 'name')))}\` restricts the creation of tags: ${safe(shown)}.`;
    problems.push(problem(new Failure('tag-rule', message), 'warning'));
  }
  return problems;
}

function problem({ code, message, help }: Failure, severity: Problem['severity'] = 'error'): Problem {
  return { severity, code, message, help };
}
