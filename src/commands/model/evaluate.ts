import { examine } from '../../checks/examine.ts';
import { hasLabels } from '../../checks/label-findings.ts';
import { checks } from '../../checks/registry.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { CommandResult } from '../../result.ts';
import type { Session } from '../../session.ts';
import { evaluationFact, evaluationLines } from '../evaluation-fact.ts';
import { evaluationJudgement } from '../evaluation-judgement.ts';
import { subjectReport } from '../subject-report.ts';
import { loadModel } from './load.ts';

/** Judges a model by labelled sets: what it calls right and wrong, over all, by family and by threshold. */
export async function evaluate(session: Session): Promise<CommandResult> {
  const loaded = await loadModel(session);
  if ('answer' in loaded) return loaded.answer;
  const { bundle, model } = loaded;
  if (bundle === undefined) {
    throw new Failure(
      'usage',
      `Values become fields in the pipeline of a bundle, and ${safe(model.entry.path, 1000)} is a file.`,
    );
  }
  const judgement = evaluationJudgement(session, bundle);
  const { limits, now, severities } = session;
  const labelled = checks.filter(({ applies }) => applies === hasLabels);
  const examination = await examine(labelled, { bundle, limits, now, evaluation: judgement }, severities);
  const subject = subjectReport(session, bundle, examination, undefined);
  const { evaluation, skipped = '' } = judgement;
  if (evaluation === undefined) return { subjects: [subject], no: true, text: [`Nothing was judged: ${skipped}.`] };
  const { line: _, ...fact } = evaluationFact(evaluation);
  const refused = subject.verdict === 'reject' ? { no: true as const } : {};
  return {
    subjects: [{ ...subject, facts: [fact] }],
    result: { evaluation },
    text: evaluationLines(evaluation),
    ...refused,
  };
}
