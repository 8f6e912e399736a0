/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a value is an object, and neither null nor a list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, or an empty one in place of anything else. */
export function objectOr(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** A list, or an empty one in place of anything else. */
export function listOr(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** What stands under keys one within the other. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

/** Objects one over the other: a later one's values stand, objects within are merged. */
export function merged(under: JsonObject, over: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    result[key] = isObject(value) && isObject(below) ? merged(below, value) : value;
  }
  return result;
}

/** An object without some of its keys. */
export function without(value: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** The objects of a path that are written with dots, as settings are: `{'index.a': 1}` becomes `{index: {a: 1}}`. */
export function nested(flat: JsonObject): JsonObject {
  return Object.entries(flat).reduce<JsonObject>((result, [key, value]) => {
    const inner = isObject(value) ? nested(value) : value;
    return merged(
      result,
      key
        .split('.')
        .reverse()
        .reduce<Json>((below, part) => ({ [part]: below }), inner) as JsonObject,
    );
  }, {});
}

/** The other way round: `{index: {a: 1}}` becomes `{'index.a': 1}`. */
export function flattened(value: JsonObject, prefix = ''): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      isObject(inner) ? Object.entries(flattened(inner, `${prefix}${key}.`)) : [[`${prefix}${key}`, inner]],
    ),
  );
}

/** Whether a name fits a pattern in which `*` is anything. */
export function fits(name: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}
