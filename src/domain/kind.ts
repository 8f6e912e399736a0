import type { Space } from './reference.ts';

/** How the bytes of a role are read. */
export type FormatId =
  | 'elastic-model'
  | 'elastic-script'
  | 'elastic-pipeline'
  | 'elastic-job'
  | 'elastic-rule'
  | 'elastic-transform'
  | 'elastic-enrich-policy'
  | 'elastic-saved-objects'
  | 'json'
  | 'toml'
  | 'jsonl'
  | 'text'
  | 'opaque';

/** What a file of a role defines: a literal id, in which `<id>` is what the pattern captured, `<stem>` the file's stem. */
export interface Definition {
  readonly space: Space;
  readonly id: string;
  /** The definition is meant to be used from outside the bundle. */
  readonly entryPoint?: true;
}

/** One part that files of a bundle play. */
export interface Role {
  readonly id: string;
  /** A glob over the path inside the bundle: `*` (within one part), and `<id>`, which captures like `*`. */
  readonly pattern: string;
  /** Further patterns for the same role: older spellings of its name. Tried before `pattern`. */
  readonly aliases?: readonly string[];
  readonly format: FormatId;
  /** `one`: exactly one file; `some`: at least one; `optional`: at most one; `any`: any number. */
  readonly count: 'one' | 'some' | 'optional' | 'any';
  /** Endings of archives that a file of this role may be (`tar.gz`); without it an archive inside is an error. */
  readonly nesting?: readonly string[];
  readonly defines?: readonly Definition[];
}

/** A kind of bundle: data, built in or from the user's configuration. */
export interface Kind {
  /** Id as `--kind` takes it. */
  readonly id: string;
  /** Prefix of its release names; numbers run per family. */
  readonly family: string;
  readonly title: string;
  readonly roles: readonly Role[];
  /** Severity of a file that fits no role. */
  readonly unexpected: 'error' | 'warning';
  /** Whether `<id>` must capture the same text in every file. */
  readonly sharedCapture?: boolean;
  /** Fields that its pipelines add to documents, with their mapping types (elastic.md §2.3). */
  readonly adds?: Readonly<Record<string, string>>;
  /** The Beat that brings its documents, by the name of its configuration without `.yml`. */
  readonly beat?: string;
  /** Data stream of Elastic Agent that its documents are in, as `<type>-<dataset>`. */
  readonly dataset?: string;
}
