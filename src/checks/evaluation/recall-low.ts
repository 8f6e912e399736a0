import { defineCheck } from '../check.ts';
import { hasLabels, labelFindings } from '../label-findings.ts';

/** A detection that went quiet looks like peace. */
export const recallLow = defineCheck({
  id: 'recall-low',
  severity: 'error',
  title: 'The model finds less than it has to',
  help: 'Look at the families it misses, and train it on them.',
  applies: hasLabels,
  run: (context) => labelFindings(context, 'recall-low'),
});
