import type { Forest } from './forest.ts';
import { columnSums, compensatedSum, sigmoid, softMax } from './statistics.ts';

/** How the values of the trees become one result. */
export interface Aggregator {
  /** The number of a regression; absent where Elasticsearch takes it for classification alone. */
  value?(values: Float64Array): number;
  /** How many classes there are; absent where Elasticsearch takes it for regression alone. */
  readonly classes?: number;
  probabilities?(values: Float64Array): Float64Array;
  /** Whether leaves with an array of values are taken for a regression too. */
  readonly arrays?: true;
  /** Whether the value of a leaf is the index of a class. */
  readonly indexes?: true;
}

/** What making one needs besides its name. */
interface AggregatorInput {
  readonly forest: Forest;
  /** Weight of each tree. */
  readonly weights?: Float64Array;
  /** `num_classes` of a weighted mode. */
  readonly classes?: number;
}

type Make = (input: AggregatorInput) => Aggregator;

/** The aggregators by their names in `aggregate_output`: semantics of Elasticsearch (trained-models.md §2). */
export const aggregators: Readonly<Record<string, Make>> = {
  weighted_sum: () => ({ value: compensatedSum }),
  exponent: () => ({ value: (values) => Math.exp(compensatedSum(values)) }),
  logistic_regression({ forest: { width } }) {
    const probabilities = (values: Float64Array): Float64Array => {
      const sums = columnSums(values, width);
      if (width > 1) return softMax(sums);
      const one = sigmoid(sums[0] ?? 0);
      return Float64Array.of(1 - one, one);
    };
    const value = (values: Float64Array) => indexOfHighest(probabilities(values));
    return { classes: width > 1 ? width : 2, probabilities, value, arrays: true };
  },
  weighted_mode({ forest: { width, highest }, weights, classes: given }) {
    if (width > 1) return { classes: width, probabilities: (values) => softMax(columnSums(values, width)) };
    const classes = given ?? highest + 1;
    const probabilities = (values: Float64Array): Float64Array => {
      const votes = new Float64Array(classes).fill(Number.NEGATIVE_INFINITY);
      for (const [tree, choice] of values.entries()) {
        const before = votes[choice] ?? Number.NEGATIVE_INFINITY;
        const weight = weights?.[tree] ?? 1;
        votes[choice] = before === Number.NEGATIVE_INFINITY ? weight : before + weight;
      }
      return softMax(votes);
    };
    return { classes, probabilities, indexes: true };
  },
};

/** A tree that stands alone: its leaf is the result. */
export function aloneTree({ width, highest }: Forest): Aggregator {
  const value = (values: Float64Array) => values[0] ?? 0;
  if (width > 1) return { classes: width, probabilities: softMax, value };
  const probabilities = (values: Float64Array): Float64Array => {
    const certain = new Float64Array(highest + 1);
    certain[values[0] ?? 0] = 1;
    return certain;
  };
  return { classes: highest + 1, probabilities, value, indexes: true };
}

function indexOfHighest(values: Float64Array): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);
}
