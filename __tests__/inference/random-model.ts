import type { Value } from '../../src/domain/document.ts';
import type { Random } from '../random.ts';

/** A field of a document: as JSON has it, as trees see it (null is missing), and as preprocessors look it up. */
export interface RandomField {
  readonly value: Value;
  readonly double: number | null;
  readonly text: string;
}

export type RandomPreprocessor =
  | { readonly type: 'one_hot_encoding'; readonly field: string; readonly map: readonly (readonly [string, string])[] }
  | {
      readonly type: 'target_mean_encoding' | 'frequency_encoding';
      readonly field: string;
      readonly feature: string;
      readonly map: readonly (readonly [string, number])[];
      readonly unseen: number;
    }
  | {
      readonly type: 'n_gram_encoding';
      readonly field: string;
      readonly sizes: readonly number[];
      readonly start: number;
      readonly length: number;
      readonly prefix: string;
    }
  | { readonly type: 'multi_encoding'; readonly processors: readonly RandomPreprocessor[] };

interface RandomNode {
  readonly leaf?: readonly number[];
  readonly feature: number;
  readonly threshold: number;
  readonly type?: 'lt' | 'lte' | 'gt' | 'gte';
  readonly defaultLeft?: boolean;
  readonly left: number;
  readonly right: number;
}

export interface RandomTree {
  readonly names: readonly string[];
  readonly nodes: readonly RandomNode[];
}

export interface RandomModel {
  readonly inputs: readonly string[];
  readonly preprocessors: readonly RandomPreprocessor[];
  readonly trees: readonly RandomTree[];
  readonly alone: boolean;
  readonly target: 'regression' | 'classification';
  readonly aggregator: 'weighted_sum' | 'exponent' | 'logistic_regression' | 'weighted_mode';
  readonly weights?: readonly number[];
  readonly classes: number;
  readonly classWeights?: readonly number[];
}

const words = ['a', 'bc', '7', '12', 'x1'];
/** How Java writes what it writes in another way than JavaScript. */
const extremes = new Map([
  [5e-324, '4.9E-324'],
  [-5e-324, '-4.9E-324'],
  [1e300, '1.0E300'],
]);
const thresholds = [-0, 0, 1, -1, 0.5, 2, 7, 12, 5e-324, -5e-324, 1e300];

/** A field with what the table of trained-models.md §2 says of it. */
export function randomField(random: Random): RandomField {
  const word = (text: string): RandomField => ({ value: text, text, double: /^\d+$/.test(text) ? Number(text) : null });
  const odd: readonly RandomField[] = [
    { value: null, double: null, text: '' },
    { value: true, double: null, text: 'true' },
    { value: [1, 2], double: null, text: '[1, 2]' },
    { value: { a: 1 }, double: null, text: '{a=1}' },
    { value: ' 2 ', double: 2, text: ' 2 ' },
    { value: '1d', double: 1, text: '1d' },
    { value: '-0.5F', double: -0.5, text: '-0.5F' },
    { value: '0x1p1', double: 2, text: '0x1p1' },
    { value: 'NaN', double: null, text: 'NaN' },
    { value: '-Infinity', double: null, text: '-Infinity' },
    { value: '1e400', double: null, text: '1e400' },
    { value: '-0', double: -0, text: '-0' },
  ];
  if (random.chance(0.3)) return random.pick(odd);
  if (random.chance(0.4)) return word(random.pick(words) + (random.chance(0.4) ? random.pick(words) : ''));
  const number = random.pick([...thresholds.filter((value) => value !== 0), 0, random.below(40) / 4 - 5]);
  return { value: number, double: number, text: extremes.get(number) ?? String(number) };
}

