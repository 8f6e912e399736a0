import type { Value } from '../../src/domain/document.ts';
import type { RandomModel, RandomPreprocessor, RandomTree } from './random-model.ts';

/** The body that Elasticsearch would be given of a random model. */
export function bodyOf(model: RandomModel): { [key: string]: Value } {
  const labels = Array.from({ length: model.classes }, (_, index) => `class ${index}`);
  const classification = model.target === 'classification';
  const named = classification ? { classification_labels: labels } : {};
  const trained: Value = model.alone
    ? { tree: { ...treeOf(model.trees[0], model.target), ...named } }
    : {
        ensemble: {
          feature_names: [...new Set(model.trees.flatMap(({ names }) => names))].sort(),
          trained_models: model.trees.map((tree) => ({ tree: treeOf(tree, 'regression') })),
          aggregate_output: { [model.aggregator]: aggregatorOf(model) },
          target_type: model.target,
          ...named,
          ...(classification && model.classWeights !== undefined ? { classification_weights: model.classWeights } : {}),
        },
      };
  return {
    model_id: 'random_1.0',
    input: { field_names: model.inputs },
    inference_config: { [model.target]: classification ? { num_top_classes: -1 } : {} },
    definition: { preprocessors: model.preprocessors.map(preprocessorOf), trained_model: trained },
  };
}

function aggregatorOf({ aggregator, weights, classes }: RandomModel): { [key: string]: Value } {
  const given = weights === undefined ? {} : { weights };
  return aggregator === 'weighted_mode' ? { ...given, num_classes: classes } : given;
}

function treeOf(tree: RandomTree | undefined, target: string): { [key: string]: Value } {
  const nodes = (tree?.nodes ?? []).map((node, node_index): Value => {
    if (node.leaf !== undefined) {
      const [only, ...more] = node.leaf;
      return { node_index, leaf_value: more.length === 0 && only !== undefined ? only : node.leaf };
    }
    return {
      node_index,
      split_feature: node.feature,
      threshold: node.threshold,
      left_child: node.left,
      right_child: node.right,
      ...(node.type === undefined ? {} : { decision_type: node.type }),
      ...(node.defaultLeft === undefined ? {} : { default_left: node.defaultLeft }),
    };
  });
  return { feature_names: tree?.names ?? [], tree_structure: nodes, target_type: target };
}

function preprocessorOf(given: RandomPreprocessor): Value {
  if (given.type === 'multi_encoding') {
    return { multi_encoding: { processors: given.processors.map(preprocessorOf), custom: true } };
  }
  const { field } = given;
  if (given.type === 'one_hot_encoding') return { one_hot_encoding: { field, hot_map: Object.fromEntries(given.map) } };
  if (given.type === 'n_gram_encoding') {
    const { sizes, start, length, prefix } = given;
    return { n_gram_encoding: { field, n_grams: sizes, start, length, feature_prefix: prefix } };
  }
  const map = Object.fromEntries(given.map);
  const looked = { field, feature_name: given.feature };
  return given.type === 'frequency_encoding'
    ? { frequency_encoding: { ...looked, frequency_map: map } }
    : { target_mean_encoding: { ...looked, target_map: map, default_value: given.unseen } };
}
