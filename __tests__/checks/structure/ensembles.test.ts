import { describe, expect, test } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import { found, said } from './looked-at.ts';
import type { DraftNode } from './random-model.ts';

describe('ensembles', () => {
  const leaf = { leaf_value: 1 };
  const stump = { tree: { feature_names: [], tree_structure: [leaf] } };
  const at = '/definition/trained_model';
  const model = (trained: Value): Value => ({
    input: { field_names: ['a'] },
    inference_config: { regression: {} },
    definition: { trained_model: trained },
  });
  const ensemble = (change: { readonly [key: string]: Value }): Value =>
    model({ ensemble: { trained_models: [stump, stump], ...change } });

  test.each<[string, Value, string[]]>([
    ['no aggregator', ensemble({}), []],
    ['weights for two trees', ensemble({ aggregate_output: { weighted_sum: { weights: [1, 2] } } }), []],
    [
      'one weight for two trees',
      ensemble({ aggregate_output: { weighted_sum: { weights: [1] } } }),
      [`tree-weights-length ${at}/ensemble/aggregate_output/weighted_sum/weights`],
    ],
    [
      'three weights for two trees',
      ensemble({ aggregate_output: { exponent: { weights: [1, 2, 3] } } }),
      [`tree-weights-length ${at}/ensemble/aggregate_output/exponent/weights`],
    ],
    [
      'weights no array',
      ensemble({ aggregate_output: { weighted_mode: { weights: { 0: 1, 1: 1 }, num_classes: 2 } } }),
      [`tree-weights-length ${at}/ensemble/aggregate_output/weighted_mode/weights`],
    ],
    [
      'a weight that is infinite',
      ensemble({ aggregate_output: { logistic_regression: { weights: [1, Number.POSITIVE_INFINITY] } } }),
      [`tree-number-not-finite ${at}/ensemble/aggregate_output/logistic_regression/weights/1`],
    ],
    [
      'weights of classes for fewer labels',
      ensemble({ classification_labels: ['0'], classification_weights: [1, 1] }),
      [`tree-weights-length ${at}/ensemble/classification_weights`],
    ],
    ['weights of classes without labels', ensemble({ classification_weights: [1, 1] }), []],
    [
      'an aggregator nobody knows',
      ensemble({ aggregate_output: { median: {} } }),
      [`model-type-unsupported ${at}/ensemble/aggregate_output/median@key`],
    ],
    [
      'two aggregators',
      ensemble({ aggregate_output: { weighted_sum: {}, exponent: {} } }),
      [`model-type-unsupported ${at}/ensemble/aggregate_output`],
    ],
    [
      'an ensemble within an ensemble',
      ensemble({ trained_models: [stump, { ensemble: { trained_models: [stump] } }] }),
      [`model-type-unsupported ${at}/ensemble/trained_models/1/ensemble@key`],
    ],
    [
      'a neural network',
      model({ lang_ident_neural_network: {} }),
      [`model-type-unsupported ${at}/lang_ident_neural_network@key`],
    ],
    ['a tree that is an array', model({ tree: [] }), [`model-type-unsupported ${at}/tree`]],
    ['two models', model({ ...stump, ensemble: {} }), [`model-type-unsupported ${at}`]],
    ['no trees', ensemble({ trained_models: [] }), [`model-type-unsupported ${at}/ensemble/trained_models`]],
    ['trees by name', ensemble({ trained_models: stump }), [`model-type-unsupported ${at}/ensemble/trained_models`]],
    ['a tree without nodes', model({ tree: { feature_names: [] } }), [`tree-node-incomplete ${at}/tree`]],
    [
      'a tree with an empty list of nodes',
      model({ tree: { feature_names: [], tree_structure: [] } }),
      [`tree-node-incomplete ${at}/tree/tree_structure`],
    ],
    ['no feature names', model({ tree: { tree_structure: [leaf] } }), [`tree-feature-out-of-range ${at}/tree`]],
    [
      'leaves of unequal length',
      ensemble({ trained_models: [stump, { tree: { feature_names: [], tree_structure: [{ leaf_value: [1, 2] }] } }] }),
      [`tree-weights-length ${at}/ensemble/trained_models/1/tree/tree_structure/0/leaf_value`],
    ],
    [
      'a leaf of several values, one of them no number',
      model({ tree: { feature_names: [], tree_structure: [{ leaf_value: [1, 'x', null] }] } }),
      [`tree-number-not-finite ${at}/tree/tree_structure/0/leaf_value/1`],
    ],
    [
      'an empty leaf',
      model({ tree: { feature_names: [], tree_structure: [{ leaf_value: [] }] } }),
      [`tree-number-not-finite ${at}/tree/tree_structure/0/leaf_value`],
    ],
    [
      'names that are no own members',
      model(JSON.parse('{"__proto__": {"tree": {}}}')),
      [`model-type-unsupported ${at}/__proto__@key`],
    ],
  ])('%s', (_, value, expected) => {
    expect(found('elastic-model', value)).toEqual(expected);
  });

  test('a name of a million characters gives a short message', () => {
    const [message = ''] = said('model-type-unsupported', 'elastic-model', model({ ['x'.repeat(1e6)]: {} }));
    expect(message).toContain('`tree`, `ensemble`');
    expect(message.length).toBeLessThan(500);
  });

  test('1e999 is infinite once it is read', () => {
    const tree = '{"feature_names": [], "tree_structure": [{"leaf_value": 1e999}]}';
    expect(said('tree-number-not-finite', 'elastic-model', model({ tree: JSON.parse(tree) }))).toEqual([
      '`leaf_value` of node 0 must be a finite number, and is the number Infinity. ' +
        '(`/definition/trained_model/tree/tree_structure/0/leaf_value`)',
    ]);
  });

  test('a defect of an opened definition is told at the compressed one, with the way inside it', () => {
    const value: Value = {
      input: { field_names: ['a'] },
      inference_config: { regression: {} },
      compressed_definition: 'H4sI',
    };
    const more = { openedDefinition: { trained_model: { tree: { feature_names: [], tree_structure: [{}] } } } };
    expect(found('elastic-model', value, [], more)).toEqual(['tree-node-incomplete /compressed_definition']);
  });
});

