import type { SubjectReport } from '../domain/report.ts';
import type { CommandResult } from '../result.ts';
import type { Session } from '../session.ts';
import { earlierReleases, examineBundle } from './examined.ts';
import { findBundles } from './find-bundles.ts';

/** Reads and checks bundles; nothing is written. */
export async function validate(session: Session): Promise<CommandResult> {
  const found = findBundles(session);
  const bundles = await touched(session, found);
  const subjects: SubjectReport[] = [];
  const earlier = earlierReleases(session);
  for (const path of bundles) subjects.push((await examineBundle(session, path, undefined, earlier)).subject);
  if (bundles.length > 0) return { subjects };
  return { subjects, text: [`No bundle differs from ${session.inputs.changed}: ${found.length} found, none checked.`] };
}

async function touched(session: Session, bundles: readonly string[]): Promise<readonly string[]> {
  const base = session.inputs.changed;
  return base === undefined ? bundles : (await import('./changed.ts')).changedBundles(session, base, bundles);
}
