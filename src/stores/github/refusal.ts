import { safe } from '../../domain/safe.ts';
import { Failure, type FailureCode } from '../../errors.ts';
import type { Answer } from './answer.ts';

/** The text to add to a workflow; for a fork's pull request no setting helps. */
const permissionsHelp = [
  'Add to the job:',
  '    permissions:',
  '      contents: write',
  'A pull request from a fork never gets this: use --dry-run there. A token of your own needs "Contents: write".',
].join('\n');

const workflowsHelp =
  'If the commit differs from the default branch in .github/workflows, GITHUB_TOKEN can never tag or release it: ' +
  'release from the head of the default branch, or use an App token with contents and workflows write.';

const readHelp = [
  'Check the name. Whose token it is must be able to read it; in a job, for its own repository:',
  '    permissions:',
  '      contents: read',
  'For another private repository GITHUB_TOKEN is not enough: pass a token of your own.',
].join('\n');

interface Reading {
  readonly status?: readonly number[];
  readonly said?: RegExp;
  readonly code: FailureCode;
  readonly help?: string;
}

/** What answers mean, the first that fits; texts as publishing.md has collected them. */
const readings: readonly Reading[] = [
  { status: [401], code: 'github-unauthorised' },
  { status: [301, 302, 307, 308], code: 'repository-moved' },
  { said: /used by an immutable release/i, code: 'tag-burnt' },
  { said: /creations being restricted|rule violations/i, code: 'tag-rule' },
  { said: /must have a valid tag/i, code: 'tag-moved' },
  { said: /immutable release/i, code: 'precondition-failed' },
  { said: /was archived/i, code: 'repository-archived' },
  { status: [403], said: /not accessible/i, code: 'github-forbidden', help: `${permissionsHelp}\n${workflowsHelp}` },
  { status: [403], code: 'github-forbidden', help: permissionsHelp },
  { status: [404], code: 'github-not-found', help: `Check the name, and what the token may see.\n${permissionsHelp}` },
];

/**
 * The failure that an answer stands for: what was asked, what was seen, what to do; never a header or a token.
 * @param doing completes "Cannot …"
 */
export function refusal(doing: string, { status, headers, said }: Answer): Failure {
  const reading = readings.find(
    (candidate) => (candidate.status?.includes(status) ?? true) && (candidate.said?.test(said) ?? true),
  );
  const needs = headers['x-accepted-github-permissions'];
  const wanted = status === 403 && needs !== undefined ? ` It asks for ${safe(needs, 100)}.` : '';
  const text = `Cannot ${doing}: GitHub answered ${status}${said === '' ? '' : ` (${said})`}.${wanted}`;
  const help = reading?.help;
  return new Failure(reading?.code ?? 'github-refused', text, help === undefined ? {} : { help });
}

/**
 * The same where something was only to be read.
 * @param anonymous no token was given: what is private answers as if it were not there
 */
export function readRefusal(doing: string, answer: Answer, anonymous: boolean): Failure {
  const { code, message, help } = refusal(doing, answer);
  if (code !== 'github-not-found' && code !== 'github-forbidden') return new Failure(code, message, { help });
  const why = anonymous ? ' No token was given, and what is private hides itself from strangers.' : '';
  const remedy = anonymous ? 'Set GITHUB_TOKEN; in the action leave the input `token` as it is.\n' : '';
  return new Failure(code, `${message}${why}`, { help: `${remedy}${readHelp}` });
}
