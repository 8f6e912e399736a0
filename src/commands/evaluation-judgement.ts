import { type Bundle, besideName } from '../domain/bundle.ts';
import type { EvaluationJudgement, Gates, LabelledSet } from '../domain/evaluation.ts';
import { isLabels } from '../formats/label-name.ts';
import { readLabels } from '../formats/labels.ts';
import { createLines, decodeText } from '../formats/text.ts';
import { bundleModel } from '../inference/bundle/bundle-model.ts';
import { evaluateModel } from '../inference/evaluation/evaluate.ts';
import type { Session } from '../session.ts';
import { givenFile } from './given-file.ts';
import { givenShare } from './given-share.ts';

/**
 * Judges the model of a bundle by the labelled sets below its `_dev/labels` and those that `--labels` names.
 * @throws Failure `usage`, `path-not-found`, `file-unreadable`, `path-refused`
 */
export function evaluationJudgement(session: Session, bundle: Bundle): EvaluationJudgement {
  const own = bundle.dev.flatMap(({ path, sha256, line }) =>
    line === undefined || !isLabels(path) ? [] : [readLabels(path, sha256, line)],
  );
  const given = (session.inputs.labels ?? []).map((path) => labelledSet(session, path, besideName(bundle, path)));
  const gates = gatesOf(session);
  const reading = bundleModel(bundle);
  if ('found' in reading) return evaluateModel(reading.found, [...own, ...given], gates);
  return { findings: [], skipped: 'none' in reading ? reading.none : 'the model cannot be evaluated' };
}

function labelledSet(session: Session, given: string, path: string): LabelledSet {
  const { bytes, sha256 } = givenFile(session, given, 'labelled set');
  const { text, finding } = decodeText(bytes, path, 'label-row-invalid');
  if (finding !== undefined) return { path, sha256, rows: [], findings: [finding] };
  return readLabels(path, sha256, createLines(text).line);
}

function gatesOf({ inputs }: Session): Gates {
  const falsePositiveRate = givenShare(inputs, 'max-false-positive-rate');
  const recall = givenShare(inputs, 'min-recall');
  const recallPerFamily = givenShare(inputs, 'min-recall-per-family');
  return {
    ...(falsePositiveRate === undefined ? {} : { falsePositiveRate }),
    ...(recall === undefined ? {} : { recall }),
    ...(recallPerFamily === undefined ? {} : { recallPerFamily }),
  };
}
