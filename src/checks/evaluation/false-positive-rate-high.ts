import { defineCheck } from '../check.ts';
import { hasLabels, labelFindings } from '../label-findings.ts';

/** What floods a team with false alarms is switched off. */
export const falsePositiveRateHigh = defineCheck({
  id: 'false-positive-rate-high',
  severity: 'error',
  title: 'The model calls more benign values malicious than allowed',
  help: 'Train it on what it takes for malicious, or raise its threshold; `mldr model evaluate` suggests one.',
  applies: hasLabels,
  run: (context) => labelFindings(context, 'false-positive-rate-high'),
});
