import type { Examination } from '../checks/examine.ts';
import type { Bundle } from '../domain/bundle.ts';
import type { History } from '../domain/history.ts';
import type { SubjectReport } from '../domain/report.ts';
import { verdictOf } from '../domain/severity.ts';
import { excerptOf } from '../excerpt.ts';
import type { Session } from '../session.ts';

/** All that a report says of a bundle before anything is planned. */
export function subjectReport(
  session: Session,
  bundle: Bundle,
  { diagnostics, skipped, ran, weakened }: Examination,
  history: History | undefined,
): SubjectReport {
  const excerpts = diagnostics.flatMap((diagnostic) => {
    const entry = bundle.entries.find(({ path }) => path === diagnostic.file);
    const excerpt = excerptOf(diagnostic, entry);
    return excerpt === undefined ? [] : [[diagnostic, excerpt] as const];
  });
  return {
    name: bundle.name,
    ...(bundle.kind === undefined ? {} : { kind: bundle.kind.id }),
    path: bundle.path,
    source: bundle.source,
    sha256: bundle.sha256,
    verdict: verdictOf(diagnostics),
    entries: bundle.entries.map(({ path, role, size, sha256 }) => ({
      path,
      ...(role === undefined ? {} : { role }),
      size,
      sha256,
    })),
    diagnostics,
    skipped,
    checks: ran,
    weakened: [...session.lifted, ...weakened],
    references: bundle.graph.references,
    excerpts: new Map(excerpts),
    ...(history === undefined ? {} : { history: historyLine(history) }),
    facts: [],
  };
}

function historyLine(history: History): string {
  const count = history.names.length;
  return `${history.store} (${count} ${count === 1 ? 'release' : 'releases'})`;
}
