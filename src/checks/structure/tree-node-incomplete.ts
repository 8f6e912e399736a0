import { defineCheck } from '../check.ts';
import { treeFindings } from '../model-definition.ts';

/** What Elasticsearch asks of a node (`TreeNode.Builder.validate`), and a right child, without which inference fails later. */
export const treeNodeIncomplete = defineCheck({
  id: 'tree-node-incomplete',
  severity: 'error',
  title: 'A node of a tree is neither a whole split nor a leaf',
  help: 'Export the model again: a split has both children, a feature and a threshold, a leaf has a value.',
  run: (context) => treeFindings(context, 'tree-node-incomplete'),
});
