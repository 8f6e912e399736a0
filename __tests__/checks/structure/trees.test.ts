import { expect, test } from 'vitest';
import { createRandom, type Random } from '../../random.ts';
import { found, said } from './looked-at.ts';
import { type Draft, type DraftNode, type DraftTree, randomModel } from './random-model.ts';

const rounds = 150;
const wrongIndexes: Draft[] = [
  -1,
  1e9,
  2 ** 31,
  2 ** 32,
  1e300,
  Number.POSITIVE_INFINITY,
  0.5,
  '1',
  null,
  [1],
  {},
  true,
];
const notFinite: Draft[] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, '1', null, {}, true];

/** Positions of the nodes that have, or have not, a child. */
function positions(tree: DraftTree, split: boolean): number[] {
  return tree.tree_structure.flatMap((node, index) => ('left_child' in node === split ? [index] : []));
}

function nodeAt(tree: DraftTree, index: number): DraftNode {
  return tree.tree_structure[index] ?? {};
}

/** The nodes below one. */
function below(tree: DraftTree, index: number): number[] {
  const { left_child: left, right_child: right } = nodeAt(tree, index);
  const children = [left, right].filter((child) => typeof child === 'number');
  return children.flatMap((child) => [child, ...below(tree, child)]);
}

/** Changes one node of a tree; gives what must be found, from the tree; undefined where the tree has nothing for it. */
type Mutation = (tree: DraftTree, random: Random) => string[] | undefined;

function onSplit(change: (node: DraftNode, random: Random, tree: DraftTree) => string): Mutation {
  return (tree, random) => {
    const splits = positions(tree, true);
    if (splits.length === 0) return undefined;
    const index = random.pick(splits);
    const [check = '', pointer = ''] = change(nodeAt(tree, index), random, tree).split(' ');
    return [`${check} /tree_structure/${index}${pointer}`];
  };
}

const mutations: Record<string, Mutation> = {
  'child index': onSplit((node, random, tree) => {
    const key = random.pick(['left_child', 'right_child']);
    node[key] = random.pick([...wrongIndexes, tree.tree_structure.length]);
    return `tree-child-out-of-range /${key}`;
  }),
  'child removed': onSplit((node, random) => {
    delete node[random.pick(['left_child', 'right_child'])];
    return 'tree-node-incomplete';
  }),
  'feature index': onSplit((node, random, tree) => {
    node.split_feature = random.pick([...wrongIndexes, tree.feature_names.length]);
    return 'tree-feature-out-of-range /split_feature';
  }),
  'feature removed': onSplit((node) => {
    delete node.split_feature;
    return 'tree-node-incomplete';
  }),
  threshold: onSplit((node, random) => {
    node.threshold = random.pick([...notFinite, []]);
    return 'tree-number-not-finite /threshold';
  }),
  'threshold removed': onSplit((node) => {
    delete node.threshold;
    return 'tree-number-not-finite';
  }),
  'child is the node itself': (tree, random) => loop(tree, random, (index) => [index]),
  'child is above the node': (tree, random) =>
    loop(tree, random, (index) => positions(tree, true).filter((other) => below(tree, other).includes(index))),
  leaf: (tree, random) => {
    const index = random.pick(positions(tree, false));
    nodeAt(tree, index).leaf_value = random.pick(notFinite);
    return [`tree-number-not-finite /tree_structure/${index}/leaf_value`];
  },
  'leaf removed': (tree, random) => {
    const index = random.pick(positions(tree, false));
    delete nodeAt(tree, index).leaf_value;
    return [`tree-node-incomplete /tree_structure/${index}`];
  },
  'node no object': (tree, random) => {
    const index = random.below(tree.tree_structure.length);
    tree.tree_structure.splice(index, 1, ...JSON.parse(JSON.stringify([random.pick([null, 7, 'x', []])])));
    return [`tree-node-incomplete /tree_structure/${index}`];
  },
  'node index': (tree, random) => {
    const index = random.below(tree.tree_structure.length);
    nodeAt(tree, index).node_index = random.pick([index + 1, -1, String(index), null]);
    return [`tree-node-incomplete /tree_structure/${index}/node_index`];
  },
};

function loop(tree: DraftTree, random: Random, targets: (index: number) => number[]): string[] | undefined {
  const splits = positions(tree, true).filter((index) => targets(index).length > 0);
  if (splits.length === 0) return undefined;
  const index = random.pick(splits);
  const key = random.pick(['left_child', 'right_child']);
  nodeAt(tree, index)[key] = random.pick(targets(index));
  return [`tree-cycle /tree_structure/${index}/${key}`];
}

test('random models that are whole give no finding', () => {
  const random = createRandom(1);
  for (let round = 0; round < rounds * 4; round += 1)
    expect(found('elastic-model', randomModel(random).model)).toEqual([]);
});

test.each(Object.keys(mutations))('%s: found where it was made, and nothing else', (name) => {
  const random = createRandom(name.length * 1009);
  let made = 0;
  for (let round = 0; made < rounds; round += 1) {
    expect(round).toBeLessThan(rounds * 20);
    const { model, trees } = randomModel(random);
    // With several values a leaf, what replaces a leaf may also be of another length than the others.
    const several = JSON.stringify(model).includes('"target_type":"classification"');
    const { tree, pointer } = random.pick(trees);
    const expected = mutations[name]?.(tree, random);
    if (expected === undefined || (several && name === 'leaf')) continue;
    made += 1;
    const wanted = expected.map((each) => each.replace(' ', ` ${pointer}`));
    expect([name, JSON.stringify(tree), found('elastic-model', model)]).toEqual([name, JSON.stringify(tree), wanted]);
  }
});

test('a node with two parents is told at the second way to it', () => {
  const random = createRandom(7);
  for (let made = 0; made < rounds; ) {
    const { model, trees } = randomModel(random);
    const { tree, pointer } = random.pick(trees);
    const splits = positions(tree, true);
    if (splits.length < 2) continue;
    const index = random.pick(splits);
    const key = random.pick(['left_child', 'right_child']);
    const outside = tree.tree_structure
      .map((_, other) => other)
      .filter((other) => other > 0 && !related(tree, index, other));
    if (outside.length === 0) continue;
    made += 1;
    const shared = random.pick(outside);
    const owner = splits.find((other) => Object.entries(nodeAt(tree, other)).some(isChild(shared))) ?? -1;
    const ownerKey = nodeAt(tree, owner).left_child === shared ? 'left_child' : 'right_child';
    nodeAt(tree, index)[key] = shared;
    const places = [`${index}/${key}`, `${owner}/${ownerKey}`];
    const all = found('elastic-model', model);
    expect(all).toHaveLength(1);
    expect(places.map((place) => `tree-cycle ${pointer}/tree_structure/${place}`)).toContain(all[0]);
    const [text = ''] = said('tree-cycle', 'elastic-model', model);
    expect([index, owner].filter((node) => text.includes(`child of node ${node} already`))).toHaveLength(1);
  }
});

function isChild(shared: number): (entry: [string, Draft]) => boolean {
  return ([key, value]) => key.endsWith('_child') && value === shared;
}

function related(tree: DraftTree, index: number, other: number): boolean {
  return index === other || below(tree, index).includes(other) || below(tree, other).includes(index);
}
