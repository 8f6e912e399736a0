import type { DeploymentReport } from './domain/deployment-report.ts';
import type { Fact, SubjectReport } from './domain/report.ts';
import type { Severity } from './domain/severity.ts';

/** What a command gives back; `run.ts` makes the report and the exit code of it. */
export interface CommandResult {
  readonly subjects: readonly SubjectReport[];
  /** A "no": nothing found, not accepted, refused. The run fails with exit code 1. */
  readonly no?: true;
  /** It could not be told: the run ends with exit code 2. */
  readonly unclear?: true;
  /** A target is not as it was left: the run ends with exit code 4. */
  readonly drift?: true;
  /** What became of a target. */
  readonly deployment?: DeploymentReport;
  /** Plain data for the JSON report. */
  readonly result?: unknown;
  /** The same for people. */
  readonly text?: readonly string[];
  /** The answer as parts of a page, in the place of the text. */
  readonly facts?: readonly Fact[];
  /** The destination, as `--store` names it. */
  readonly store?: string;
}

/** How many diagnostics of each severity there are. */
export function countsOf(subjects: readonly SubjectReport[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { diagnostics } of subjects) for (const { severity } of diagnostics) counts[severity] += 1;
  return counts;
}
