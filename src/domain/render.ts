import { isArray, isObject, step, type Value } from './document.ts';

/**
 * A copy of a value with other texts at some places and nothing else changed: how ids are replaced in the body of an
 * object, at the pointers of its references.
 * @param texts JSON pointer (RFC 6901) to the text that stands there instead; a pointer that leads nowhere does nothing
 */
export function render(value: Value, texts: ReadonlyMap<string, string>, pointer = ''): Value {
  const text = texts.get(pointer);
  if (text !== undefined) return text;
  // Most of a large body has no text to replace in it: it is shared, not copied.
  if (![...texts.keys()].some((key) => key.startsWith(`${pointer}/`))) return value;
  if (isArray(value)) return value.map((item, index) => render(item, texts, step(pointer, index)));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, render(item, texts, step(pointer, key))]));
}