/** A model with every option that trained-models.md §2 knows. */
export function randomModel(random: Random): RandomModel {
  const inputs = ['f0', 'f1', 'f2', 'deep.f3'];
  const made: string[] = [...inputs];
  const preprocessors = Array.from({ length: random.below(4) }, () => randomPreprocessor(random, made, 0));
  const alone = random.chance(0.3);
  const aggregator = random.pick(['weighted_sum', 'exponent', 'logistic_regression', 'weighted_mode'] as const);
  const sums = aggregator === 'weighted_sum' || aggregator === 'exponent';
  const target =
    (alone && random.chance(0.5)) || (!alone && (sums || (aggregator === 'logistic_regression' && random.chance(0.2))))
      ? 'regression'
      : 'classification';
  const arrays = target === 'classification' ? random.chance(0.5) : !sums && !alone && random.chance(0.5);
  const indexes = target === 'classification' && !arrays && (alone || aggregator === 'weighted_mode');
  const width = arrays ? 2 + random.below(3) : 1;
  const leaf = () =>
    Array.from({ length: width }, () => (indexes ? random.below(3) : (random.below(2 ** 12) - 2 ** 11) / 2 ** 10));
  const trees = Array.from({ length: alone ? 1 : 1 + random.below(5) }, () => randomTree(random, made, leaf));
  const highest = Math.max(...trees.flatMap(({ nodes }) => nodes.flatMap((node) => node.leaf ?? [])));
  const classes = arrays ? width : indexes ? (alone ? highest + 1 : 3) : 2;
  return {
    inputs,
    preprocessors,
    trees,
    alone,
    target,
    aggregator,
    classes,
    ...(random.chance(0.5) ? { weights: trees.map(() => random.below(64) / 32) } : {}),
    ...(!alone && random.chance(0.4)
      ? { classWeights: Array.from({ length: classes }, () => random.below(8) / 4) }
      : {}),
  };
}

function randomPreprocessor(random: Random, made: string[], depth: number): RandomPreprocessor {
  const field = random.pick(made);
  const name = () => {
    const feature = `p${made.length}`;
    made.push(feature);
    return feature;
  };
  const choice = random.below(depth > 1 ? 4 : 5);
  if (choice === 0) return { type: 'one_hot_encoding', field, map: words.slice(1).map((value) => [value, name()]) };
  if (choice === 1 || choice === 2) {
    const map = words.slice(2).map((value) => [value, random.below(16) / 8] as const);
    const mean = choice === 1;
    const type = mean ? 'target_mean_encoding' : 'frequency_encoding';
    return { type, field, feature: name(), map, unseen: mean ? random.below(16) / 8 - 1 : 0 };
  }
  if (choice === 3) {
    const start = random.below(5) - 3;
    const length = start < 0 ? 1 + random.below(-start) : 1 + random.below(4);
    const sizes = [1, 2].filter((size) => size <= length);
    const prefix = `n${made.length}`;
    for (const size of sizes) for (let at = 0; at + size <= length; at += 1) made.push(`${prefix}.${size}${at}`);
    return { type: 'n_gram_encoding', field, sizes, start, length, prefix };
  }
  const processors = Array.from({ length: 2 + random.below(2) }, () => randomPreprocessor(random, made, depth + 1));
  return { type: 'multi_encoding', processors };
}

/** Children stand anywhere behind their parents, and each tree has its own order of features. */
function randomTree(random: Random, made: readonly string[], leaf: () => number[]): RandomTree {
  const names = [...new Set(Array.from({ length: 1 + random.below(6) }, () => random.pick(made)))];
  const nodes: RandomNode[] = [];
  const grow = (depth: number): number => {
    const place = nodes.length;
    const end = { leaf: leaf(), feature: 0, threshold: 0, left: 0, right: 0 };
    nodes.push(end);
    if (depth > 4 || random.chance(0.25)) return place;
    const split = {
      feature: random.below(names.length),
      threshold: random.chance(0.7) ? random.pick(thresholds) : random.below(40) / 4 - 5,
      ...(random.chance(0.8) ? { type: random.pick(['lt', 'lte', 'gt', 'gte'] as const) } : {}),
      ...(random.chance(0.6) ? { defaultLeft: random.chance(0.5) } : {}),
    };
    const right = grow(depth + 1);
    nodes[place] = { ...split, right, left: grow(depth + 1) };
    return place;
  };
  grow(0);
  return { names, nodes };
}
