import { steps } from '../../domain/document.ts';

/** Offsets of a token or value: the first UTF-16 unit, and the one behind the last. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** Finds places in one text; what it stepped over is remembered, so that many questions cost little more than one. */
export type Locator = (pointer: string, part: 'key' | 'value') => Range | undefined;

// Values longer than this are worth a note of their end.
const long = 4096;

/**
 * Walks to the target of a JSON pointer, over whatever lies before it, and builds nothing.
 * @param text strict JSON without duplicate keys, as `scanJson` proved it
 */
export function createLocator(text: string): Locator {
  const ends = new Map<number, number>();
  const elements = new Map<number, number[]>();

  const valueEnd = (start: number): number => {
    const known = ends.get(start);
    if (known !== undefined) return known;
    const end = skipValue(text, start);
    if (end - start > long) ends.set(start, end);
    return end;
  };

  const element = (bracket: number, index: number): number | undefined => {
    let starts = elements.get(bracket);
    if (starts === undefined) {
      const first = skipSpace(text, bracket + 1);
      starts = text[first] === ']' ? [] : [first];
      elements.set(bracket, starts);
    }
    for (let last = starts.at(-1); last !== undefined && starts.length <= index; last = starts.at(-1)) {
      const comma = skipSpace(text, valueEnd(last));
      if (text[comma] !== ',') return undefined;
      starts.push(skipSpace(text, comma + 1));
    }
    return starts[index];
  };

  const member = (bracket: number, wanted: string): { key: Range; value: number } | undefined => {
    let at = skipSpace(text, bracket + 1);
    while (text[at] === '"') {
      const key = { start: at, end: skipString(text, at) };
      const value = skipSpace(text, skipSpace(text, key.end) + 1);
      if (isKey(text.slice(at, key.end), wanted)) return { key, value };
      at = skipSpace(text, valueEnd(value));
      if (text[at] === ',') at = skipSpace(text, at + 1);
    }
    return undefined;
  };

  return (pointer, part) => {
    if (pointer !== '' && !pointer.startsWith('/')) return undefined;
    let start = skipSpace(text, 0);
    let key: Range | undefined;
    for (const step of steps(pointer)) {
      key = undefined;
      let next: number | undefined;
      if (text[start] === '{') {
        const found = member(start, step);
        key = found?.key;
        next = found?.value;
      } else if (text[start] === '[' && /^(?:0|[1-9]\d{0,9})$/.test(step)) {
        next = element(start, Number(step));
      }
      if (next === undefined) return undefined;
      start = next;
    }
    return part === 'key' && key !== undefined ? key : { start, end: valueEnd(start) };
  };
}

function isKey(token: string, wanted: string): boolean {
  if (!token.includes('\\')) return token.length === wanted.length + 2 && token.startsWith(wanted, 1);
  return JSON.parse(token) === wanted;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

function skipString(text: string, start: number): number {
  let at = start + 1;
  for (let unit = text.charCodeAt(at); unit !== 0x22 && at < text.length; unit = text.charCodeAt(at)) {
    at += unit === 0x5c ? 2 : 1;
  }
  return at + 1;
}

function skipValue(text: string, start: number): number {
  let at = start;
  let open = 0;
  do {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) at = skipString(text, at);
    else if (unit === 0x7b || unit === 0x5b) {
      open += 1;
      at += 1;
    } else if (unit === 0x7d || unit === 0x5d) {
      open -= 1;
      at += 1;
    } else if (unit <= 0x20 || unit === 0x2c || unit === 0x3a) at += 1;
    else at = skipScalar(text, at);
  } while (open > 0);
  return at;
}

function skipScalar(text: string, start: number): number {
  let at = start;
  for (;;) {
    const unit = text.charCodeAt(at);
    const inside = unit > 0x20 && unit !== 0x2c && unit !== 0x7d && unit !== 0x5d;
    if (!inside) return at;
    at += 1;
  }
}
