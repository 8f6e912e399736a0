import { createHash } from 'node:crypto';
import { type Units, unitsOf } from '../text.ts';
import { numberEnd } from './numbers.ts';

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/**
 * SHA-256 (lower-case hex) of the text that the historic tool hashed and re-saved: Python's
 * `json.dumps(json.load(file), sort_keys=True)` (elastic.md §2.2), with the number tokens as they are written.
 * @param text strict JSON, as `readJson` gives it
 */
export function canonicalSha256(text: string): string {
  return createHash('sha256').update(canonicalBytes(text)).digest('hex');
}

/** That text itself, which is ASCII; its depth of recursion is that of the document. */
export function canonicalBytes(text: string): Buffer {
  const units = unitsOf(text, Buffer.from(text, 'utf8'));
  // Compact JSON grows by the blanks behind commas and colons.
  let out = Buffer.allocUnsafe(text.length + (text.length >> 2) + 64);
  let length = 0;
  let scratch: Buffer = Buffer.allocUnsafe(1024);
  // Whether the last string was copied as it stands: then its bytes sort as its characters do.
  let copied = false;

  const reserve = (bytes: number): void => {
    if (length + bytes <= out.length) return;
    const larger = Buffer.allocUnsafe((length + bytes) * 2);
    out.copy(larger, 0, 0, length);
    out = larger;
  };

  const copy = (start: number, end: number): number => {
    reserve(end - start + 4);
    for (let at = start; at < end; at += 1) {
      out[length] = units[at] ?? 0;
      length += 1;
    }
    return end;
  };

  const separator = (first: number): void => {
    reserve(2);
    out[length] = first;
    out[length + 1] = 0x20;
    length += 2;
  };

  const bracket = (unit: number): void => {
    reserve(1);
    out[length] = unit;
    length += 1;
  };

  const string = (start: number): number => {
    const plain = asciiEnd(units, start + 1);
    copied = units[plain] === 0x22;
    if (copied) return copy(start, plain + 1);
    const end = stringEnd(units, plain);
    const escaped = escapeAscii(JSON.parse(text.slice(start, end)));
    reserve(escaped.length);
    length += out.write(escaped, length, 'latin1');
    return end;
  };

  const value = (at: number): number => {
    const unit = units[at];
    if (unit === 0x22) return string(at);
    if (unit === 0x7b) return object(at);
    if (unit === 0x5b) return array(at);
    return copy(at, unit === 0x66 ? at + 5 : Math.abs(numberEnd(units, at)) || at + 4);
  };

  const array = (start: number): number => {
    bracket(0x5b);
    let at = skipSpace(units, start + 1);
    while (units[at] !== 0x5d) {
      at = skipSpace(units, value(at));
      if (units[at] !== 0x2c) break;
      separator(0x2c);
      at = skipSpace(units, at + 1);
    }
    bracket(0x5d);
    return at + 1;
  };

  const object = (start: number): number => {
    bracket(0x7b);
    const members: Member[] = [];
    let sorted = true;
    let at = skipSpace(units, start + 1);
    while (units[at] === 0x22) {
      const from = length;
      const keyEnd = string(at);
      const key = copied ? undefined : String(JSON.parse(text.slice(at, keyEnd)));
      const member = { key, from, keyTo: length - 1, to: 0 };
      separator(0x3a);
      at = skipSpace(units, value(skipSpace(units, skipSpace(units, keyEnd) + 1)));
      member.to = length;
      const previous = members.at(-1);
      sorted &&= previous === undefined || compareKeys(out, previous, member) < 0;
      members.push(member);
      if (units[at] !== 0x2c) break;
      separator(0x2c);
      at = skipSpace(units, at + 1);
    }
    if (!sorted) scratch = reorder(out, members, scratch);
    bracket(0x7d);
    return at + 1;
  };

  value(skipSpace(units, 0));
  return out.subarray(0, length);
}

