import type { Random } from '../../random.ts';

/** Plain JSON that a test may change. */
export type Draft = null | boolean | number | string | Draft[] | { [key: string]: Draft };

export interface DraftNode {
  [key: string]: Draft;
}

export interface DraftTree {
  feature_names: string[];
  target_type: string;
  tree_structure: DraftNode[];
}

/** A tree that is whole: nodes are numbered at random behind the root, so that children may stand before parents. */
function randomTree(random: Random, leafValues: number): DraftTree {
  const features = 1 + random.below(5);
  const splits = random.below(20);
  const parents: { node: DraftNode; children: DraftNode[] }[] = [];
  const root: DraftNode = {};
  const all = [root];
  const open = [root];
  for (let count = 0; count < splits; count += 1) {
    const node = random.pick(open);
    open.splice(open.indexOf(node), 1);
    const children: DraftNode[] = [{}, {}];
    parents.push({ node, children });
    all.push(...children);
    open.push(...children);
  }
  const [first, ...others] = all;
  const order = [
    first,
    ...others
      .map((node) => [random.below(1e9), node] as const)
      .sort(byKey)
      .map(([, node]) => node),
  ];
  for (const { node, children } of parents) {
    node.left_child = order.indexOf(children[0]);
    node.right_child = order.indexOf(children[1]);
    node.split_feature = random.below(features);
    node.threshold = (random.below(2000) - 1000) / 8;
    if (random.chance(0.5)) node.decision_type = 'lte';
  }
  for (const leaf of open) {
    const values = Array.from({ length: leafValues }, () => random.below(1000) / 1000 - 0.5);
    leaf.leaf_value = leafValues === 1 && random.chance(0.8) ? (values[0] ?? 0) : values;
  }
  const nodes = order.flatMap((node, index) => {
    if (node === undefined) return [];
    if (random.chance(0.8)) node.node_index = index;
    return [node];
  });
  const feature_names = Array.from({ length: features }, (_, index) => `f${index}`);
  return { feature_names, target_type: leafValues > 1 ? 'classification' : 'regression', tree_structure: nodes };
}

function byKey(a: readonly [number, unknown], b: readonly [number, unknown]): number {
  return a[0] - b[0];
}

/** A model body that Elasticsearch would take, of one tree or of an ensemble. */
export interface DraftModel {
  readonly model: { [key: string]: Draft };
  readonly trees: readonly { readonly pointer: string; readonly tree: DraftTree }[];
}

export function randomModel(random: Random): DraftModel {
  const leafValues = random.chance(0.7) ? 1 : 2 + random.below(3);
  const body = (trained: Draft): { [key: string]: Draft } => ({
    model_id: 'dga_1_1.0',
    tags: ['dga'],
    input: { field_names: ['a.b', 'c'] },
    inference_config: { regression: {} },
    definition: { preprocessors: [], trained_model: trained },
  });
  if (random.chance(0.3)) {
    const tree = randomTree(random, leafValues);
    return { model: body({ tree: { ...tree } }), trees: [{ pointer: '/definition/trained_model/tree', tree }] };
  }
  const trees = Array.from({ length: 1 + random.below(6) }, () => randomTree(random, leafValues));
  const aggregator = random.pick(['weighted_sum', 'weighted_mode', 'logistic_regression', 'exponent']);
  const weights = random.chance(0.5) ? { weights: trees.map(() => random.below(100) / 100) } : {};
  const ensemble = {
    feature_names: ['f0'],
    trained_models: trees.map((tree) => ({ tree: { ...tree } })),
    aggregate_output: { [aggregator]: weights },
    ...(random.chance(0.5) ? { classification_labels: ['0', '1'], classification_weights: [0.5, 1] } : {}),
  };
  const at = '/definition/trained_model/ensemble';
  return {
    model: body({ ensemble }),
    trees: trees.map((tree, index) => ({ pointer: `${at}/trained_models/${index}/tree`, tree })),
  };
}
