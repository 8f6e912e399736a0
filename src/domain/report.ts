import type { DeploymentReport } from './deployment-report.ts';
import type { Diagnostic, Skipped } from './diagnostic.ts';
import type { PlannedAsset, PublishPlan } from './plan.ts';
import type { Reference } from './reference.ts';
import type { Severity, Verdict } from './severity.ts';

/** The lines around a diagnostic, cut to a width that a terminal holds. */
export interface Excerpt {
  /** Lines with their 1-based numbers; the last one is the diagnostic's. */
  readonly lines: readonly { readonly number: number; readonly text: string }[];
  /** 0-based start and length, in UTF-16 units of the last line's text, of what to underline. */
  readonly underline: { readonly start: number; readonly length: number };
}

/** Something that an area adds to manifest, notes, report and summary. */
export interface Fact {
  readonly section: string;
  readonly title: string;
  readonly data: unknown;
  /** Markdown, already escaped. */
  readonly markdown: string;
  /** The same in a few words, for a terminal. */
  readonly line?: string;
}

/** What became of a release: read back from the store, never from the plan. */
export interface ReleaseResult {
  readonly name: string;
  /**
   * `published` now, `unchanged` (it was published with these very files), `planned` (dry run, or not reached), or
   * `packed` into a folder, for a later release. `draft`: all of it is in the store, and a person publishes it.
   */
  readonly state: 'published' | 'unchanged' | 'planned' | 'packed' | 'draft';
  /** Where a person can look at it. */
  readonly url?: string;
  readonly assets: readonly PlannedAsset[];
  /** The models it holds. */
  readonly models: readonly { readonly id: string; readonly sha256: string }[];
}

/** That the tool could not do its work, and why; or what stood in the way of a part of it. Not printable as it is. */
export interface FailureReport {
  /** As in docs/errors.md. */
  readonly code: string;
  /** What that code means, without a full stop. */
  readonly title: string;
  /** What happened to which datum. */
  readonly message: string;
  /** What lay behind it, the nearest first. */
  readonly causes: readonly string[];
  /** What to do; lines that are indented by four spaces are YAML for a workflow. */
  readonly help: string;
  /** 1 a "no", 2 it could not be done, 3 something is left incomplete. */
  readonly exit: 1 | 2 | 3;
  /** The page of the codes. */
  readonly url: string;
}

/** All that is said of one bundle, release or file. */
export interface SubjectReport {
  readonly name: string;
  /** Id of the kind; undefined where there is none. */
  readonly kind?: string;
  readonly path: string;
  /** What `path` is: a folder where it is not said. A place inside an archive cannot be opened by its path. */
  readonly source?: 'folder' | 'zip' | 'file';
  /** Files that lie beside it, as the user named them: a finding in one of these stands there. */
  readonly beside?: readonly string[];
  /** Digest of the bundle, or of the file that was scanned. */
  readonly sha256?: string;
  readonly verdict: Verdict;
  readonly entries: readonly {
    readonly path: string;
    readonly role?: string;
    readonly size: number;
    readonly sha256: string;
  }[];
  readonly diagnostics: readonly Diagnostic[];
  readonly skipped: readonly Skipped[];
  /** How many checks ran. */
  readonly checks: number;
  /** Diagnostics that the configuration made lighter or heavier: `model-hash-reused: warning → note (reason, until …)`. */
  readonly weakened: readonly string[];
  readonly references: readonly Reference[];
  readonly excerpts: ReadonlyMap<Diagnostic, Excerpt>;
  /** `dir:releases (11 releases)`; undefined where no history was looked at. */
  readonly history?: string;
  /** Why the history was not seen, where it was to be: checks that compare with it were skipped. */
  readonly unseen?: FailureReport;
  readonly plan?: PublishPlan;
  /** Why nothing can be planned, where no check says it: a sentence. */
  readonly refused?: string;
  readonly notes?: string;
  readonly release?: ReleaseResult;
  readonly facts: readonly Fact[];
}

/** The result of one run of the tool: what every reporter renders. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  readonly command: string;
  /** `failed` at or above `--fail-on`, with warnings not accepted, or with a "no". */
  readonly outcome: 'passed' | 'failed';
  readonly subjects: readonly SubjectReport[];
  readonly counts: Readonly<Record<Severity, number>>;
  /** What became of a target, or would. */
  readonly deployment?: DeploymentReport;
  /** What a command other than validate and release answers, plain data. */
  readonly result?: unknown;
  /** Lines of text of that answer, for people. */
  readonly text?: readonly string[];
  /** That answer as parts of a page, in the place of the text. */
  readonly facts?: readonly Fact[];
  /** Destination, as `--store` names it, where the command has one. */
  readonly store?: string;
  /** Why the run ended before its end; counts are then of what was found until there. */
  readonly failure?: FailureReport;
  /** Seconds. */
  readonly duration: number;
  /** The command line that repeats the run on a laptop. */
  readonly repeat?: string;
}
