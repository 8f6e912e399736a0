import { isObject, member, step, type Value } from '../domain/document.ts';
import type { Members } from './members.ts';
import type { Output } from './output.ts';

/** How a prediction is written: `inference_config` of the model, and over it that of a pipeline. */
export interface InferenceConfig {
  /** Negative: all of them. */
  readonly topClasses: number;
  readonly fieldType: 'string' | 'number' | 'boolean';
  readonly resultsField: string;
}

const keys: Readonly<Record<Output['target'], readonly string[]>> = {
  classification: [
    ...['num_top_classes', 'results_field', 'top_classes_results_field', 'prediction_field_type'],
    'num_top_feature_importance_values',
  ],
  regression: ['results_field', 'num_top_feature_importance_values'],
};

/**
 * Reads an `inference_config`.
 * @param before what holds where it says nothing
 */
export function readConfig(
  value: Value | undefined,
  pointer: string,
  { target, labels }: Pick<Output, 'target' | 'labels'>,
  members: Members,
  before: InferenceConfig = { topClasses: 0, fieldType: 'string', resultsField: 'predicted_value' },
): InferenceConfig {
  if (value === undefined) return before;
  const [kind = ''] = isObject(value) ? Object.keys(value) : [];
  const body = member(value, kind);
  if (kind !== target || !isObject(body)) {
    members.refuse(pointer, `\`inference_config\` must be for ${target}, the target type of the model.`);
    return before;
  }
  const place = step(pointer, kind);
  members.known(body, place, keys[target]);
  const topClasses = members.whole(body, 'num_top_classes', place, before.topClasses) ?? before.topClasses;
  const resultsField =
    member(body, 'results_field') === undefined ? before.resultsField : members.text(body, 'results_field', place);
  const given = member(body, 'prediction_field_type') ?? before.fieldType;
  const word = typeof given === 'string' ? given.trim().toLowerCase() : '';
  const fieldType = word === 'string' || word === 'number' || word === 'boolean' ? word : undefined;
  const typePlace = step(place, 'prediction_field_type');
  if (fieldType === undefined) members.refuse(typePlace, '`prediction_field_type` must be string, number or boolean.');
  if (fieldType === 'boolean' && labels.some((label, index) => index > 1 && !/^(?:true|false)$/i.test(label))) {
    members.refuse(typePlace, 'Only `true`, `false` and the first two classes can be written as a boolean.');
  }
  return { topClasses, fieldType: fieldType ?? 'string', resultsField: resultsField ?? before.resultsField };
}
