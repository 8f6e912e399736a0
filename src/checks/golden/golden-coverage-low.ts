import { defineCheck } from '../check.ts';
import { goldenFindings, hasGolden } from '../golden-findings.ts';

/** What no row reaches may change, and nothing shows it (trained-models.md §4). */
export const goldenCoverageLow = defineCheck({
  id: 'golden-coverage-low',
  severity: 'warning',
  title: 'The golden rows reach few leaves of the model',
  help: 'Add rows, or say with `--min-coverage` how much is enough.',
  applies: hasGolden,
  run: (context) => goldenFindings(context, 'golden-coverage-low'),
});
