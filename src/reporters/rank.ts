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

/**
 * Of findings in order the first one of each check, then the second ones: where only some can be shown, twenty findings
 * of one check do not hide the one of another. Heavier ones stay before lighter ones.
 */
export function variedFirst(ranked: readonly Ranked[]): Ranked[] {
  const seen = new Map<string, number>();
  const numbered = ranked.map((item) => {
    const { check } = item.diagnostic;
    const count = seen.get(check) ?? 0;
    seen.set(check, count + 1);
    return { item, count };
  });
  return numbered
    .sort((a, b) => weight(a.item.diagnostic) - weight(b.item.diagnostic) || a.count - b.count)
    .map(({ item }) => item);
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
