import { defineCheck } from '../check.ts';
import { hasLabels, labelFindings } from '../label-findings.ts';

/** A row that is passed over would make the figures better or worse than they are. */
export const labelRowInvalid = defineCheck({
  id: 'label-row-invalid',
  severity: 'error',
  title: 'A row of a labelled set cannot be judged',
  help: 'Correct the row: CSV whose head is value,label or value,label,family, with classes of the model as labels.',
  applies: hasLabels,
  run: (context) => labelFindings(context, 'label-row-invalid'),
});
