import { defineCheck } from '../check.ts';
import { treeFindings } from '../model-definition.ts';

/** `split_feature` counts in the list of the tree itself, not in that of the ensemble (trained-models.md §2; `Tree.validate`). */
export const treeFeatureOutOfRange = defineCheck({
  id: 'tree-feature-out-of-range',
  severity: 'error',
  title: 'A node of a tree splits by a feature that does not exist',
  help: 'Export the model again: `split_feature` is a position in the `feature_names` of the tree itself.',
  run: (context) => treeFindings(context, 'tree-feature-out-of-range'),
});
