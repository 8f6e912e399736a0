import type { Value } from '../../src/domain/document.ts';
import { compileModel } from '../../src/inference/compile.ts';
import type { Fields, Prediction } from '../../src/inference/model.ts';

type Plain = { [key: string]: Value };

/** What a test wants to be different in a model. */
export interface Wanted {
  readonly inputs?: readonly string[];
  readonly preprocessors?: readonly Value[];
  readonly config?: Value;
}

/** A body around a trained model, whose inputs are `a` and `b`. */
export function around(trained: Plain, { inputs = ['a', 'b'], preprocessors = [], config }: Wanted = {}): Plain {
  const [type = ''] = Object.keys(trained);
  const inner = trained[type] as Plain;
  return {
    model_id: 'small_1.0',
    input: { field_names: inputs },
    inference_config: config ?? { [String(inner['target_type'] ?? 'regression')]: {} },
    definition: { preprocessors, trained_model: trained },
  };
}

/** One split of the feature `a`: 1 where it holds, 2 where not. */
export function split(node: Plain = {}, more: Plain = {}): Plain {
  const root = { split_feature: 0, threshold: 2, left_child: 1, right_child: 2, ...node };
  return { tree: { feature_names: ['a'], tree_structure: [root, { leaf_value: 1 }, { leaf_value: 2 }], ...more } };
}

/** A tree of one leaf. */
export function leaf(value: Value, more: Plain = {}): Plain {
  return { tree: { feature_names: [], tree_structure: [{ leaf_value: value }], ...more } };
}

/** An ensemble of trees of one leaf each. */
export function ensemble(values: readonly Value[], aggregator: Plain, more: Plain = {}): Plain {
  const trained_models = values.map((value) => leaf(value));
  return { ensemble: { feature_names: [], trained_models, aggregate_output: aggregator, ...more } };
}

/** Where and why a body is refused. */
export function refusedAt(body: Plain): string[] {
  const compiled = compileModel(body);
  return 'model' in compiled ? [] : compiled.problems.map(({ pointer }) => pointer);
}

/** Asks a model, which has to be one. */
export function asked(body: Plain, fields: Fields): Prediction {
  const compiled = compileModel(body);
  if ('model' in compiled) return compiled.model.predict(fields);
  throw new Error(JSON.stringify(compiled.problems));
}

/** The number that a regression gives. */
export function value(body: Plain, fields: Fields): number {
  const prediction = asked(body, fields);
  if (prediction.kind !== 'regression') throw new Error(`This is no regression: ${JSON.stringify(prediction)}`);
  return prediction.value;
}
