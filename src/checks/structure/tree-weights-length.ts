import { defineCheck } from '../check.ts';
import { treeFindings } from '../model-definition.ts';

/** Elasticsearch refuses the first two on create (`Ensemble.validate`), leaves of unequal length too (`Tree.validate`). */
export const treeWeightsLength = defineCheck({
  id: 'tree-weights-length',
  severity: 'error',
  title: 'Weights or leaf values of a model are more or fewer than they must be',
  help: 'Export the model again: one weight for each tree, one for each class, as many values in every leaf.',
  run: (context) => treeFindings(context, 'tree-weights-length'),
});
