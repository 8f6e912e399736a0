import { examine } from '../../checks/examine.ts';
import { hasGolden } from '../../checks/golden-findings.ts';
import { checks } from '../../checks/registry.ts';
import type { Bundle } from '../../domain/bundle.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { BundleModel } from '../../inference/bundle/bundle-model.ts';
import type { CommandResult } from '../../result.ts';
import type { Session } from '../../session.ts';
import { goldenFact } from '../golden-fact.ts';
import { goldenJudgement } from '../golden-judgement.ts';
import { subjectReport } from '../subject-report.ts';
import { writeGolden } from './golden-write.ts';
import { loadModel } from './load.ts';

/** Writes the golden predictions of a bundle, or compares the model with them. */
export async function golden(session: Session): Promise<CommandResult> {
  const loaded = await loadModel(session);
  if ('answer' in loaded) return loaded.answer;
  const { bundle, model } = loaded;
  if (bundle === undefined) {
    throw new Failure('usage', `Golden predictions belong to a bundle, and ${safe(model.entry.path, 1000)} is a file.`);
  }
  return session.inputs.mode === 'write' ? writeGolden(session, bundle, model) : await check(session, bundle, model);
}

async function check(session: Session, bundle: Bundle, { entry }: BundleModel): Promise<CommandResult> {
  const judgement = await goldenJudgement(session, bundle);
  const { limits, now, severities } = session;
  const golden = checks.filter(({ applies }) => applies === hasGolden);
  const seen = { bundle, limits, now, golden: judgement };
  const subject = subjectReport(session, bundle, await examine(golden, seen, severities), undefined);
  const { coverage } = judgement;
  if (coverage === undefined || coverage.rows === 0) {
    const text = [`There are no golden rows for ${entry.path}: \`mldr model golden write\` makes them of values.`];
    return { subjects: [subject], no: true, text };
  }
  const refused = subject.verdict === 'reject';
  const result = { coverage };
  return {
    subjects: [{ ...subject, facts: [goldenFact(coverage)] }],
    result,
    ...(refused ? { no: true as const } : {}),
  };
}
