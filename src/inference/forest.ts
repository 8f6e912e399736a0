import { toDouble } from './double.ts';
import type { Row } from './slots.ts';

/** A feature that splits look at: where it stands in a row, and whether 0.0 and -0.0 have to be told apart. */
export interface Column {
  readonly slot: number;
  readonly name: string;
  /** Just above zero in the place of 0.0, so that `<= 0` is true of -0.0 alone. */
  readonly signed: boolean;
}

/** All trees of a model in typed arrays. Every split asks `feature <= threshold`; other comparisons were turned into it. */
interface Nodes {
  /** Column of a split; -1 is a leaf. */
  readonly column: Int32Array;
  readonly threshold: Float64Array;
  /** The next node where the comparison holds; of a leaf, its number. */
  readonly yes: Int32Array;
  readonly no: Int32Array;
  /** The next node where the feature is missing. */
  readonly missing: Int32Array;
  /** First node of each tree. */
  readonly roots: Int32Array;
  /** Values of leaf after leaf, `width` each. */
  readonly values: Float64Array;
}

/** Trees that can be evaluated. */
export interface Forest {
  readonly columns: readonly Column[];
  readonly nodes: Nodes;
  readonly trees: number;
  /** Values in a leaf. */
  readonly width: number;
  readonly leaves: number;
  /** Splits on the longest way from a root to a leaf. */
  readonly depth: number;
  /** How many splits look at each feature. */
  readonly splits: ReadonlyMap<string, number>;
  readonly highest: number;
  /** Place of the first leaf whose value is no index of a class. */
  readonly notWhole?: string;
}

/**
 * Walks every tree for a row.
 * @param output takes the values of the leaves, tree after tree
 * @param reached takes a 1 for every leaf, by its number, where leaves are counted
 */
export function walk(
  forest: Forest,
  row: Row,
  features: Float64Array,
  output: Float64Array,
  reached?: Uint8Array,
): void {
  fill(forest.columns, row, features);
  const { column, threshold, yes, no, missing, roots, values } = forest.nodes;
  const { width } = forest;
  for (let tree = 0; tree < roots.length; tree += 1) {
    let node = roots[tree] ?? 0;
    for (let at = column[node] ?? -1; at >= 0; at = column[node] ?? -1) {
      const feature = features[at] ?? Number.NaN;
      if (feature <= (threshold[node] ?? 0)) node = yes[node] ?? 0;
      else node = (Number.isNaN(feature) ? missing[node] : no[node]) ?? 0;
    }
    const leaf = yes[node] ?? 0;
    if (reached !== undefined) reached[leaf] = 1;
    for (let index = 0; index < width; index += 1) output[tree * width + index] = values[leaf * width + index] ?? 0;
  }
}

function fill(columns: readonly Column[], row: Row, features: Float64Array): void {
  for (const [index, { slot, signed }] of columns.entries()) {
    const value = toDouble(row[slot]);
    features[index] = signed && Object.is(value, 0) ? Number.MIN_VALUE : value;
  }
}
