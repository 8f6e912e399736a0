import type { PlannedAsset } from '../domain/plan.ts';

/** A published release, as a store lists it: cheap, without opening anything of it. */
interface StoredRelease {
  readonly name: string;
  /** The commit its tag stands on, where the store knows. */
  readonly commit?: string;
}

/** One file of a published release. */
export interface StoredAsset {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** As the store says it of the bytes that it holds; absent where it can only be had by reading them. */
  readonly sha256?: string;
}

/** What a store says of one published release. */
export interface ReleaseDetails extends StoredRelease {
  /** ISO 8601, UTC. */
  readonly publishedAt: string;
  readonly notes: string;
  readonly assets: readonly StoredAsset[];
  /** Where a person can look at it: an address, or a path. */
  readonly url: string;
}

/** What can be seen of a published release without reading any of its files. */
export type SeenRelease = Pick<ReleaseDetails, 'name' | 'publishedAt' | 'assets'>;

/** A look at a store in few requests: for reading its history, never for deciding what to publish. */
export interface Survey {
  /** Names that are published, and names that may be; sorted. */
  readonly names: readonly string[];
  /** Of these names those that may be: `look` tells. */
  readonly uncertain: ReadonlySet<string>;
  /** Releases that were seen along the way: the newest. */
  readonly seen: readonly SeenRelease[];
  /** Looks at releases, in any order; one that is not published is left out. */
  look(names: readonly string[]): Promise<SeenRelease[]>;
}

/** A draft that is whole and waits for a person. */
export type LeftDraft = Pick<ReleaseDetails, 'name' | 'commit' | 'assets' | 'url'>;

/** Who begins a release, and what it will hold. */
export interface DraftRequest {
  readonly name: string;
  /** Source commit, where it is known. */
  readonly commit?: string;
  /** Id of the run that asks: the same run resumes its own draft, no other does. */
  readonly run: string;
  /** Digest of the bundle: a draft that was begun for another one is not gone on with. */
  readonly digest: string;
  /** Release description. */
  readonly notes: string;
}

/** A release in the making, owned by one run. */
export interface Draft {
  readonly name: string;
  readonly run: string;
  /**
   * Assets that an earlier try left whole: name to SHA-256. A try of the same run, or of a run known to be dead, and
   * for the same digest; of any other nothing is kept.
   */
  readonly present: ReadonlyMap<string, string>;
  /** Names that were published when the name was claimed, where the store saw them then. */
  readonly published?: readonly string[];
}

/** An asset with its bytes. */
export interface AssetContent extends PlannedAsset {
  /**
   * A new stream at every call, so that a failed upload can start again. A chunk holds until the next is asked for:
   * its memory may be used again.
   */
  open(): AsyncIterable<Uint8Array>;
}

/**
 * Where releases live (port; one contract suite in `__tests__/contracts`).
 * Every method rejects with a `Failure`; a published release is never changed by any of them.
 */
export interface ReleaseStore {
  /** As `--store` names it: `dir:releases`, `github:owner/repo`. */
  readonly address: string;
  /** Every published release, sorted by name, irregular names too. Opens nothing of any of them. */
  list(): Promise<StoredRelease[]>;
  /**
   * Present where `list` takes many requests. It may take a release that was deleted for one that is there while its
   * tag stays, and need not know old releases under names that cannot be ours.
   */
  readonly survey?: () => Promise<Survey>;
  /** Names that a run holds and has not published; not those whose run is known to be dead: `begin` takes them over. */
  claims(): Promise<string[]>;
  /** Names that one run began and did not publish, sorted: also where that run is known to be dead. */
  leftBy(run: string): Promise<string[]>;
  /** Details of one release; undefined where there is none, or nothing in it. */
  details(name: string): Promise<ReleaseDetails | undefined>;
  /**
   * Bytes of an asset, read as they are asked for: what fails then rejects the iteration.
   * @returns undefined where the release or the asset is not there; so for any name that cannot be one
   */
  read(name: string, asset: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /**
   * Claims the name (and its number in the family) and opens a draft, or resumes this run's own.
   * @throws Failure `release-exists`, `claim-held` (another run's, which may still live), `number-lost` (a release or
   * another claim has the number with another date); none of them leaves a claim
   */
  begin(request: DraftRequest): Promise<Draft>;
  /**
   * Adds a file to the draft, in the place of an earlier one of its name.
   * @param last more is put when all that is under way has ended, and not before: what a store looks at in between, it
   * may look at meanwhile
   * @throws Failure `file-changed` where the bytes are not what the asset says: nothing of them is kept
   */
  put(draft: Draft, asset: AssetContent, last?: boolean): Promise<void>;
  /** Reads the draft back. @throws Failure `precondition-failed` unless it holds exactly these assets with these digests */
  seal(draft: Draft, expected: readonly PlannedAsset[]): Promise<void>;
  /**
   * Publishes the draft at once, or not at all; a second call finds it done.
   * @throws Failure `precondition-failed` where the draft was not sealed since its last `put`; `release-exists`
   */
  commit(draft: Draft): Promise<ReleaseDetails>;
  /**
   * In place of `commit`: leaves a sealed draft for a person to publish, after another look at it. Its run goes on with
   * it at its next `begin`. Absent where nobody could publish it.
   * @throws Failure as `commit`
   */
  readonly leave?: (draft: Draft) => Promise<LeftDraft>;
  /**
   * A file of settings that stands beside the releases, where a store has a place for one (a repository's default
   * branch): what its owners say, whatever a working folder holds.
   * @returns undefined where there is none
   */
  settings?(file: string): Promise<Uint8Array | undefined>;
  /**
   * Removes this run's draft and its claim; nothing where it has none, and never anything published.
   * @returns whether there was a draft to remove
   */
  abandon(draft: Draft): Promise<boolean>;
}
