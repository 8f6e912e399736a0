import { isArray, isObject, member, type ObjectValue } from '../domain/document.ts';
import { cut, datum } from './datum.ts';

/** A field that is missing, told at the object that should hold it, or that cannot be used, told at itself. */
export interface Gap {
  readonly pointer: string;
  readonly message: string;
}

/** Types whose definition may be uploaded in parts later, and whose input has a default (`TrainedModelType`). */
const partial = ['pytorch', 'lang_ident'];

/** `inference_config`: an object with one key, the kind of inference. */
export function inferenceGaps(model: ObjectValue): Gap[] {
  const config = member(model, 'inference_config');
  if (config === undefined) return [{ pointer: '', message: 'The model has no `inference_config`.' }];
  if (isObject(config) && Object.keys(config).length === 1) return [];
  const found = isObject(config) ? `has ${Object.keys(config).length}` : `is ${datum(config)}`;
  const wanted = '`inference_config` must have one key, `classification` or `regression` for trees';
  return [{ pointer: '/inference_config', message: `${wanted}, and ${found}.` }];
}

/** `input.field_names`: the fields that are offered to the model, of which there must be one at least. */
export function inputGaps(model: ObjectValue): Gap[] {
  const input = member(model, 'input');
  if (input === undefined) {
    return isPartial(model) ? [] : [{ pointer: '', message: 'The model has no `input` with its `field_names`.' }];
  }
  if (!isObject(input)) return [{ pointer: '/input', message: `\`input\` must be an object, and is ${datum(input)}.` }];
  const names = member(input, 'field_names');
  const pointer = '/input/field_names';
  if (names === undefined) return [{ pointer: '/input', message: 'The `input` of the model has no `field_names`.' }];
  if (!isArray(names) || names.length === 0) {
    return [{ pointer, message: `\`input.field_names\` must list a field at least, and is ${datum(names)}.` }];
  }
  return names.flatMap((name, index) => {
    const place = `${pointer}/${index}`;
    if (typeof name !== 'string')
      return [{ pointer: place, message: `A field name must be a string, not ${datum(name)}.` }];
    if (name !== '' && (!name.includes('.') || !name.split('.').includes(''))) return [];
    return [{ pointer: place, message: `\`${cut(name)}\` is no field name: a part between its dots is empty.` }];
  });
}

/** Exactly one of `definition` and `compressed_definition`; without either, a type whose definition comes later. */
export function definitionGaps(model: ObjectValue): Gap[] {
  const plain = member(model, 'definition') !== undefined;
  const compressed = member(model, 'compressed_definition') !== undefined;
  if (plain && compressed) {
    const message = 'The model has both `definition` and `compressed_definition`: Elasticsearch takes one.';
    return [{ pointer: '/compressed_definition', message }];
  }
  if (plain || compressed || isPartial(model)) return [];
  const type = member(model, 'model_type');
  const message =
    type === undefined
      ? 'The model has no `definition` and no `compressed_definition`; without both, `model_type` is required.'
      : `The model has no \`definition\` and no \`compressed_definition\`, and its \`model_type\` is ${datum(type)}.`;
  return [{ pointer: '', message }];
}

function isPartial(model: ObjectValue): boolean {
  return partial.some((type) => type === member(model, 'model_type'));
}
