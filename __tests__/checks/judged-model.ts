import type { CheckContext } from '../../src/checks/check.ts';
import type { Bundle } from '../../src/domain/bundle.ts';
import { goldenEntries } from '../../src/formats/golden.ts';
import { isLabels } from '../../src/formats/label-name.ts';
import { readLabels } from '../../src/formats/labels.ts';
import { bundleModel } from '../../src/inference/bundle/bundle-model.ts';
import { evaluateModel } from '../../src/inference/evaluation/evaluate.ts';
import { judgeBundle, usualCoverage } from '../../src/inference/golden/bundle.ts';

/** Gates that the pages of the checks speak of. */
const gates = { falsePositiveRate: 0.01, recall: 0.5, recallPerFamily: 0.9 };

/** What evaluating the model of an example gives: by its golden predictions, and by its labelled sets. */
export async function judgedModel(bundle: Bundle): Promise<Pick<CheckContext, 'golden' | 'evaluation'>> {
  const files = await goldenEntries(bundle);
  const golden = files.length === 0 ? {} : { golden: await judgeBundle(bundle, files, usualCoverage) };
  const sets = bundle.dev.flatMap(({ path, sha256, line }) =>
    isLabels(path) && line !== undefined ? [readLabels(path, sha256, line)] : [],
  );
  const reading = bundleModel(bundle);
  if (sets.length === 0 || !('found' in reading)) return golden;
  return { ...golden, evaluation: evaluateModel(reading.found, sets, gates) };
}
