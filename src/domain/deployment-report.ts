import type { ObjectKey } from './resource.ts';

/** What a person is told of one object of a plan. */
export interface PlannedChange {
  readonly do: 'keep' | 'create' | 'update' | 'replace' | 'remove';
  readonly object: ObjectKey;
  /** File of the bundle. */
  readonly file?: string;
  /** A clause on what happens to it, safe to print. */
  readonly remark?: string;
  /** Lines of its JSON that go (`- `) and come (`+ `). */
  readonly difference?: readonly string[];
}

/** Something that is left to do for people. */
export interface NextStep {
  /** A sentence without its end. */
  readonly text: string;
  /** What is to be written or typed. */
  readonly lines: readonly string[];
}

/** What became of a target, or would: plain data without secrets. */
export interface DeploymentReport {
  readonly action: 'deploy' | 'undeploy' | 'rollback';
  /** Address of the target without user information. */
  readonly target: string;
  /** Its name in the configuration, where it has one. */
  readonly named?: string;
  /** `Elasticsearch 8.17.2, platinum`. */
  readonly server: string;
  /** Release that the target held before; absent for none. */
  readonly before?: string;
  /** Release that it holds now, or would; absent where nothing is left. */
  readonly release?: string;
  /** SHA-256 of the release's manifest, or of the bundle where it comes from a folder. */
  readonly digest?: string;
  readonly prefix: string;
  /** Flags by which it does or allows more than it would, safe to print: whoever approves it is to see them. */
  readonly flags?: readonly string[];
  /** `unchanged`: it was so already; `planned`: a dry run, nothing was written. */
  readonly state: 'done' | 'unchanged' | 'planned';
  /** Number of the deployment in the journal, where one was made. */
  readonly number?: number;
  readonly changes: readonly PlannedChange[];
  readonly attention: readonly { readonly object: ObjectKey; readonly what: string; readonly text: string }[];
  /** What is left to do for people; absent for nothing. */
  readonly next?: readonly NextStep[];
  /** Requests sent to the target. */
  readonly requests: number;
}
