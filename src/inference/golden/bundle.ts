import type { Bundle } from '../../domain/bundle.ts';
import type { GoldenFile, GoldenJudgement } from '../../domain/golden.ts';
import { bundleModel } from '../bundle/bundle-model.ts';
import { judgeGolden, type WantedCoverage } from './judge.ts';

/** Half of the leaves, where nobody says more. */
export const usualCoverage: WantedCoverage = { share: 0.5, asked: false };

/** Compares the model of a bundle with golden predictions, or says why that cannot be. */
export async function judgeBundle(
  bundle: Bundle,
  files: readonly GoldenFile[],
  wanted: WantedCoverage,
): Promise<GoldenJudgement> {
  const reading = bundleModel(bundle);
  if ('found' in reading) return judgeGolden(reading.found, files, wanted);
  if ('none' in reading) return { findings: [], skipped: reading.none };
  const findings = reading.refused.map(({ file, pointer, message }) => ({
    check: 'model-not-evaluable',
    message: `${message} (\`${pointer}\`)`,
    // What is compressed has no place of its own: the whole is pointed at.
    at: { file, pointer: pointer.startsWith('/compressed_definition') ? '/compressed_definition' : pointer },
  }));
  return { findings, skipped: 'the model cannot be evaluated' };
}
