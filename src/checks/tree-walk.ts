import { isArray, isObject, member, type ObjectValue, step, type Value } from '../domain/document.ts';
import { datum } from './datum.ts';
import type { FaultLog } from './tree-faults.ts';

/** What a walk carries from tree to tree. */
export interface WalkState {
  readonly faults: FaultLog;
  /** Values in a leaf: all leaves of a model have as many as the first. */
  leafValues?: number;
}

const none = -1;

/** A child's key, and its place in the pair of a node's children. */
interface Side {
  readonly key: string;
  readonly side: 0 | 1;
}

const left: Side = { key: 'left_child', side: 0 };
const right: Side = { key: 'right_child', side: 1 };

/**
 * Looks at every node of a tree once, then follows the children from the root with a stack of its own: a chain of any
 * depth costs no call. Rules are those of trained-models.md §2 and of Elasticsearch's `Tree.validate`.
 * @param pointer of the tree, from the definition
 */
export function walkTree(tree: ObjectValue, pointer: string, state: WalkState): void {
  const nodes = member(tree, 'tree_structure');
  if (!isArray(nodes) || nodes.length === 0) {
    const found = nodes === undefined ? 'has no `tree_structure`' : `has ${datum(nodes)} for a \`tree_structure\``;
    const place = nodes === undefined ? pointer : step(pointer, 'tree_structure');
    state.faults.add('tree-node-incomplete', () => ({ pointer: place, message: `The tree ${found}.` }));
    return;
  }
  const features = featureCount(tree, pointer, state.faults);
  const children = new Int32Array(nodes.length * 2).fill(none);
  const view = { nodes, features, children, pointer: step(pointer, 'tree_structure'), state };
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index] ?? null;
    if (!isSound(view, index, node)) lookAtNode(view, index, node);
  }
  followChildren(view);
}

/**
 * Whether nothing is wrong with a node; its children are noted then. Most nodes are sound, and are many: the keys are
 * read as properties, which no prototype of parsed JSON has, and which are found without a look-up.
 */
function isSound({ nodes, features, children, state }: TreeView, index: number, node: Value): boolean {
  if (!isObject(node)) return false;
  const { node_index: position, left_child: first, right_child: second, split_feature: feature, threshold } = node;
  if (position !== undefined && position !== index) return false;
  if (first === undefined && second === undefined) {
    const { leaf_value: leaf } = node;
    return isDouble(leaf) && state.leafValues === 1;
  }
  if (!isIndex(first, nodes.length) || !isIndex(second, nodes.length)) return false;
  if (!isIndex(feature, features ?? Number.POSITIVE_INFINITY) || !isDouble(threshold)) return false;
  children[index * 2] = first;
  children[index * 2 + 1] = second;
  return true;
}

interface TreeView {
  readonly nodes: readonly Value[];
  /** How many features a split may choose from; undefined where the tree does not say. */
  readonly features: number | undefined;
  /** Left and right child of every node; -1 for none, or none that exists. */
  readonly children: Int32Array;
  readonly pointer: string;
  readonly state: WalkState;
}

function featureCount(tree: ObjectValue, pointer: string, faults: FaultLog): number | undefined {
  const names = member(tree, 'feature_names');
  if (isArray(names)) return names.length;
  const found = names === undefined ? 'has no `feature_names`' : `has ${datum(names)} for \`feature_names\``;
  const place = names === undefined ? pointer : step(pointer, 'feature_names');
  faults.add('tree-feature-out-of-range', () => ({ pointer: place, message: `The tree ${found}.` }));
  return undefined;
}

function lookAtNode(view: TreeView, index: number, node: Value): void {
  if (!isObject(node)) {
    incomplete(view, index, '', () => `Node ${index} must be an object, and is ${datum(node)}.`);
    return;
  }
  const position = member(node, 'node_index');
  if (position !== undefined && position !== index) {
    const found = () => datum(position);
    const message = () =>
      `The node at position ${index} has ${found()} for its \`node_index\`: children go by position.`;
    incomplete(view, index, 'node_index', message);
  }
  if (Object.hasOwn(node, 'left_child') || Object.hasOwn(node, 'right_child')) {
    lookAtChild(view, index, node, left);
    lookAtChild(view, index, node, right);
    lookAtFeature(view, index, member(node, 'split_feature'));
    lookAtThreshold(view, index, member(node, 'threshold'));
    return;
  }
  const leaf = member(node, 'leaf_value');
  if (leaf !== undefined) lookAtLeaf(view, index, leaf);
  else
    incomplete(view, index, '', () => `Node ${index} is neither a split (no children) nor a leaf (no \`leaf_value\`).`);
}