/** A member in the output. */
interface Member {
  /** Its key, where that was not copied as it stands. */
  readonly key: string | undefined;
  /** Of its key's opening quote. */
  readonly from: number;
  /** Of its key's closing quote. */
  readonly keyTo: number;
  /** Behind its value. */
  to: number;
}

/** Compares keys by what was written of them; characters that are escaped there have no such order. */
function compareKeys(out: Buffer, a: Member, b: Member): number {
  if (a.key !== undefined || b.key !== undefined) return compareCodePoints(keyOf(out, a), keyOf(out, b));
  const [left, right] = [a.keyTo - a.from, b.keyTo - b.from];
  for (let index = 1; index < left && index < right; index += 1) {
    const difference = (out[a.from + index] ?? 0) - (out[b.from + index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left - right;
}

function keyOf(out: Buffer, { key, from, keyTo }: Member): string {
  return key ?? out.toString('latin1', from + 1, keyTo);
}

/**
 * Sorts members that are written already; each keeps its length, and so do the separators between them.
 * @param scratch room for what an object before took
 * @returns room for what this one took
 */
function reorder(out: Buffer, members: Member[], scratch: Buffer): Buffer {
  const base = members[0]?.from ?? 0;
  const end = members.at(-1)?.to ?? base;
  const written = end - base > scratch.length ? Buffer.allocUnsafe(end - base) : scratch;
  copyBytes(out, base, end, written, 0);
  sortMembers(out, members);
  let at = base;
  for (const { from, to } of members) {
    if (at > base) {
      out[at] = 0x2c;
      out[at + 1] = 0x20;
      at += 2;
    }
    at = copyBytes(written, from - base, to - base, out, at);
  }
  return written;
}

// Most objects have a handful of keys: what a call of the built-in sort costs is more than sorting them.
const fewMembers = 16;

function sortMembers(out: Buffer, members: Member[]): void {
  if (members.length > fewMembers) {
    members.sort((a, b) => compareKeys(out, a, b));
    return;
  }
  for (let end = 1; end < members.length; end += 1) {
    const member = members[end];
    if (member === undefined) return;
    let at = end;
    for (let left = members[at - 1]; left !== undefined && compareKeys(out, left, member) > 0; left = members[at - 1]) {
      members[at] = left;
      at -= 1;
    }
    members[at] = member;
  }
}

/** Copies bytes, a few of them by hand: a call of the built-in copy costs more. @returns the offset behind them */
function copyBytes(source: Buffer, start: number, end: number, target: Buffer, offset: number): number {
  if (end - start > 500) source.copy(target, offset, start, end);
  else for (let at = start; at < end; at += 1) target[offset + at - start] = source[at] ?? 0;
  return offset + end - start;
}

/** Order of Python's strings: by code point, where UTF-16 units would put astral characters before U+E000. */
export function compareCodePoints(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** As Python's `ensure_ascii` writes a string: everything but printable ASCII escaped, lower-case hex. */
function escapeAscii(text: string): string {
  const body = text.replace(
    /[^ !#-[\]-~]/g,
    (unit) => shortEscapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${body}"`;
}

/** The offset of the first unit inside a string that Python writes otherwise, or of the closing quote. */
function asciiEnd(units: Units, start: number): number {
  let at = start;
  for (
    let unit = units[at] ?? 0;
    unit >= 0x20 && unit < 0x7f && unit !== 0x22 && unit !== 0x5c;
    unit = units[at] ?? 0
  ) {
    at += 1;
  }
  return at;
}

function stringEnd(units: Units, start: number): number {
  let at = start;
  while (at < units.length && units[at] !== 0x22) at += units[at] === 0x5c ? 2 : 1;
  return at + 1;
}

function skipSpace(units: Units, start: number): number {
  let at = start;
  while ((units[at] ?? 0x21) <= 0x20) at += 1;
  return at;
}
