import { defineCheck } from '../check.ts';
import { goldenFindings, hasGolden } from '../golden-findings.ts';

/** Elasticsearch takes a model with a flipped leaf or rounded thresholds: nothing else would show it (trained-models.md §4). */
export const goldenMismatch = defineCheck({
  id: 'golden-mismatch',
  severity: 'error',
  title: 'The model does not say what a golden row says',
  help: 'If the change is meant, write the rows anew with `mldr model golden write`, and review them as a diff; if not, check the export.',
  applies: hasGolden,
  run: (context) => goldenFindings(context, 'golden-mismatch'),
});
