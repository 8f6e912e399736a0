import { defineCheck } from '../check.ts';
import { goldenFindings, hasGolden } from '../golden-findings.ts';

/** A first set of rows with one ending only missed that the field of the endings was lost (trained-models.md §4). */
export const goldenInputConstant = defineCheck({
  id: 'golden-input-constant',
  severity: 'error',
  title: 'An input of the model never varies in the golden rows',
  help: 'Add rows in which it is different; `mldr model golden check` lists all such inputs.',
  applies: hasGolden,
  run: (context) => goldenFindings(context, 'golden-input-constant'),
});
