import type { Examination } from '../checks/examine.ts';
import { type Bundle, besideName } from '../domain/bundle.ts';
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
  const given = [...(session.inputs.golden ?? []), ...(session.inputs.labels ?? [])];
  const beside = given.map((path) => besideName(bundle, path));
  const excerpts = diagnostics.flatMap((diagnostic) => {
    const entry = [...bundle.entries, ...bundle.dev].find(({ path }) => path === diagnostic.file);
    const excerpt = excerptOf(diagnostic, entry);
    return excerpt === undefined ? [] : [[diagnostic, excerpt] as const];
  });
  return {
    name: bundle.name,
    ...(bundle.kind === undefined ? {} : { kind: bundle.kind.id }),
    path: bundle.path,
    source: bundle.source,
    ...(beside.length === 0 ? {} : { beside }),
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
    weakened: [...session.lifted, ...weakened, ...approvals(session, bundle)],
    references: bundle.graph.references,
    excerpts: new Map(excerpts),
    ...(history === undefined ? {} : { history: historyLine(history) }),
    facts: [],
  };
}

/** The approved scripts that the bundle carries: each is one that nobody of ours has read. */
function approvals({ configuration: { scripts } }: Session, { entries }: Bundle): string[] {
  const carried = new Set(entries.flatMap((entry) => (entry.scripts ?? []).map(({ sha256 }) => sha256)));
  return scripts.flatMap(({ sha256, reason }) =>
    carried.has(sha256) ? [`script ${sha256.slice(0, 12)}…: approved (${reason})`] : [],
  );
}

function historyLine(history: History): string {
  const count = history.names.length;
  return `${history.store} (${count} ${count === 1 ? 'release' : 'releases'})`;
}
