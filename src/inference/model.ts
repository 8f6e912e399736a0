import { isObject, type Value } from '../domain/document.ts';
import { type Forest, walk } from './forest.ts';
import type { InferenceConfig } from './inference-config.ts';
import type { Output } from './output.ts';
import type { Preprocessor } from './preprocessors/preprocessor.ts';
import type { Row } from './slots.ts';
import { type ClassShare, ranked } from './top-classes.ts';

/** What a model says of one document. */
export type Prediction =
  /** The classes, most likely first, all of them. */
  | { readonly kind: 'classification'; readonly classes: readonly ClassShare[] }
  | { readonly kind: 'regression'; readonly value: number }
  /** No prediction: what Elasticsearch writes in its place. */
  | { readonly kind: 'warning'; readonly message: string };

/** The fields of a document, nested or with dots in their names. */
export type Fields = { readonly [name: string]: Value | undefined };

/** The parts of a model that was read. */
export interface ModelParts {
  readonly id: string;
  readonly inputs: readonly string[];
  readonly preprocessors: readonly Preprocessor[];
  readonly forest: Forest;
  readonly output: Output;
  readonly config: InferenceConfig;
  /** Slots of the inputs, in their order, and how many slots there are. */
  readonly inputSlots: readonly number[];
  readonly slots: number;
}

/** A trained model, ready to be asked. It keeps its buffers: ask one question at a time. */
export class Model {
  readonly parts: ModelParts;
  readonly #row: Row;
  readonly #features: Float64Array;
  readonly #values: Float64Array;

  constructor(parts: ModelParts) {
    this.parts = parts;
    this.#row = new Array<Value | undefined>(parts.slots);
    this.#features = new Float64Array(parts.forest.columns.length);
    this.#values = new Float64Array(parts.forest.trees * parts.forest.width);
  }

  /**
   * @param fields of a document; only the inputs of the model are looked at
   * @param reached takes a 1 for every leaf that was reached
   * @param config how the prediction is written, where a pipeline says it
   */
  predict(fields: Fields, reached?: Uint8Array, config: InferenceConfig = this.parts.config): Prediction {
    const { id, inputs, inputSlots, preprocessors, forest, output } = this.parts;
    const row = this.#row.fill(undefined);
    let present = false;
    for (const [index, name] of inputs.entries()) {
      const value = dig(fields, name);
      if (value === undefined || value === null) continue;
      row[inputSlots[index] ?? 0] = value;
      present = true;
    }
    if (!present) {
      return { kind: 'warning', message: `Model [${id}] could not be inferred as all fields were missing` };
    }
    for (const { encode } of preprocessors) encode(row);
    const values = this.#values;
    walk(forest, row, this.#features, values, reached);
    const { factors, aggregator } = output;
    if (factors !== undefined) {
      for (let at = 0; at < values.length; at += 1) {
        values[at] = (values[at] ?? 0) * (factors[Math.floor(at / forest.width)] ?? 1);
      }
    }
    if (output.target === 'regression') return { kind: 'regression', value: aggregator.value?.(values) ?? 0 };
    const probabilities = aggregator.probabilities?.(values) ?? new Float64Array();
    return { kind: 'classification', classes: ranked(probabilities, output, config) };
  }
}

/** The value of a field: under its name as it is, or down the objects that its dots lead through. */
export function dig(fields: Fields, name: string): Value | undefined {
  if (Object.hasOwn(fields, name)) return fields[name];
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const inner = Object.hasOwn(fields, name.slice(0, dot)) ? fields[name.slice(0, dot)] : undefined;
    const found = isObject(inner) ? dig(inner, name.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
