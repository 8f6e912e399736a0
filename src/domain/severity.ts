/** How much a diagnostic weighs: an `error` rejects a bundle, a `warning` needs an answer, a `note` informs. */
export type Severity = 'error' | 'warning' | 'note';

/** Severities from the heaviest to the lightest. */
export const severities: readonly Severity[] = ['error', 'warning', 'note'];

/** The verdict over a subject: `reject` with an error, `warn` with a warning, else `accept`. */
export type Verdict = 'accept' | 'warn' | 'reject';

/**
 * The verdict that a list of findings gives.
 * @param found anything that carries a severity
 */
export function verdictOf(found: Iterable<{ readonly severity: Severity }>): Verdict {
  let verdict: Verdict = 'accept';
  for (const { severity } of found) {
    if (severity === 'error') return 'reject';
    if (severity === 'warning') verdict = 'warn';
  }
  return verdict;
}

/** A severity that the user set for a check. */
export interface SeverityRule {
  readonly check: string;
  readonly severity: Severity | 'off';
  /** Why, as the configuration says; printed in every report. */
  readonly reason?: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly until?: string;
}
