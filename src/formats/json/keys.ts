import type { Collector } from '../collector.ts';
import type { Lines, Units } from '../text.ts';
import { follows } from './plain.ts';
import { shown } from './syntax.ts';

/** Watches the keys of the objects that are open while a text is scanned. */
export interface OpenKeys {
  /**
   * An object begins.
   * @param ofKey it is the value of the key that was added last
   */
  open(ofKey: boolean): void;
  /** The innermost object ends. */
  close(): void;
  /**
   * A key of the innermost object, written without a backslash.
   * @param start offset of its first quote
   * @param end offset behind its last
   */
  addPlain(start: number, end: number): void;
  /** The same, for a key that had to be decoded. */
  addDecoded(start: number, end: number, key: string): void;
}

// Up to here a pass over integers beats a hash table that is made for every small object; a tree node has eight keys.
const linear = 12;

/**
 * Reports `json-duplicate-key` and `json-forbidden-key`. Most objects cost no allocation: the keys of all open objects
 * lie on one stack as offsets. Keys in ascending order, as a writer sorts them, are compared with the one before;
 * else few keys with each other, and many in a map, so that time stays linear.
 */
export function createOpenKeys(text: string, units: Units, lines: Lines, collector: Collector): OpenKeys {
  const starts: number[] = [];
  const ends: number[] = [];
  let top = 0;
  let base = 0;
  let ascending = true;
  let map: Map<string, number> | undefined;
  // Whether the innermost object is the value of a key `constructor`, and whether that was the last key.
  let inConstructor = false;
  let atConstructor = false;
  const outer: Frame[] = [];
  let level = 0;

  const inMap = (key: string, start: number): number => {
    map ??= new Map();
    for (; top > base; top -= 1) map.set(text.slice(starts[top - 1], ends[top - 1]), starts[top - 1] ?? 0);
    const first = map.get(key) ?? -1;
    if (first < 0) map.set(key, start);
    return first;
  };

  const onStack = (start: number, end: number): number => {
    const length = end - start;
    for (let index = base; index < top; index += 1) {
      const first = starts[index] ?? 0;
      if ((ends[index] ?? 0) - first === length && units[first] === units[start]) {
        if (text.slice(first, first + length) === text.slice(start, end)) return first;
      }
    }
    push(start, end);
    return -1;
  };

  const push = (start: number, end: number): void => {
    starts[top] = start;
    ends[top] = end;
    top += 1;
  };

  const duplicate = (first: number, start: number, end: number): void =>
    collector.add('json-duplicate-key', start, end, () => ({
      message: `The key ${shown(text.slice(start, end))} stands here again; ${lines.place(first)} has it already.`,
    }));

  const checkName = (key: string, start: number, end: number): void => {
    atConstructor = key === 'constructor';
    if (key !== '__proto__' && !(key === 'prototype' && inConstructor)) return;
    const path = key === 'prototype' ? 'constructor.prototype' : key;
    collector.add('json-forbidden-key', start, end, () => ({
      message: `The key \`${path}\` changes the objects of programs that merge this document.`,
    }));
  };

  return {
    open(ofKey) {
      const frame = outer[level];
      if (frame === undefined) outer.push({ base, ascending, map, inConstructor });
      else {
        frame.base = base;
        frame.ascending = ascending;
        frame.map = map;
        frame.inConstructor = inConstructor;
      }
      level += 1;
      base = top;
      ascending = true;
      map = undefined;
      inConstructor = ofKey && atConstructor;
      atConstructor = false;
    },
    close() {
      level -= 1;
      top = base;
      const frame = outer[level];
      base = frame?.base ?? 0;
      ascending = frame?.ascending ?? true;
      map = frame?.map;
      inConstructor = frame?.inConstructor ?? false;
    },
    addPlain(quote, end) {
      const start = quote + 1;
      ascending &&= top === base || follows(units, starts[top - 1] ?? 0, ends[top - 1] ?? 0, start, end - 1);
      if (ascending) push(start, end - 1);
      else {
        const few = map === undefined && top - base < linear;
        const first = few ? onStack(start, end - 1) : inMap(text.slice(start, end - 1), start);
        if (first >= 0) duplicate(first - 1, quote, end);
      }
      if (mayMatter(units, quote, end)) checkName(text.slice(start, end - 1), quote, end);
      else atConstructor = false;
    },
    addDecoded(quote, end, key) {
      ascending = false;
      const first = inMap(key, quote + 1);
      if (first >= 0) duplicate(first - 1, quote, end);
      checkName(key, quote, end);
    },
  };
}

interface Frame {
  base: number;
  ascending: boolean;
  map: Map<string, number> | undefined;
  inConstructor: boolean;
}

/** Whether a plain key may be `__proto__`, `prototype` or `constructor`: by length and first letter. */
function mayMatter(units: Units, start: number, end: number): boolean {
  if (end - start === 11) return units[start + 1] === 0x5f || units[start + 1] === 0x70;
  return end - start === 13 && units[start + 1] === 0x63;
}
