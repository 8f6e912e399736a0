import { listed } from './at-most.ts';

/** Checks that one walk over the trees of a model serves. */
export const treeChecks = [
  'model-type-unsupported',
  'tree-child-out-of-range',
  'tree-cycle',
  'tree-feature-out-of-range',
  'tree-node-incomplete',
  'tree-number-not-finite',
  'tree-weights-length',
] as const;

/** One of them. */
export type TreeCheck = (typeof treeChecks)[number];

/** One defect of a tree. */
export interface TreeFault {
  /** JSON pointer from the definition. */
  readonly pointer: string;
  /** The key is the defect, not its value. */
  readonly part?: 'key';
  readonly message: string;
}

/** The defects of one check in one model: the first of them, and how many there are besides. */
export interface TreeFaults {
  readonly first: readonly TreeFault[];
  readonly more: number;
}

/** Takes defects while a walk goes on. Past what a report lists they are only counted, and never made. */
export class FaultLog {
  readonly #faults = new Map<TreeCheck, { first: TreeFault[]; more: number }>();

  add(check: TreeCheck, make: () => TreeFault): void {
    const kept = this.#faults.get(check) ?? { first: [], more: 0 };
    this.#faults.set(check, kept);
    // One beyond the list, so that the report can say where the rest begins.
    if (kept.first.length <= listed) kept.first.push(make());
    else kept.more += 1;
  }

  of(check: TreeCheck): TreeFaults {
    return this.#faults.get(check) ?? { first: [], more: 0 };
  }
}
