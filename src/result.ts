import type { SubjectReport } from './domain/report.ts';

/** What a command gives back; `run.ts` makes the report and the exit code of it. */
export interface CommandResult {
  readonly subjects: readonly SubjectReport[];
  /** A "no": nothing found, not accepted, refused. The run fails with exit code 1. */
  readonly no?: true;
  /** Plain data for the JSON report. */
  readonly result?: unknown;
  /** The same for people. */
  readonly text?: readonly string[];
  /** The destination, as `--store` names it. */
  readonly store?: string;
}
