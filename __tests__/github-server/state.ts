import { createHash } from 'node:crypto';

/** What a Git reference points at. */
export interface GitObject {
  readonly type: 'commit' | 'tag';
  readonly sha: string;
}

/** An asset as GitHub keeps it; `starter` is what a failed upload leaves. */
export interface AssetState {
  readonly id: number;
  name: string;
  state: 'uploaded' | 'starter';
  size: number;
  sha256: string;
  /** Undefined where only the digest is kept (large uploads). */
  bytes: Buffer | undefined;
  readonly contentType: string;
  readonly createdAt: string;
}

/** A release or a draft. */
export interface ReleaseState {
  readonly id: number;
  tag: string;
  name: string;
  body: string;
  draft: boolean;
  immutable: boolean;
  makeLatest: string;
  readonly createdAt: string;
  publishedAt: string | null;
  assets: AssetState[];
}

/** A ruleset for tags, as far as the tests need one. */
export interface TagRule {
  readonly id: number;
  readonly name: string;
  /** Tags that begin with this cannot be created. */
  readonly prefix: string;
  readonly bypass: boolean;
  /** What it demands; by default that nobody creates such tags. */
  readonly rules?: readonly object[];
  /** Its conditions, where they are not the prefix alone. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** An environment. */
export interface EnvironmentState {
  /** How many people may let a job pass. */
  readonly reviewers: number;
  /** From where jobs may come; undefined: from anywhere. */
  readonly policy?: 'protected' | 'custom';
}

/** What a run of a workflow does. */
export type RunStatus = 'completed' | 'in_progress' | 'queued';

/** Everything that one repository holds. */
export interface RepositoryState {
  readonly owner: string;
  readonly name: string;
  readonly private: boolean;
  archived: boolean;
  /** Published releases are locked, and the names of deleted ones burnt. */
  immutable: boolean;
  /** Head of the default branch: where GitHub puts a tag that nobody made. */
  readonly head: string;
  readonly commits: Set<string>;
  readonly refs: Map<string, GitObject>;
  readonly tagObjects: Map<string, GitObject>;
  readonly burnt: Set<string>;
  readonly rules: TagRule[];
  /** Files of the default branch. */
  readonly files: Map<string, string>;
  readonly environments: Map<string, EnvironmentState>;
  readonly runs: Map<string, RunStatus>;
  /** Of every token; nothing is answered but the quota itself where none is left. */
  readonly quota: { limit: number; remaining: number; reset: number };
  /** Whether tokens may see what administrators may. */
  administered: boolean;
  releases: ReleaseState[];
  nextId: number;
}

/** Commit of the contract suite's requests. */
export const commitSha = '0123456789abcdef0123456789abcdef01234567';
/** Another commit of the repository. */
export const otherSha = 'fedcba9876543210fedcba9876543210fedcba98';

/** A repository without releases. */
export function emptyRepository(options: { readonly private?: boolean } = {}): RepositoryState {
  return {
    owner: 'blue-team',
    name: 'detections',
    private: options.private ?? false,
    archived: false,
    immutable: false,
    head: otherSha,
    commits: new Set([commitSha, otherSha]),
    refs: new Map([['heads/main', { type: 'commit', sha: otherSha }]]),
    tagObjects: new Map(),
    burnt: new Set(),
    rules: [],
    files: new Map(),
    environments: new Map(),
    runs: new Map(),
    quota: { limit: 5000, remaining: 4990, reset: 1_795_352_400 },
    administered: true,
    releases: [],
    nextId: 1000,
  };
}

/** Adds a release as somebody else would have made it, with its tag. */
export function addRelease(
  repository: RepositoryState,
  tag: string,
  files: Readonly<Record<string, Buffer>> = {},
  more: {
    readonly body?: string;
    readonly draft?: boolean;
    readonly createdAt?: string;
    readonly tagged?: boolean;
  } = {},
): ReleaseState {
  const { body = `Notes of ${tag}`, draft = false, createdAt = '2026-09-01T00:00:00Z', tagged = true } = more;
  const id = repository.nextId;
  repository.nextId += 1 + Object.keys(files).length;
  const assets = Object.entries(files).map(([name, bytes], index) =>
    storedAsset(id + 1 + index, name, bytes, createdAt),
  );
  const release: ReleaseState = {
    id,
    tag,
    name: tag,
    body,
    draft,
    immutable: repository.immutable && !draft,
    makeLatest: 'false',
    createdAt,
    publishedAt: draft ? null : createdAt,
    assets,
  };
  repository.releases.push(release);
  if (tagged && !repository.refs.has(`tags/${tag}`))
    repository.refs.set(`tags/${tag}`, { type: 'commit', sha: commitSha });
  return release;
}

/** An asset that was uploaded whole. */
function storedAsset(id: number, name: string, bytes: Buffer, createdAt: string): AssetState {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    id,
    name,
    state: 'uploaded',
    size: bytes.length,
    sha256,
    bytes,
    contentType: 'application/octet-stream',
    createdAt,
  };
}

/** A copy that later changes do not reach. */
export function frozenCopy(repository: RepositoryState): RepositoryState {
  return structuredClone({
    ...repository,
    releases: repository.releases.map((release) => ({
      ...release,
      assets: release.assets.map((asset) => ({ ...asset, bytes: undefined })),
    })),
  });
}
