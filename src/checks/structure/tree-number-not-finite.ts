import { defineCheck } from '../check.ts';
import { treeFindings } from '../model-definition.ts';

/** A value that is missing, text, or infinite when read would turn predictions into NaN. */
export const treeNumberNotFinite = defineCheck({
  id: 'tree-number-not-finite',
  severity: 'error',
  title: 'A threshold, leaf value or weight of a model is not a finite number',
  help: 'Export the model again; a number too large for a double, such as 1e999, is read as infinity.',
  run: (context) => treeFindings(context, 'tree-number-not-finite'),
});
