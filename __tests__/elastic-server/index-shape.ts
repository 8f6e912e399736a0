import { refusal } from './exchange.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { Stack } from './stack.ts';

const types =
  `alias binary boolean byte completion date date_nanos double flattened float geo_point geo_shape half_float
  integer ip join keyword long nested object rank_feature scaled_float search_as_you_type short text token_count
  unsigned_long version wildcard constant_keyword dense_vector`.split(/\s+/);

/** Refuses fields of a type that there is not. */
export function checkMappings(mappings: JsonObject): void {
  for (const [field, mapping] of Object.entries(isObject(mappings['properties']) ? mappings['properties'] : {})) {
    if (!isObject(mapping)) continue;
    const { type } = mapping;
    if (type !== undefined && !types.includes(String(type))) {
      const reason = `No handler for type [${String(type)}] declared on field [${field}]`;
      const cause = { type: 'mapper_parsing_exception', reason };
      throw refusal(400, 'mapper_parsing_exception', `Failed to parse mapping [_doc]: ${reason}`, {}, cause);
    }
    checkMappings(mapping);
  }
}

/** Refuses names that no index may have. */
export function checkName(name: string): void {
  const wrong = (why: string): never => {
    const reason = `Invalid index name [${name}], ${why}`;
    throw refusal(400, 'invalid_index_name_exception', reason, { index_uuid: '_na_', index: name });
  };
  if (/^[_\-+]/.test(name)) wrong("must not start with '_', '-', or '+'");
  if (name !== name.toLowerCase()) wrong('must be lowercase');
  if (/[\\/*?"<>| ,#:]/.test(name)) wrong('must not contain the following characters [ , ", *, \\, <, |, ,, >, /, ?]');
}

/** Values as texts, as settings are kept. */
export function stringified(settings: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]): [string, Json][] => {
      if (value === null) return [];
      return [[key, isObject(value) ? stringified(value) : Array.isArray(value) ? value.map(String) : String(value)]];
    }),
  );
}

/** Refuses a document with a field that a strict mapping does not have. */
export function checkStrict(mappings: JsonObject, source: JsonObject, path = '_doc'): void {
  const properties = isObject(mappings['properties']) ? mappings['properties'] : {};
  for (const [field, value] of Object.entries(source)) {
    const mapping = properties[field];
    if (mapping === undefined && mappings['dynamic'] === 'strict') {
      const reason = `mapping set to strict, dynamic introduction of [${field}] within [${path}] is not allowed`;
      throw refusal(400, 'strict_dynamic_mapping_exception', reason);
    }
    const looked =
      isObject(mapping) && isObject(value) && mapping['enabled'] !== false && mapping['type'] !== 'flattened';
    if (looked) checkStrict({ dynamic: mappings['dynamic'] ?? true, ...mapping }, value, field);
  }
}

/** The mappings with the fields that a document brings: dynamic ones are guessed as Elasticsearch guesses. */
export function learnt(mappings: JsonObject, source: JsonObject): JsonObject {
  const { dynamic } = mappings;
  if (dynamic === false || dynamic === 'false' || dynamic === 'strict') return mappings;
  const properties: Record<string, Json> = { ...(isObject(mappings['properties']) ? mappings['properties'] : {}) };
  for (const [field, value] of Object.entries(source)) {
    const known = properties[field];
    if (isObject(value)) {
      const inner = isObject(known) ? known : {};
      if (inner['enabled'] !== false && inner['type'] !== 'flattened') properties[field] = learnt(inner, value);
    } else if (known === undefined && value !== null) properties[field] = { type: guessed(value) };
  }
  return { ...mappings, properties };
}

function guessed(value: Json): string {
  const [one = value] = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (typeof one === 'boolean') return 'boolean';
  if (typeof one === 'number') return Number.isInteger(one) ? 'long' : 'float';
  return 'text';
}

/** In a red cluster some shards have no node: what is written waits in vain. */
export function requireShards({ health }: Stack, index: string): void {
  if (health !== 'red') return;
  const reason = `[${index}][0] primary shard is not active Timeout: [1m], request: [BulkShardRequest [[${index}][0]]]`;
  throw refusal(503, 'unavailable_shards_exception', reason);
}
