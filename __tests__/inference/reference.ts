import type { Value } from '../../src/domain/document.ts';
import type { RandomField, RandomModel, RandomPreprocessor, RandomTree } from './random-model.ts';

/** Features by name: numbers as trees see them (null is missing), and the text that preprocessors look up. */
type Seen = Map<string, { readonly double: number | null; readonly text: string }>;

/** What the plain evaluator says: probabilities by class, a number, or no prediction at all. */
export type Said = readonly number[] | number | 'nothing';

/**
 * A second evaluator, as plain as can be: it follows the objects of a model from node to node, and shares no line with
 * the product's.
 */
export function plainly(model: RandomModel, fields: ReadonlyMap<string, RandomField>): Said {
  const seen: Seen = new Map();
  for (const name of model.inputs) {
    const field = fields.get(name);
    if (field !== undefined && field.value !== null) seen.set(name, { double: field.double, text: field.text });
  }
  if (seen.size === 0) return 'nothing';
  for (const each of model.preprocessors) encode(each, seen);
  const leaves = model.trees.map((tree) => descend(tree, 0, seen));
  return model.alone ? alone(model, leaves[0] ?? []) : together(model, leaves);
}

function number(seen: Seen, name: string, double: number): void {
  seen.set(name, { double, text: String(double) });
}

function encode(preprocessor: RandomPreprocessor, seen: Seen): void {
  if (preprocessor.type === 'multi_encoding') {
    for (const inner of preprocessor.processors) encode(inner, seen);
    return;
  }
  const text = seen.get(preprocessor.field)?.text;
  if (text === undefined) return;
  if (preprocessor.type === 'one_hot_encoding') {
    for (const [value, column] of preprocessor.map) number(seen, column, value === text ? 1 : 0);
  } else if (preprocessor.type === 'n_gram_encoding') {
    const { start, length, sizes, prefix } = preprocessor;
    if (start > text.length || text.length + start < 0) return;
    const part = start < 0 ? text.slice(text.length + start).slice(0, length) : text.slice(start, start + length);
    for (const size of sizes) {
      for (let at = 0; at + size <= part.length; at += 1) {
        const gram = part.slice(at, at + size);
        // Two characters at most, of which Java reads more as a number than digits: ` 2`, `1d`, `0.`, `.5`, `-4`.
        const isNumber = /^(?:[-+]?\d+\.?|\d[dDfF]|\.\d)$/.test(gram.trim());
        seen.set(`${prefix}.${size}${at}`, { double: isNumber ? Number.parseFloat(gram) : null, text: gram });
      }
    }
  } else {
    const found = preprocessor.map.find(([value]) => value === text);
    number(seen, preprocessor.feature, found === undefined ? preprocessor.unseen : found[1]);
  }
}

/** Java's `Double.compare` of two finite numbers. */
function compare(a: number, b: number): number {
  if (a === b && a === 0) return (1 / a < 0 ? 0 : 1) - (1 / b < 0 ? 0 : 1);
  return a - b;
}

function descend(tree: RandomTree, index: number, seen: Seen): readonly number[] {
  const node = tree.nodes[index];
  if (node === undefined) throw new Error(`There is no node ${index}.`);
  if (node.leaf !== undefined) return node.leaf;
  const value = seen.get(tree.names[node.feature] ?? '')?.double ?? null;
  const order = value === null ? 0 : compare(value, node.threshold);
  const holds = { lt: order < 0, lte: order <= 0, gt: order > 0, gte: order >= 0 }[node.type ?? 'lte'];
  return descend(tree, (value === null ? node.defaultLeft === true : holds) ? node.left : node.right, seen);
}

function alone(model: RandomModel, leaf: readonly number[]): Said {
  if (model.target === 'regression') return leaf[0] ?? 0;
  if (leaf.length > 1) return shares(leaf);
  return Array.from({ length: model.classes }, (_, index) => (index === leaf[0] ? 1 : 0));
}

function together(model: RandomModel, leaves: readonly (readonly number[])[]): Said {
  const weight = (tree: number) => model.weights?.[tree] ?? 1;
  if (model.aggregator === 'weighted_sum' || model.aggregator === 'exponent') {
    const sum = exactSum(leaves.map(([value = 0], tree) => value * weight(tree)));
    return model.aggregator === 'exponent' ? Math.exp(sum) : sum;
  }
  const width = leaves[0]?.length ?? 1;
  if (model.aggregator === 'weighted_mode' && width === 1) {
    const votes = Array.from({ length: model.classes }, () => Number.NEGATIVE_INFINITY);
    for (const [tree, [choice = 0]] of leaves.entries()) {
      const before = votes[choice] ?? 0;
      votes[choice] = (before === Number.NEGATIVE_INFINITY ? 0 : before) + weight(tree);
    }
    return shares(votes);
  }
  const sums = Array.from({ length: width }, (_, column) =>
    leaves.reduce((sum, leaf, tree) => sum + (leaf[column] ?? 0) * weight(tree), 0),
  );
  if (width > 1) return classOf(model, shares(sums));
  const one = 1 / (1 + Math.exp(-(sums[0] ?? 0)));
  return classOf(model, [1 - one, one]);
}

/** A logistic regression whose target is a number gives the index of the likelier class. */
function classOf(model: RandomModel, probabilities: readonly number[]): Said {
  return model.target === 'classification' ? probabilities : probabilities.indexOf(Math.max(...probabilities));
}

function shares(logits: readonly number[]): number[] {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => (Number.isFinite(logit) ? Math.exp(logit - highest) : 0));
  const all = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / all);
}

/** The sum of numbers that are multiples of 2^-40, without any rounding on the way. */
function exactSum(values: readonly number[]): number {
  const scale = 2 ** 40;
  return Number(values.reduce((sum, value) => sum + BigInt(value * scale), 0n)) / scale;
}

/** The fields as a document of JSON. */
export function documentOf(fields: ReadonlyMap<string, RandomField>): { [name: string]: Value } {
  return Object.fromEntries([...fields].map(([name, { value }]) => [name, value]));
}
