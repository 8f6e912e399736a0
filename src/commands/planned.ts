import { resolve } from 'node:path';
import type { PublishPlan } from '../domain/plan.ts';
import type { SubjectReport } from '../domain/report.ts';
import { Failure } from '../errors.ts';
import { prepareRelease } from '../publish/prepare.ts';
import type { Session } from '../session.ts';
import { writeWhole } from '../stores/durable.ts';
import type { Examined } from './examined.ts';
import { preparation } from './preparation.ts';

/**
 * The subject of a bundle that was examined, with the plan of its release, which is written where `--plan-out` says.
 * A bundle with an error has none, and neither has one whose history is not known: its index could not be made.
 * @throws Failure where the tool cannot do its work; that a release would be refused is an answer
 */
export async function withPlan(session: Session, { bundle, history, subject }: Examined): Promise<SubjectReport> {
  if (subject.verdict === 'reject' || subject.history === undefined) return subject;
  try {
    const { plan, request, dispose } = await prepareRelease(
      bundle,
      history,
      preparation(session, bundle, history, subject),
    );
    await dispose();
    await writePlan(session, plan);
    return { ...subject, plan, notes: request.notes };
  } catch (error) {
    if (!(error instanceof Failure) || error.exit !== 1) throw error;
    return { ...subject, refused: error.message };
  }
}

/** Writes a plan where `--plan-out` says. @throws Failure `disk-full`, `write-failed` */
export async function writePlan(session: Session, plan: PublishPlan): Promise<void> {
  const file = session.inputs['plan-out'];
  if (file === undefined) return;
  await writeWhole(resolve(session.host.cwd, file), `${JSON.stringify(plan, undefined, 2)}\n`);
}
