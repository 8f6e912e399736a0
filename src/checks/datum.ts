import { isArray, isObject, type Value } from '../domain/document.ts';

/** Characters of a string that a message shows: the path to a node of a tree fits in. */
const shown = 120;

/** A value in words for a message: exact where it is short, else what it is. */
export function datum(value: Value): string {
  if (isArray(value)) return value.length === 0 ? 'an empty array' : `an array of ${value.length}`;
  if (isObject(value)) return 'an object';
  if (typeof value === 'string') return `the string \`${JSON.stringify(cut(value))}\``;
  return typeof value === 'number' ? `the number ${value}` : `\`${value}\``;
}

/** A string for a message, cut at a length that a line holds. */
export function cut(text: string): string {
  return text.length > shown ? `${text.slice(0, shown)}…` : text;
}
