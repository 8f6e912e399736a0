import type { PlannedAsset } from '../domain/plan.ts';

/** A published release, as a store lists it: cheap, without opening anything of it. */
export interface StoredRelease {
  readonly name: string;
  /** The commit its tag stands on, where the store knows. */
  readonly commit?: string;
}

/** One file of a published release. */
export interface StoredAsset {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
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

/** Who begins a release, and what it will hold. */
export interface DraftRequest {
  readonly name: string;
  /** Source commit, where it is known. */
  readonly commit?: string;
  /** Id of the run that asks: the same run resumes its own draft, no other does. */
  readonly run: string;
  /** Digest of the bundle. */
  readonly digest: string;
  /** Release description. */
  readonly notes: string;
}

/** A release in the making, owned by one run. */
export interface Draft {
  readonly name: string;
  readonly run: string;
  /** Assets that an earlier try of the same run left whole: name to SHA-256. */
  readonly present: ReadonlyMap<string, string>;
}

/** An asset with its bytes. */
export interface AssetContent extends PlannedAsset {
  /** A new stream at every call, so that a failed upload can start again. */
  open(): AsyncIterable<Uint8Array>;
}

/**
 * Where releases live (port; one contract suite in `__tests__/contracts`).
 * Every method rejects with a `Failure`; a published release is never changed by any of them.
 */
export interface ReleaseStore {
  /** As `--store` names it: `dir:releases`, `github:owner/repo`. */
  readonly address: string;
  /** Every published release, sorted by name. Opens nothing of any of them. */
  list(): Promise<StoredRelease[]>;
  /** Names that a run has claimed and not published. */
  claims(): Promise<string[]>;
  /** Details of one release, or undefined where there is none. */
  details(name: string): Promise<ReleaseDetails | undefined>;
  /** Bytes of an asset; undefined where the release or the asset is not there. */
  read(name: string, asset: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Claims the name (and its number in the family) and opens a draft, or resumes this run's own. */
  begin(request: DraftRequest): Promise<Draft>;
  /** Adds a file to the draft; rejects when the bytes are not what the asset says. */
  put(draft: Draft, asset: AssetContent): Promise<void>;
  /** Reads the draft back: rejects unless it holds exactly these assets with these digests. */
  seal(draft: Draft, expected: readonly PlannedAsset[]): Promise<void>;
  /** Publishes the draft at once, or not at all. */
  commit(draft: Draft): Promise<ReleaseDetails>;
  /** Removes the draft and the claim. */
  abandon(draft: Draft): Promise<void>;
}
