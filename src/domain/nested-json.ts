import { isArray, isObject, step, type Value } from './document.ts';

/** A value that stands in a document, or in one of its texts. */
interface Opened {
  readonly value: Value;
  /** Pointer to the value, or to the text of the document that holds it. */
  readonly pointer: string;
}

/** Texts inside texts that are opened: Kibana nests JSON two or three deep. */
const deepest = 4;

/** A document, and what its texts hold that are JSON themselves, at any depth of quoting that Kibana would read. */
export function openedTexts(value: Value): Opened[] {
  return [{ value, pointer: '' }, ...insideTexts(value, deepest)];
}

function insideTexts(value: Value, left: number): Opened[] {
  const found: Opened[] = [];
  // A list of its own instead of recursion: how deep a document nests is the file's choice.
  const waiting: Opened[] = [{ value, pointer: '' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value: item, pointer } = next;
    if (typeof item === 'string') {
      const inner = left > 0 ? opened(item) : undefined;
      if (inner === undefined) continue;
      found.push({ value: inner, pointer });
      found.push(...insideTexts(inner, left - 1).map((each) => ({ ...each, pointer })));
    } else if (isArray(item) || isObject(item)) {
      for (const [key, part] of Object.entries(item)) waiting.push({ value: part, pointer: step(pointer, key) });
    }
  }
  return found;
}

function opened(text: string): Value | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}
