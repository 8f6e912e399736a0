import { gunzipSync } from 'node:zlib';
import { bodyOf, type Exchange, refusal } from './exchange.ts';
import { at, isObject, type Json, type JsonObject, listOr } from './json.ts';
import type { Stack } from './stack.ts';

const idPattern = /^[a-z0-9](?:[a-z0-9_\-.]*[a-z0-9])?$/;
const taken = `model_id model_type definition compressed_definition description input inference_config metadata tags
  default_field_map estimated_heap_memory_usage_bytes estimated_operations model_size_bytes platform_architecture
  prefix_strings`.split(/\s+/);
const generated = ['version', 'created_by', 'create_time', 'license_level', 'location', 'model_package'];

/** Refuses a body of PUT `_ml/trained_models/{id}` as the real server does (elastic.md §6.1); gives its definition. */
export function checkModel(exchange: Exchange, id: string): void {
  const body = bodyOf(exchange);
  const { stack } = exchange;
  for (const key of Object.keys(body)) {
    if (!taken.includes(key) && !generated.includes(key))
      throw refusal(400, 'x_content_parse_exception', `[1:1] [trained_model_config] unknown field [${key}]`);
  }
  const named = body['model_id'] ?? id;
  if (named !== id) {
    const reason = `Inconsistent model_id; '${String(named)}' specified in the body differs from '${id}' specified as a URL argument`;
    throw refusal(400, 'illegal_argument_exception', reason);
  }
  const wrong = shortcomings(id, body);
  if (wrong.length > 0) {
    const reason = `Validation Failed: ${wrong.map((one, number) => `${number + 1}: ${one};`).join('')}`;
    throw refusal(400, 'action_request_validation_exception', reason);
  }
  checkDefinition(id, definitionOf(id, body));
  checkTags(id, listOr(body['tags']), stack);
}

function shortcomings(id: string, body: JsonObject): string[] {
  const wrong: string[] = [];
  const { definition, compressed_definition: compressed } = body;
  if (definition === undefined && compressed === undefined)
    wrong.push('[definition] or [compressed_definition] must not be null.');
  if (definition !== undefined && compressed !== undefined)
    wrong.push('both [compressed_definition] and [definition] cannot be set.');
  if (!isObject(body['inference_config'])) wrong.push('[inference_config] must not be null.');
  const names = listOr(at(body, 'input', 'field_names'));
  if (!isObject(body['input'])) wrong.push('[input] must not be null.');
  else if (names.length === 0) wrong.push('[input.field_names] must not be empty.');
  if (names.some((name) => typeof name !== 'string' || !/^[^.]+(\.[^.]+)*$/.test(name)))
    wrong.push('[input.field_names] must only contain valid dot delimited field names.');
  for (const key of generated)
    if (body[key] !== undefined) wrong.push(`illegal to set [${key}] at inference model creation`);
  for (const key of ['total_feature_importance', 'model_aliases'])
    if (at(body, 'metadata', key) !== undefined)
      wrong.push(`illegal to set [metadata.${key}] at inference model creation`);
  if (!idPattern.test(id))
    wrong.push(
      `Invalid model_id; '${id}' can contain lowercase alphanumeric (a-z and 0-9), hyphens or underscores; must start and end with alphanumeric`,
    );
  if (id.length > 64) wrong.push(`Invalid model_id; '${id}' cannot contain more than 64 characters.`);
  const tags = listOr(body['tags']).map(String);
  const odd = tags.filter((tag) => !idPattern.test(tag) || tag.length > 64);
  if (odd.length > 0)
    wrong.push(
      `Invalid tags [${odd.join(', ')}]; must only can contain lowercase alphanumeric (a-z and 0-9), hyphens or underscores, must start and end with alphanumeric, and must be less than 64 characters.`,
    );
  if (tags.includes(id)) wrong.push('none of the tags must equal the model_id');
  return wrong;
}

function checkTags(id: string, tags: readonly Json[], { models }: Stack): void {
  const same = tags.filter((tag) => models.has(String(tag)));
  if (same.length > 0)
    throw refusal(400, 'status_exception', `The provided tags [${same.join(', ')}] must not match existing model_ids.`);
  if ([...models.values()].some(({ body }) => listOr(body['tags']).includes(id)))
    throw refusal(400, 'status_exception', `The provided model_id [${id}] must not match existing tags.`);
}

/** The definition of a body, unpacked. */
export function definitionOf(id: string, body: JsonObject): JsonObject {
  const { definition, compressed_definition: compressed } = body;
  if (typeof compressed !== 'string') {
    if (isObject(definition)) return definition;
    throw refusal(400, 'x_content_parse_exception', '[1:1] [trained_model_config] failed to parse field [definition]');
  }
  try {
    const unpacked = JSON.parse(gunzipSync(Buffer.from(compressed, 'base64')).toString('utf8')) as Json;
    if (isObject(unpacked)) return unpacked;
  } catch {
    // Said below.
  }
  throw refusal(400, 'status_exception', `Failed to parse definition for [${id}]`);
}

/** Trees whose children are there and whose features have names, as the real server asks when a model is put. */
function checkDefinition(id: string, definition: JsonObject): void {
  const model = definition['trained_model'];
  const sound = isObject(model) && Object.keys(model).length === 1 && soundModel(model);
  if (!sound) throw refusal(400, 'status_exception', `Definition for [${id}] has validation failures.`);
}

function soundModel(model: JsonObject): boolean {
  const ensemble = model['ensemble'];
  if (isObject(ensemble)) {
    const models = listOr(ensemble['trained_models']);
    return models.length > 0 && models.every((one) => isObject(one) && soundModel(one));
  }
  const nodes = listOr(at(model, 'tree', 'tree_structure'));
  const names = listOr(at(model, 'tree', 'feature_names')).length;
  const inside = (value: Json | undefined, end: number): boolean =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) < end;
  return (
    nodes.length > 0 &&
    nodes.every((node) => {
      if (!isObject(node)) return false;
      const { left_child: left, right_child: right, leaf_value: leaf, split_feature: split } = node;
      if (left === undefined) return leaf !== undefined;
      const children = inside(left, nodes.length) && (right === undefined || inside(right, nodes.length));
      return children && (names === 0 || inside(split, names));
    })
  );
}
