import type { SubjectReport } from './domain/report.ts';

/** What the product needs of the process it runs in; the entry points make it, tests make their own. */
export interface Host {
  /** Working folder: relative paths start here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Set in the action: nothing outside of this folder is read as a bundle or a configuration. */
  readonly workspace?: string;
  /** Address of the store where neither input nor configuration names one; absent: `dir:releases`. */
  readonly store?: string;
  /** Set where the tool cache outlives the run (a self-hosted runner): a folder for files on their way there. */
  readonly toolCache?: string;
  /** Whether a report is made that shows plans: then a validation plans too. */
  readonly plans?: boolean;
  /** A pull request from a fork started the run: the commit that it starts from, as far as the event says. */
  readonly fork?: { readonly base?: string };
  /** The moment of the run; `SOURCE_DATE_EPOCH` (seconds) settles it for reproducible runs. */
  now(): Date;
  /** Asks a person, with "no" as the default; absent where nobody can answer. */
  readonly ask?: (question: string, about: SubjectReport) => Promise<boolean>;
  /**
   * Told what repairs a target before it is changed, and undefined when nothing of it is left half-way: whoever stops
   * the process is to know.
   */
  readonly unfinished?: (repair: string | undefined) => void;
  /** Takes a piece of an answer as it comes, for standard output; absent where only a whole report can be given. */
  output?(text: string): void;
  /** Tells a person how far long work is. */
  progress(line: ProgressLine): void;
}

/** One line of progress; a later line with the same key replaces it on a terminal. */
export interface ProgressLine {
  readonly key: string;
  readonly text: string;
  readonly done: boolean;
  /** The work is over and nothing of it is to stay: a terminal clears the line, a log never had it. */
  readonly clear?: true;
}

/** The moment of the run: `SOURCE_DATE_EPOCH` where it is set, else the clock. */
export function momentOf(env: Host['env']): Date {
  const epoch = env['SOURCE_DATE_EPOCH'];
  return epoch !== undefined && /^\d{1,11}$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date();
}
