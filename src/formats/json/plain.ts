import type { Units } from '../text.ts';
import { numberEnd } from './numbers.ts';

// Keys of one object that are compared with each other where they do not ascend; more of them are left to the scan.
const mostUnsorted = 64;
// A number of no more units changes only where it has an exponent.
const surelyExact = 15;

/**
 * Whether valid JSON needs no closer look: no key twice or forbidden, no bracket too deep, no escape that could be half
 * a character, no number that could change when it is read. `false` says that the scan has to look; `true` holds for a
 * text that `JSON.parse` accepts, and says nothing of any other.
 *
 * One loop with few calls: the first file of a process meets code that is not compiled yet, and one loop is compiled
 * while it runs, where the scan's functions have to be called often first. It takes a third of the scan's time
 * (measured on a model of 2 MB, Node 24, as a whole process).
 * @param depth open brackets allowed at once
 */
export function isPlain(units: Units, depth: number): boolean {
  const keys = createKeys(units);
  let level = 0;
  // Where the number or word began that is being read, and whether it has an exponent.
  let token = 0;
  let exponent = false;
  for (let at = 0; at < units.length; at += 1) {
    const unit = units[at] ?? 0;
    // Digits, minus and point; then the letters of words, and the plus of an exponent.
    if (unit > 0x2c && unit < 0x3a) continue;
    if ((unit > 0x60 && unit < 0x7b) || unit === 0x45 || unit === 0x2b) {
      // Behind a digit, not in `true` or `false`.
      exponent ||= (unit === 0x65 || unit === 0x45) && (units[at - 1] ?? 0) < 0x3a;
      continue;
    }
    if ((exponent || at - token > surelyExact) && numberEnd(units, token) < 0) return false;
    exponent = false;
    if (unit === 0x22) {
      const start = at + 1;
      at = start;
      let escaped = false;
      for (let next = units[at]; next !== 0x22; next = units[at]) {
        if (next === undefined) return false;
        if (next === 0x5c) {
          escaped = true;
          at += 1;
          if (units[at] === 0x75) return false;
        }
        at += 1;
      }
      const end = at;
      let behind = units[at + 1];
      while (behind === 0x20 || behind === 0x0a || behind === 0x0d || behind === 0x09) {
        at += 1;
        behind = units[at + 1];
      }
      if (behind === 0x3a && (escaped || !keys.add(start, end))) return false;
    } else if (unit === 0x7b || unit === 0x5b) {
      level += 1;
      if (level > depth) return false;
      keys.open();
    } else if (unit === 0x7d || unit === 0x5d) {
      level -= 1;
      if (!keys.close()) return false;
    }
    token = at + 1;
  }
  return !(exponent || units.length - token > surelyExact) || numberEnd(units, token) >= 0;
}

interface PlainKeys {
  open(): void;
  /** @returns false where a key may stand twice in the object that ends */
  close(): boolean;
  /** @returns false where the key may be forbidden */
  add(start: number, end: number): boolean;
}

/** The keys of all open objects, as offsets on one stack. */
function createKeys(units: Units): PlainKeys {
  let starts = new Int32Array(1024);
  let ends = new Int32Array(1024);
  let top = 0;
  let base = 0;
  let ascending = true;
  const outer: number[] = [];
  return {
    open() {
      outer.push(ascending ? base : -1 - base);
      base = top;
      ascending = true;
    },
    close() {
      if (!ascending && !differ(units, starts.subarray(base, top), ends.subarray(base, top))) return false;
      top = base;
      const frame = outer.pop() ?? 0;
      ascending = frame >= 0;
      base = ascending ? frame : -1 - frame;
      return true;
    },
    add(start, end) {
      // `__proto__` and `prototype`.
      if (end - start === 9 && (units[start] === 0x5f || units[start] === 0x70)) return false;
      if (ascending && top > base) ascending = follows(units, starts[top - 1] ?? 0, ends[top - 1] ?? 0, start, end);
      if (top === starts.length) {
        starts = doubled(starts);
        ends = doubled(ends);
      }
      starts[top] = start;
      ends[top] = end;
      top += 1;
      return true;
    },
  };
}

function doubled(offsets: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(offsets.length * 2);
  longer.set(offsets);
  return longer;
}

/**
 * Whether the units from `start` to `end` come after those from `before` to `beforeEnd`, and are not the same: of two
 * keys that begin alike the shorter comes first.
 */
export function follows(units: Units, before: number, beforeEnd: number, start: number, end: number): boolean {
  let at = start;
  for (let other = before; other < beforeEnd; other += 1) {
    if (at === end) return false;
    const difference = (units[at] ?? 0) - (units[other] ?? 0);
    if (difference !== 0) return difference > 0;
    at += 1;
  }
  return at < end;
}

/** Whether no two keys have the same units; also false where there are too many to compare. */
function differ(units: Units, starts: Int32Array, ends: Int32Array): boolean {
  if (starts.length > mostUnsorted) return false;
  for (let index = 1; index < starts.length; index += 1) {
    const start = starts[index] ?? 0;
    const length = (ends[index] ?? 0) - start;
    for (let other = 0; other < index; other += 1) {
      const first = starts[other] ?? 0;
      if ((ends[other] ?? 0) - first === length && same(units, first, start, length)) return false;
    }
  }
  return true;
}

function same(units: Units, first: number, second: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) {
    if (units[first + at] !== units[second + at]) return false;
  }
  return true;
}
