import { defineCheck } from '../check.ts';
import { goldenFindings, hasGolden } from '../golden-findings.ts';

/** A row that is passed over would be a row that agrees. */
export const goldenRowInvalid = defineCheck({
  id: 'golden-row-invalid',
  severity: 'error',
  title: 'A golden row cannot be compared',
  help: 'Correct the row: one JSON object a line, with `domain` or `fields`, and what the model is to say.',
  applies: hasGolden,
  run: (context) => goldenFindings(context, 'golden-row-invalid'),
});
