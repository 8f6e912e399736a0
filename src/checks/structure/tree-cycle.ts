import { defineCheck } from '../check.ts';
import { treeFindings } from '../model-definition.ts';

/** Elasticsearch refuses both (`Tree.detectCycle`); an engine that followed a cycle would not return. */
export const treeCycle = defineCheck({
  id: 'tree-cycle',
  severity: 'error',
  title: 'A node of a tree has two parents, or leads back to itself',
  help: 'Export the model again: every node but the root is the child of one node.',
  run: (context) => treeFindings(context, 'tree-cycle'),
});
