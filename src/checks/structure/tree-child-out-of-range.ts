import { defineCheck } from '../check.ts';
import { treeFindings } from '../model-definition.ts';

/** Elasticsearch refuses such a tree (`Tree.detectMissingNodes`); an engine that did not would fall out of the array. */
export const treeChildOutOfRange = defineCheck({
  id: 'tree-child-out-of-range',
  severity: 'error',
  title: 'A node of a tree has a child that does not exist',
  help: 'Export the model again: children are positions in `tree_structure`, counted from 0.',
  run: (context) => treeFindings(context, 'tree-child-out-of-range'),
});
