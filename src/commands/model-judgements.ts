import type { CheckContext } from '../checks/check.ts';
import type { Bundle } from '../domain/bundle.ts';
import type { Fact } from '../domain/report.ts';
import { isGolden } from '../formats/golden-name.ts';
import { isLabels } from '../formats/label-name.ts';
import type { Session } from '../session.ts';

/** What evaluating a model gave: for the checks, and for a report. */
interface Judgements {
  readonly context: Pick<CheckContext, 'golden' | 'evaluation'>;
  readonly facts: readonly Fact[];
}

/**
 * Compares the model of a bundle with golden predictions and labelled sets. The evaluator is loaded for those who have
 * something to compare.
 * @throws Failure `usage`, `path-not-found`, `file-unreadable`, `path-refused`
 */
export async function modelJudgements(session: Session, bundle: Bundle): Promise<Judgements> {
  const { inputs } = session;
  const facts: Fact[] = [];
  const context: { -readonly [K in keyof Judgements['context']]: Judgements['context'][K] } = {};
  if (inputs.golden !== undefined || bundle.entries.some(({ path }) => isGolden(path))) {
    context.golden = await (await import('./golden-judgement.ts')).goldenJudgement(session, bundle);
    const { coverage } = context.golden;
    if (coverage !== undefined) facts.push((await import('./golden-fact.ts')).goldenFact(coverage));
  }
  if (inputs.labels !== undefined || bundle.dev.some(({ path }) => isLabels(path))) {
    context.evaluation = (await import('./evaluation-judgement.ts')).evaluationJudgement(session, bundle);
    const { evaluation } = context.evaluation;
    if (evaluation !== undefined) facts.push((await import('./evaluation-fact.ts')).evaluationFact(evaluation));
  }
  return { context, facts };
}