function lookAtChild(view: TreeView, index: number, node: ObjectValue, { key, side }: Side): void {
  const child = member(node, key);
  if (isIndex(child, view.nodes.length)) {
    view.children[index * 2 + side] = child;
  } else if (child === undefined) {
    lacks(view, index, key);
  } else {
    const all = range('node', view.nodes.length);
    const message = () => `Node ${index} has ${datum(child)} for its \`${key}\`; ${all}.`;
    view.state.faults.add('tree-child-out-of-range', () => ({
      pointer: placeOf(view, index, key),
      message: message(),
    }));
  }
}

function lookAtFeature(view: TreeView, index: number, feature: Value | undefined): void {
  if (isIndex(feature, view.features ?? Number.POSITIVE_INFINITY)) return;
  if (feature === undefined) {
    lacks(view, index, 'split_feature');
    return;
  }
  const all = view.features === undefined ? 'features count from 0' : range('feature', view.features);
  view.state.faults.add('tree-feature-out-of-range', () => ({
    pointer: placeOf(view, index, 'split_feature'),
    message: `Node ${index} splits by ${datum(feature)}; ${all}.`,
  }));
}

function lookAtThreshold(view: TreeView, index: number, threshold: Value | undefined): void {
  if (Number.isFinite(threshold)) return;
  if (threshold !== undefined) {
    notFinite(view, placeOf(view, index, 'threshold'), `\`threshold\` of node ${index}`, threshold);
    return;
  }
  const message = `Node ${index} is a split, and has no \`threshold\`.`;
  view.state.faults.add('tree-number-not-finite', () => ({ pointer: placeOf(view, index, ''), message }));
}

function lookAtLeaf(view: TreeView, index: number, leaf: Value): void {
  const values = isArray(leaf) ? leaf : undefined;
  const wrong = values?.findIndex((value) => !Number.isFinite(value)) ?? (Number.isFinite(leaf) ? none : 0);
  if (wrong !== none || values?.length === 0) {
    const place = placeOf(view, index, 'leaf_value');
    const what = `\`leaf_value\` of node ${index}`;
    if (values === undefined || wrong === none) notFinite(view, place, what, leaf);
    else notFinite(view, step(place, wrong), what, values[wrong] ?? null);
  }
  const count = values?.length ?? 1;
  view.state.leafValues ??= count;
  const wanted = view.state.leafValues;
  if (count === wanted) return;
  view.state.faults.add('tree-weights-length', () => ({
    pointer: placeOf(view, index, 'leaf_value'),
    message: `Leaf ${index} has ${count} values, and the first leaf of the model has ${wanted}.`,
  }));
}

function placeOf(view: TreeView, index: number, key: string): string {
  const node = step(view.pointer, index);
  return key === '' ? node : step(node, key);
}

function incomplete(view: TreeView, index: number, key: string, message: () => string): void {
  view.state.faults.add('tree-node-incomplete', () => ({ pointer: placeOf(view, index, key), message: message() }));
}

function lacks(view: TreeView, index: number, key: string): void {
  incomplete(view, index, '', () => `Node ${index} is a split, and has no \`${key}\`.`);
}

function notFinite({ state }: TreeView, pointer: string, what: string, value: Value): void {
  const message = () => `${what} must be a finite number, and is ${datum(value)}.`;
  state.faults.add('tree-number-not-finite', () => ({ pointer, message: message() }));
}

/** An edge to a node that was reached before closes a cycle, or gives the node a second parent. */
function followChildren(view: TreeView): void {
  const { children } = view;
  const parents = new Int32Array(children.length / 2).fill(none);
  const waiting = [0];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    for (let edge = index * 2; edge < index * 2 + 2; edge += 1) {
      const child = children[edge] ?? none;
      if (child === none) continue;
      if (child !== 0 && parents[child] === none) {
        parents[child] = index;
        waiting.push(child);
      } else reachedAgain(view, index, edge % 2 === 0 ? left : right, child, parents[child] ?? none);
    }
  }
}

function reachedAgain(view: TreeView, index: number, { key }: Side, child: number, parent: number): void {
  const pointer = placeOf(view, index, key);
  const known = child === 0 ? 'which is the root' : `which is a child of node ${parent} already`;
  const message = `Node ${index} has node ${child} for its \`${key}\`, ${known}.`;
  view.state.faults.add('tree-cycle', () => ({ pointer, message }));
}

// Both without a call into the engine: a model has some ten thousand nodes, and the code that looks at them is cold.
function isIndex(value: Value | undefined, count: number): value is number {
  return typeof value === 'number' && value >= 0 && value < count && value % 1 === 0;
}

function isDouble(value: Value | undefined): boolean {
  return typeof value === 'number' && value - value === 0;
}

function range(what: string, count: number): string {
  return count === 0 ? `the tree has no ${what}` : `the tree has ${count} ${what}s, 0 to ${count - 1}`;
}
