import { defineCheck } from '../check.ts';
import { goldenFindings, hasGolden } from '../golden-findings.ts';

/** Rows of another model agree by chance, or send people to look for a defect that is none. */
export const goldenModelMismatch = defineCheck({
  id: 'golden-model-mismatch',
  severity: 'error',
  title: 'Golden predictions are of another model',
  help: 'Name the file `<model id>_golden.jsonl`, with anything between, and keep in it the rows of this model only.',
  applies: hasGolden,
  run: (context) => goldenFindings(context, 'golden-model-mismatch'),
});
