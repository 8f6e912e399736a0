import { deploymentFailures } from './errors/deployment.ts';
import { targetFailures } from './errors/target.ts';

/** Exit codes (design.md §4): 1 a "no", 2 usage or tool failure with nothing changed, 3 something is left incomplete. */
type ExitCode = 1 | 2 | 3;

interface FailureKind {
  readonly exit: ExitCode;
  /** One line for `explain` and `docs/errors.md`. */
  readonly title: string;
  /** What to do when the place of the failure has nothing better to say. */
  readonly help: string;
}

/** Every way in which the tool itself can fail: one row each, and nothing else is thrown on purpose. */
export const failures = {
  usage: { exit: 2, title: 'The command line is not understood', help: 'See `mldr --help`.' },
  'configuration-invalid': {
    exit: 2,
    title: 'The configuration file is not valid',
    help: 'Correct the place named; the schema is schemas/configuration.json.',
  },
  'path-not-found': { exit: 2, title: 'A file or folder does not exist', help: 'Check the path.' },
  'path-refused': {
    exit: 2,
    title: 'A path leads to what this run does not read',
    help: 'Put the file or folder itself there, in the place of a link; the action reads the workspace alone.',
  },
  'file-unreadable': { exit: 2, title: 'A file cannot be read', help: 'Check its owner and mode.' },
  'file-changed': {
    exit: 2,
    title: 'A file changed while it was read',
    help: 'Stop what writes to it, and run the command again.',
  },
  'disk-full': { exit: 2, title: 'There is no room to write', help: 'Free some room, and run the command again.' },
  'write-failed': { exit: 2, title: 'A file cannot be written', help: 'Check the folder, its owner and mode.' },
  'pack-refused': {
    exit: 2,
    title: 'The packed zip would be refused by its readers',
    help: 'Nothing was published. Take the file out or publish it in another form; a limit (--limit) must be raised for whoever reads the release too.',
  },
  'store-invalid': {
    exit: 2,
    title: 'The store cannot be used',
    help: 'Name a folder (`dir:releases`) that exists or can be made.',
  },
  'store-unsupported': {
    exit: 2,
    title: 'There is no such kind of store',
    help: 'Use `--store dir:<folder>` or `--store github:owner/repo`.',
  },
  'claim-held': {
    exit: 2,
    title: 'Another run is publishing under this name',
    help: 'Wait until it ends, and run the command again.',
  },
  'number-lost': {
    exit: 2,
    title: 'Another run took this number of the family',
    help: 'Run again with the next number, or with --next.',
  },
  'release-exists': {
    exit: 1,
    title: 'A release of this name is published with other bytes',
    help: 'A published release never changes: release under the next number.',
  },
  'release-yanked': {
    exit: 1,
    title: 'The release is yanked',
    help: 'Take the release that replaces it; to have this one all the same: --allow-yanked.',
  },
  'yanked-unknown': {
    exit: 2,
    title: 'Whether the release is yanked cannot be seen',
    help: 'Mend the list on the default branch, or run the command again when the store answers; to have the release unseen: --allow-yanked.',
  },
  'release-not-found': { exit: 2, title: 'There is no release of this name', help: 'See `mldr list`.' },
  'release-corrupt': {
    exit: 1,
    title: 'A release does not hold what it says',
    help: 'Do not use it. Release again under the next number, and find out who changed the store.',
  },
  'index-corrupt': {
    exit: 2,
    title: 'The index of the history is not what was published',
    help: 'See what differs with `mldr reindex`, then release with `--index FILE`.',
  },
  'precondition-failed': {
    exit: 1,
    title: 'Something changed since the plan was made',
    help: 'Run the command again to plan anew.',
  },
  'not-accepted': {
    exit: 1,
    title: 'The findings were not accepted',
    help: 'Mend them, or pass --accept-warnings where they are warnings.',
  },
  'verify-failed': {
    exit: 3,
    title: 'The release was published and does not read back as planned',
    help: 'See what differs with `mldr verify <release>`.',
  },
  'draft-left': {
    exit: 3,
    title: 'Publishing stopped, and its draft could not be removed',
    help: 'Nothing was published. Run the same command again: it goes on with the draft.',
  },
  'tag-left': {
    exit: 3,
    title: 'No draft could be opened, and the tag that was made for it could not be removed',
    help: 'Nothing was published. Run the same command again: it uses the tag; or delete the tag by hand.',
  },
  'draft-foreign': {
    exit: 2,
    title: 'Somebody else has a draft under this name',
    help: 'Publish or delete that draft by hand, or release under the next number.',
  },
  'asset-conflict': {
    exit: 2,
    title: 'GitHub keeps another file than was sent',
    help: 'Run the command again. If it happens again, something between here and GitHub changes files.',
  },
  'tag-moved': {
    exit: 2,
    title: 'The tag does not stand on the commit that was checked',
    help: 'Find out who moved it. Release the commit that was checked under the next number.',
  },
  'tag-rule': {
    exit: 2,
    title: 'The tag may not be created by this token',
    help: 'A ruleset restricts tags, or the name was used by an immutable release before (GitHub words both alike): let the token bypass the rule, or release under the next number.',
  },
  'tag-burnt': {
    exit: 2,
    title: 'The name was used by an immutable release once',
    help: 'It can never be used again: release under the next number.',
  },
  'repository-moved': {
    exit: 2,
    title: 'The repository has another name now',
    help: 'Name it with `--store github:owner/repo` as it is called now.',
  },
  'repository-archived': {
    exit: 2,
    title: 'The repository is archived',
    help: 'Unarchive it, or publish in another one.',
  },
  'github-unauthorised': {
    exit: 2,
    title: 'GitHub does not know the token',
    help: 'Pass a valid one as GITHUB_TOKEN; in a workflow, `github.token`.',
  },
  'github-forbidden': {
    exit: 2,
    title: 'The token may not do this',
    help: 'Add `permissions: {contents: write}` to the job; `mldr doctor` says what else is missing.',
  },
  'github-not-found': {
    exit: 2,
    title: 'GitHub shows no such thing to this token',
    help: 'Check the name of the repository, and what the token may see.',
  },
  'github-refused': { exit: 2, title: 'GitHub refuses a request', help: 'See what it says, and correct that.' },
  'github-unreachable': {
    exit: 2,
    title: 'GitHub does not answer, or not as it should',
    help: 'See www.githubstatus.com, and run the command again: it goes on with its own draft.',
  },
  'transfer-stalled': {
    exit: 2,
    title: 'An upload to GitHub, or a download, does not get through',
    help: 'Look at the network and the proxy between here and GitHub, and run the command again.',
  },
  'rate-limited': {
    exit: 2,
    title: 'GitHub asks to come again later',
    help: 'Run the command again then: it goes on with its own draft.',
  },
  'report-lost': {
    exit: 3,
    title: 'A release was published, and its report could not be written',
    help: 'Free some room or name another file, and run the same command again: it changes nothing, and reports.',
  },
  ...deploymentFailures,
  ...targetFailures,
  internal: { exit: 2, title: 'A defect of this tool', help: 'Please report it, with the command line.' },
} as const satisfies Record<string, FailureKind>;

/** Name of a failure. */
export type FailureCode = keyof typeof failures;

/** A typed failure of the tool: it could not do its work. Bad content is a diagnostic, never this. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly help: string;

  /**
   * @param code which of `failures`
   * @param message what happened to which datum
   * @param options `help`: what to do, where the row's own help does not fit; `cause`: what was caught
   */
  constructor(code: FailureCode, message: string, options: { help?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Failure';
    this.code = code;
    this.help = options.help ?? failures[code].help;
  }

  get exit(): ExitCode {
    return failures[this.code].exit;
  }
}

/** The `code` of an error of the operating system (`ENOENT`, `ENOSPC`…), where it is one. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
