import { compareDiagnostics, compareText, type Diagnostic } from '../domain/diagnostic.ts';
import type { Report, SubjectReport } from '../domain/report.ts';
import { severities } from '../domain/severity.ts';

/** A diagnostic with the subject it was found in. */
export interface Ranked {
  readonly subject: SubjectReport;
  readonly diagnostic: Diagnostic;
}

/** A subject's diagnostics, the heaviest first; equal ones in the order of a report. */
export function worstFirst(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(compareWeight);
}

/** The diagnostics of every subject together, the heaviest first; equal ones by subject. */
export function worstOfAll(report: Report): Ranked[] {
  return report.subjects
    .flatMap((subject) => worstFirst(subject.diagnostics).map((diagnostic) => ({ subject, diagnostic })))
    .sort((a, b) => weight(a.diagnostic) - weight(b.diagnostic));
}

function compareWeight(a: Diagnostic, b: Diagnostic): number {
  return weight(a) - weight(b) || compareDiagnostics(a, b);
}

function weight(diagnostic: Diagnostic): number {
  return severities.indexOf(diagnostic.severity);
}

/** A copy sorted by a text that each item gives. */
export function sortedBy<T>(items: readonly T[], text: (item: T) => string): T[] {
  return [...items].sort((a, b) => compareText(text(a), text(b)));
}
