import type { Space } from './reference.ts';

/** A file that an earlier release holds. */
export interface KnownEntry {
  /** Path inside the bundle (base name only, in releases of the historic tool). */
  readonly path: string;
  readonly sha256: string;
  /** SHA-256 of the historic canonical text, for model files of our own releases. */
  readonly canonicalSha256?: string;
}

/** What is known of an earlier release. */
export interface KnownRelease {
  readonly name: string;
  /** SHA-256 of its manifest's bytes. */
  readonly manifestSha256: string;
  /** Model ids that it holds. */
  readonly models: readonly string[];
  readonly entries: readonly KnownEntry[];
  /** Ids that it defines, by space: only for the newest release of the bundle's family, read from its manifest. */
  readonly definitions?: Readonly<Partial<Record<Space, readonly string[]>>>;
}

/** All earlier releases of a store. */
export interface History {
  /** The store, as `--store` names it. */
  readonly store: string;
  /** Every name in the store, regular or not, with a manifest or not; and those of `removed`. */
  readonly names: readonly string[];
  readonly releases: readonly KnownRelease[];
  /** Releases without a manifest: nothing of them can be compared. */
  readonly withoutManifest: readonly string[];
  /** Manifests that could not be read, and why. */
  readonly unreadable: readonly { readonly name: string; readonly reason: string }[];
  /** Names that an index lists and the store no longer holds: they are never used again. */
  readonly removed?: readonly string[];
  /** Releases of which a part could not be read: no index lists them, so that every reader learns of it. */
  readonly partial?: readonly string[];
  /** What else was odd in reading, in whole sentences: never silent, no obstacle. */
  readonly remarks?: readonly string[];
  /** The index documents this history rests on: names of their releases, and digests. */
  readonly madeFrom: readonly { readonly release: string; readonly sha256: string }[];
}

/** The history of an empty store. */
export function emptyHistory(store: string): History {
  return { store, names: [], releases: [], withoutManifest: [], unreadable: [], madeFrom: [] };
}
