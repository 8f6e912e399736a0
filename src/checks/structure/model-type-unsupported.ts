import { defineCheck } from '../check.ts';
import { treeFindings } from '../model-definition.ts';

/** Trees and ensembles of trees are what can be proven offline (trained-models.md §1 and §2); others are refused by name. */
export const modelTypeUnsupported = defineCheck({
  id: 'model-type-unsupported',
  severity: 'error',
  title: 'A trained model is of a type that is not supported',
  help: 'Use a tree or an ensemble of trees; a neural network or an ensemble within an ensemble is refused.',
  run: (context) => treeFindings(context, 'model-type-unsupported'),
});
