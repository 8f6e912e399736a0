import type { SubjectReport } from '../domain/report.ts';
import { Failure } from '../errors.ts';
import type { CommandResult } from '../result.ts';
import type { Session } from '../session.ts';
import { earlierReleases, examineBundle } from './examined.ts';
import { findBundles } from './find-bundles.ts';

/** Reads and checks bundles, and plans their releases where somebody looks at plans; nothing is published. */
export async function validate(session: Session): Promise<CommandResult> {
  const found = findBundles(session);
  const bundles = await touched(session, found);
  const file = session.inputs['plan-out'];
  if (file !== undefined && bundles.length !== 1) {
    throw new Failure('usage', `\`--plan-out\` takes the plan of one bundle, and here are ${bundles.length}.`);
  }
  const plans = file !== undefined || session.host.plans === true;
  const subjects: SubjectReport[] = [];
  const earlier = earlierReleases(session);
  for (const path of bundles) {
    const examined = await examineBundle(session, path, undefined, earlier);
    subjects.push(plans ? await (await import('./planned.ts')).withPlan(session, examined) : examined.subject);
  }
  const refused = subjects.flatMap(({ name, refused: why }) =>
    why === undefined ? [] : [`\`${name}\` cannot be released: ${why}`],
  );
  if (file !== undefined && subjects[0]?.plan === undefined) refused.push(`No plan was written to ${file}.`);
  if (bundles.length > 0) return { subjects, ...(refused.length > 0 ? { no: true, text: refused } : {}) };
  return { subjects, text: [`No bundle differs from ${session.inputs.changed}: ${found.length} found, none checked.`] };
}

async function touched(session: Session, bundles: readonly string[]): Promise<readonly string[]> {
  const base = session.inputs.changed;
  return base === undefined ? bundles : (await import('./changed.ts')).changedBundles(session, base, bundles);
}