describe('hostile trees', () => {
  const count = 200_000;
  const chain = (last: DraftNode): Value => {
    const nodes: DraftNode[] = [];
    for (let index = 0; index < count; index += 2) {
      nodes.push({ left_child: index + 1, right_child: index + 2, split_feature: 0, threshold: 1 }, { leaf_value: 1 });
    }
    return {
      input: { field_names: ['a'] },
      inference_config: { regression: {} },
      definition: { trained_model: { tree: { feature_names: ['a'], tree_structure: [...nodes, last] } } },
    };
  };
  const end = `/definition/trained_model/tree/tree_structure/${count}`;

  test(`a chain of ${count} nodes passes`, () => {
    expect(found('elastic-model', chain({ leaf_value: 1 }))).toEqual([]);
  });

  test('its end leading back to its start is one cycle', () => {
    const last = { left_child: 0, right_child: count - 1, split_feature: 0, threshold: 1 };
    expect(found('elastic-model', chain(last))).toEqual([
      `tree-cycle ${end}/left_child`,
      `tree-cycle ${end}/right_child`,
    ]);
  });

  test('a hundred thousand defects are twenty, and how many more', () => {
    const bad = Array.from({ length: 100_000 }, () => ({ left_child: -1, right_child: 0.5, threshold: 'x' }));
    const model: Value = { definition: { trained_model: { tree: { feature_names: [], tree_structure: bad } } } };
    const texts = said('tree-child-out-of-range', 'elastic-model', model);
    expect(texts).toHaveLength(21);
    expect(texts.at(-1)).toBe('And 199980 more like these.');
    // Two a node: the tenth node holds the first that is not listed.
    const places = found('elastic-model', model).filter((each) => each.startsWith('tree-child-out-of-range'));
    expect(places.at(-1)).toBe('tree-child-out-of-range /definition/trained_model/tree/tree_structure/10/left_child');
    expect(said('tree-cycle', 'elastic-model', model)).toEqual([]);
  });
});
