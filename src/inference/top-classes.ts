import type { InferenceConfig } from './inference-config.ts';
import type { Output } from './output.ts';

/** One class of a prediction. */
export interface ClassShare {
  readonly index: number;
  /** As `prediction_field_type` writes it. */
  readonly label: string | number | boolean;
  readonly probability: number;
  readonly score: number;
}

/** All classes, the highest score first; equal scores keep the order of the classes. */
export function ranked(probabilities: Float64Array, output: Output, config: InferenceConfig): ClassShare[] {
  const all = [...probabilities].map((probability, index) => ({
    index,
    label: written(output.labels[index] ?? String(index), index, config),
    probability,
    score: probability * (output.classWeights?.[index] ?? 1),
  }));
  return all.sort((a, b) => compareDoubles(b.score, a.score));
}

/** A label as the prediction field holds it. */
function written(label: string, index: number, { fieldType }: InferenceConfig): string | number | boolean {
  if (fieldType === 'string') return label;
  if (fieldType === 'boolean') {
    const word = label.toLowerCase();
    return word === 'true' || word === 'false' ? word === 'true' : index === 1;
  }
  const number = label.trim() === '' ? Number.NaN : Number(label);
  return Number.isNaN(number) ? index : number;
}

/** The total order of Java's `Double.compare`: -0.0 below 0.0. */
function compareDoubles(a: number, b: number): number {
  if (a < b || (Object.is(a, -0) && Object.is(b, 0))) return -1;
  return a > b || (Object.is(a, 0) && Object.is(b, -0)) ? 1 : 0;
}
