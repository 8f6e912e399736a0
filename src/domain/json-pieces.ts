import { isArray, isObject, type ObjectValue, type Value } from './document.ts';

/** How the JSON of a value is written. */
interface Writing {
  /** The keys of an object, in the order in which they are to stand. */
  keys(value: ObjectValue): readonly string[];
  /** The text of a part. */
  text(part: Value): string;
}

/** So deep a model has one of its trees; what lies below is written at once. */
const deepest = 5;

const plain: Writing = { keys: Object.keys, text: (part) => JSON.stringify(part) };

/**
 * The JSON text of a value in pieces: that of a large model is never in memory as a whole. Joined they are the text that
 * `writing` would make of all of it.
 */
export function* jsonPieces(value: Value, writing: Writing = plain, level = 0): Generator<string> {
  if (level === deepest || typeof value !== 'object' || value === null) {
    yield writing.text(value);
  } else if (isArray(value)) {
    let before = '[';
    for (const item of value) {
      yield before;
      yield* jsonPieces(item, writing, level + 1);
      before = ',';
    }
    yield before === '[' ? '[]' : ']';
  } else if (isObject(value)) {
    let before = '{';
    for (const key of writing.keys(value)) {
      yield `${before}${JSON.stringify(key)}:`;
      yield* jsonPieces(value[key] ?? null, writing, level + 1);
      before = ',';
    }
    yield before === '{' ? '{}' : '}';
  }
}
