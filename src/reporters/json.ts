import { compareDiagnostics, type Diagnostic } from '../domain/diagnostic.ts';
import type { FailureReport, Report, SubjectReport } from '../domain/report.ts';
import { jsonText } from './json-text.ts';
import { sortedBy } from './rank.ts';

/**
 * The report for machines, version 1 (`src/schemas/report.v1.json`): fields are only ever added. Equal bundles give
 * equal texts: nothing of time, machine or order of reading stands in it, but in the digests of a plan.
 */
export function json(report: Report): string {
  return jsonText({
    version: 1,
    tool: { name: report.tool.name, version: report.tool.version },
    command: report.command,
    outcome: report.outcome,
    subjects: report.subjects.map((subject) => subjectJson(subject, report.deployment)),
    counts: { error: report.counts.error, warning: report.counts.warning, note: report.counts.note },
    failure: report.failure === undefined ? undefined : failureJson(report.failure),
    result: report.result ?? (report.subjects.length === 0 ? report.deployment : undefined),
  });
}

// Written out field by field: the version promises these names, whatever the types inside become.
function subjectJson(subject: SubjectReport, deployment: Report['deployment']): object {
  return {
    name: subject.name,
    kind: subject.kind,
    path: subject.path,
    sha256: subject.sha256,
    verdict: subject.verdict,
    entries: sortedBy(subject.entries, ({ path }) => path).map(({ path, role, size, sha256 }) => ({
      path,
      role,
      size,
      sha256,
    })),
    diagnostics: [...subject.diagnostics].sort(compareDiagnostics).map(diagnosticJson),
    skipped: sortedBy(subject.skipped, ({ check, reason }) => `${check}\n${reason}`).map(({ check, reason }) => ({
      check,
      reason,
    })),
    unseen: subject.unseen === undefined ? undefined : failureJson(subject.unseen),
    weakened: subject.weakened.length > 0 ? subject.weakened : undefined,
    facts:
      subject.facts.length > 0
        ? subject.facts.map(({ section, title, data }) => ({ section, title, data }))
        : undefined,
    plan: subject.plan,
    release: subject.release,
    deployment,
  };
}

function failureJson({ code, message, causes, help, exit, url }: FailureReport): object {
  return { code, message, causes, help, exit, url };
}

function diagnosticJson(diagnostic: Diagnostic): object {
  const { check, severity, message, help, file, line, column, endLine, endColumn, url } = diagnostic;
  return { check, severity, message, help, file, line, column, endLine, endColumn, url };
}
