import type { BundleModel } from './bundle/bundle-model.ts';
import type { Fields } from './model.ts';

/** A value that both models are asked of. */
export interface DriftValue {
  /** How a report names it. */
  readonly name: string;
  readonly domain?: string;
  readonly fields?: Fields;
}

/** One value on which two models differ most. */
interface Change {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** How far two models are apart, over the values that both can be asked of. */
export interface Drift {
  readonly rows: number;
  /** Values that one of the models could not be asked of. */
  readonly left: number;
  /** Values that get another class. */
  readonly flipped: number;
  /** Changes of the probability of the last class, or of the number of a regression. */
  readonly mean: number;
  readonly percentile95: number;
  readonly largest: number;
  /** How many changes lie in each tenth from 0 to 1; what is more lies in the last. */
  readonly histogram: readonly number[];
  readonly most: readonly Change[];
}

const bins = 10;
const listed = 10;

/** Asks both models of every value. */
export function driftOf(before: BundleModel, after: BundleModel, values: readonly DriftValue[]): Drift {
  const changes: (Change & { readonly size: number })[] = [];
  let flipped = 0;
  for (const value of values) {
    const [old, now] = [answerOf(before, value), answerOf(after, value)];
    if (old === undefined || now === undefined) continue;
    if (old.label !== now.label) flipped += 1;
    const size = Math.abs(now.number - old.number);
    changes.push({ name: value.name, before: old.number, after: now.number, size });
  }
  const sorted = [...changes].sort((a, b) => b.size - a.size);
  const histogram = Array.from({ length: bins }, () => 0);
  for (const { size } of changes) {
    const bin = Math.min(bins - 1, Math.floor(size * bins));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  const rows = changes.length;
  return {
    rows,
    left: values.length - rows,
    flipped,
    mean: rows === 0 ? 0 : changes.reduce((sum, { size }) => sum + size, 0) / rows,
    // The smallest size that at most one in twenty exceeds.
    percentile95: sorted[Math.floor(rows / 20)]?.size ?? 0,
    largest: sorted[0]?.size ?? 0,
    histogram,
    most: sorted.slice(0, listed).flatMap(({ size, ...change }) => (size > 0 ? [change] : [])),
  };
}

function answerOf(bundle: BundleModel, { domain, fields }: DriftValue): { number: number; label?: string } | undefined {
  const asked =
    fields ?? (domain === undefined || typeof bundle.fields === 'string' ? undefined : bundle.fields(domain));
  if (asked === undefined) return undefined;
  const prediction = bundle.model.predict(asked, undefined, bundle.config);
  if (prediction.kind === 'warning') return undefined;
  if (prediction.kind === 'regression') return { number: prediction.value };
  const { classes } = prediction;
  const last = classes.find(({ index }) => index === classes.length - 1);
  return { number: last?.probability ?? 0, label: String(classes[0]?.label) };
}
