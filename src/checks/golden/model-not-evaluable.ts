import { defineCheck } from '../check.ts';
import { goldenFindings, hasGolden } from '../golden-findings.ts';

/** What the evaluator refuses by JSON pointer (trained-models.md §1 and §2). */
export const modelNotEvaluable = defineCheck({
  id: 'model-not-evaluable',
  severity: 'error',
  title: 'The model cannot be evaluated, so no golden row can be compared',
  help: 'Correct the place named. Elasticsearch would refuse the model too, or fail whenever it is asked.',
  applies: hasGolden,
  run: (context) => goldenFindings(context, 'model-not-evaluable'),
});
