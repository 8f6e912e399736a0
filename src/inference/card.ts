import type { Model } from './model.ts';

/** What a model is, in numbers and names. */
export interface ModelCard {
  readonly id: string;
  readonly task: 'classification' | 'regression';
  /** How the values of trees become one: `weighted_sum`, …; `tree` where there is one tree alone. */
  readonly aggregation: string;
  readonly classes: readonly string[];
  /** Inputs in their order, each with the number of splits that look at it, itself or through preprocessors. */
  readonly inputs: readonly { readonly name: string; readonly splits: number }[];
  /** How many preprocessors of each type. */
  readonly preprocessors: Readonly<Record<string, number>>;
  readonly trees: number;
  readonly depth: number;
  readonly leaves: number;
  readonly splits: number;
  /** What a reader should know before relying on it. */
  readonly warnings: readonly string[];
}

/** The card of a model. */
export function modelCard({ parts }: Model): ModelCard {
  const { id, inputs, preprocessors, forest, output } = parts;
  const counts = new Map<string, number>();
  const origins = originsOf(inputs, preprocessors);
  let splits = 0;
  for (const [feature, count] of forest.splits) {
    splits += count;
    for (const input of origins.get(feature) ?? []) counts.set(input, (counts.get(input) ?? 0) + count);
  }
  const types: Record<string, number> = {};
  for (const { type } of preprocessors) types[type] = (types[type] ?? 0) + 1;
  const unknown = [...forest.splits.keys()].filter((feature) => !origins.has(feature));
  return {
    id,
    task: output.target,
    aggregation: output.aggregation,
    classes: output.labels,
    inputs: inputs.map((name) => ({ name, splits: counts.get(name) ?? 0 })),
    preprocessors: types,
    trees: forest.trees,
    depth: forest.depth,
    leaves: forest.leaves,
    splits,
    warnings: [...lost(unknown), ...unused(inputs, counts), ...forestWarnings({ parts })],
  };
}

/** The inputs that each feature is made of. */
function originsOf(inputs: readonly string[], preprocessors: Model['parts']['preprocessors']) {
  const origins = new Map<string, ReadonlySet<string>>(inputs.map((name) => [name, new Set([name])]));
  for (const { reads, writes } of preprocessors) {
    const from = new Set(reads.flatMap((name) => [...(origins.get(name) ?? [])]));
    if (from.size > 0) for (const name of writes) origins.set(name, from);
  }
  return origins;
}

function lost(features: readonly string[]): string[] {
  if (features.length === 0) return [];
  const names = features.slice(0, 3).join(', ');
  const more = features.length > 3 ? ` and ${features.length - 3} more` : '';
  return [`No input gives the features ${names}${more}, which splits look at: they are always missing.`];
}

function unused(inputs: readonly string[], counts: ReadonlyMap<string, number>): string[] {
  const idle = inputs.filter((name) => !counts.has(name)).length;
  return idle === 0 ? [] : [`No split looks at ${idle} of the ${inputs.length} inputs.`];
}

/** Random forests come with log-probabilities in their leaves, which Elasticsearch multiplies (trained-models.md §2). */
function forestWarnings({ parts }: Pick<Model, 'parts'>): string[] {
  const { width, leaves, nodes, trees } = parts.forest;
  if (width < 2 || trees < 2) return [];
  for (let leaf = 0; leaf < leaves; leaf += 1) {
    const values = nodes.values.subarray(leaf * width, (leaf + 1) * width);
    const sum = values.reduce((total, value) => total + Math.exp(value), 0);
    if (Math.abs(sum - 1) > 1e-6) return [];
  }
  const one = 'The leaves hold logarithms of probabilities, as eland writes those of a random forest';
  return [`${one}: Elasticsearch multiplies what scikit-learn averages, so classes differ from those in training.`];
}
