/** One file that a release will hold. */
export interface PlannedAsset {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

/** What must hold when a name is claimed. */
interface ClaimRequirement {
  readonly absent: true;
  /** SHA-256 over the sorted names of all releases, one a line: the index of the plan was made from these. */
  readonly history?: string;
}

/** What must hold when a draft is published, or left. */
interface WholeRequirement {
  readonly assets: readonly PlannedAsset[];
}

/** One step of publishing, in order; plain data. `requires` is the precondition that apply checks again. */
export type PublishOperation =
  | {
      readonly do: 'claim';
      readonly name: string;
      /** The last release of the family; absent: this is the first. */
      readonly after?: string;
      readonly requires: ClaimRequirement;
    }
  | {
      readonly do: 'put';
      readonly asset: PlannedAsset;
      readonly requires: { readonly absent: true } | { readonly sha256: string };
    }
  | { readonly do: 'commit'; readonly name: string; readonly requires: WholeRequirement }
  /** In place of `commit`: leaves the draft for a person to publish. */
  | { readonly do: 'leave'; readonly name: string; readonly requires: WholeRequirement };

/** All that publishing will do. Empty operations: the release is published already with these very files. */
export interface PublishPlan {
  readonly version: 1;
  /** The store, as `--store` names it. */
  readonly store: string;
  readonly release: string;
  readonly operations: readonly PublishOperation[];
}
