import { createScanner } from 'jsonc-parser';
import type { Collector } from '../collector.ts';
import type { Lines, Units } from '../text.ts';
import { createOpenKeys } from './keys.ts';
import { changedNumber, numberEnd } from './numbers.ts';
import { plainEnd, stringDefect } from './strings.ts';
import { type Expected, expected, shown } from './syntax.ts';
import { commentEnd, trailingComma, unexpected } from './unexpected.ts';

// Escapes are the only way to one: the text was decoded from strict UTF-8.
const loneSurrogate = /\p{Cs}/u;

const words = { true: Buffer.from('true'), false: Buffer.from('false'), null: Buffer.from('null') } as const;

/**
 * One pass over a text: the strict grammar of RFC 8259, depth, duplicate and forbidden keys, lone surrogates, numbers
 * that change. It goes on behind what has one clear meaning (`NaN`, a comment, a trailing comma, triple quotes) and
 * stops at any other defect of syntax.
 *
 * Plain strings, numbers, words and punctuation are stepped over here and the scanner gets the strings with a
 * backslash: it makes a string of every token and every blank, which takes twice as long as `JSON.parse` of a compact
 * model and five times as long for an indented one (measured on 22 MB, Node 24). Most texts never get here: `isPlain`.
 * @param units the UTF-16 units of the text
 * @param depth open brackets allowed at once: also the depth of the recursion here
 * @param collector gets `json-syntax`, `json-too-deep`, `json-duplicate-key`, `json-forbidden-key`, `json-encoding`,
 * `json-number-range`
 */
export function scanJson(text: string, units: Units, depth: number, lines: Lines, collector: Collector): void {
  const scanner = createScanner(text, false);
  const keys = createOpenKeys(text, units, lines, collector);

  // Every function below takes the offset of what it reads and returns the offset behind it, or -1 to stop.
  const space = (from: number): number => {
    let at = from;
    let unit = units[at] ?? 0;
    if (unit > 0x20 && unit !== 0x2f) return at;
    while (unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09) {
      at += 1;
      unit = units[at] ?? 0;
    }
    if (unit !== 0x2f) return at;
    const end = commentEnd(text, at, collector);
    return end === at ? at : space(end);
  };

  const fail = (at: number, state: Expected, bracket: number): number =>
    unexpected({ text, at, state, bracket, lines }, collector);

  const escapedEnd = (at: number): number => {
    scanner.setPosition(at);
    scanner.scan();
    if (scanner.getTokenError() !== 0) {
      stringDefect(text, at, collector);
      return -1;
    }
    const end = scanner.getPosition();
    if (loneSurrogate.test(scanner.getTokenValue())) halfPair(text.slice(at, end), at, collector);
    return end;
  };

  const value = (at: number, level: number, state: Expected, bracket: number): number => {
    const unit = units[at];
    if (unit === 0x22) {
      const end = plainEnd(units, at + 1);
      if (units[end] !== 0x22) return escapedEnd(at);
      return end === at + 1 && units[end + 1] === 0x22 ? fail(at, state, bracket) : end + 1;
    }
    if (unit === 0x7b || unit === 0x5b) {
      if (level === depth) return tooDeep(depth, at, collector);
      return unit === 0x7b ? object(at, level + 1, state === expected.value) : array(at, level + 1);
    }
    const end = numberEnd(units, at);
    if (end > 0) return end;
    if (end === 0) return wordEnd(units, at) ?? fail(at, state, bracket);
    checkNumber(text.slice(at, -end), at, collector);
    return -end;
  };

  const key = (at: number, state: Expected, bracket: number): number => {
    if (units[at] !== 0x22) return fail(at, state, bracket);
    let end = plainEnd(units, at + 1) + 1;
    if (units[end - 1] === 0x22) {
      if (end === at + 2 && units[end] === 0x22) return fail(at, state, bracket);
      keys.addPlain(at, end);
      return end;
    }
    end = escapedEnd(at);
    if (end > 0) keys.addDecoded(at, end, scanner.getTokenValue());
    return end;
  };

  const object = (bracket: number, level: number, ofKey: boolean): number => {
    keys.open(ofKey);
    let state: Expected = expected.firstKey;
    let at = space(bracket + 1);
    while (units[at] !== 0x7d || state !== expected.firstKey) {
      at = key(at, state, bracket);
      if (at < 0) return at;
      at = space(at);
      if (units[at] !== 0x3a) return fail(at, expected.colon, bracket);
      at = value(space(at + 1), level, expected.value, bracket);
      if (at < 0) return at;
      at = space(at);
      if (units[at] === 0x7d) break;
      if (units[at] !== 0x2c) return fail(at, expected.separator, bracket);
      const comma = at;
      at = space(at + 1);
      state = expected.key;
      if (units[at] === 0x7d) {
        trailingComma(comma, '}', collector);
        break;
      }
    }
    keys.close();
    return at + 1;
  };

  const array = (bracket: number, level: number): number => {
    let state: Expected = expected.firstElement;
    let at = space(bracket + 1);
    while (units[at] !== 0x5d || state !== expected.firstElement) {
      at = value(at, level, state, bracket);
      if (at < 0) return at;
      at = space(at);
      if (units[at] === 0x5d) break;
      if (units[at] !== 0x2c) return fail(at, expected.separator, bracket);
      const comma = at;
      at = space(at + 1);
      state = expected.element;
      if (units[at] === 0x5d) {
        trailingComma(comma, ']', collector);
        break;
      }
    }
    return at + 1;
  };

  const end = value(space(0), 0, expected.value, -1);
  if (end < 0) return;
  const rest = space(end);
  if (rest < text.length) fail(rest, expected.end, -1);
}

/** The offset behind `true`, `false` or `null`. */
function wordEnd(units: Units, start: number): number | undefined {
  const first = units[start];
  const word = first === 0x74 ? words.true : first === 0x66 ? words.false : words.null;
  let at = start;
  for (const unit of word) {
    if (units[at] !== unit) return undefined;
    at += 1;
  }
  return at;
}

function checkNumber(token: string, start: number, collector: Collector): void {
  const change = changedNumber(token);
  if (change === undefined) return;
  collector.add('json-number-range', start, start + token.length, () => ({
    message: `The number ${shown(token)} is read as ${shown(change)} by every program that uses doubles.`,
    help: 'Write a number that a double holds, or a string where it is an id.',
  }));
}

function halfPair(token: string, start: number, collector: Collector): void {
  collector.add('json-encoding', start, start + token.length, () => ({
    message: `The string ${shown(token)} holds half of a surrogate pair: it is no Unicode text.`,
    help: 'Write both halves of the pair, or the character itself.',
  }));
}

function tooDeep(depth: number, start: number, collector: Collector): number {
  collector.add('json-too-deep', start, start + 1, () => ({
    message: `This bracket is number ${depth + 1} inside each other; ${depth} are allowed.`,
  }));
  return -1;
}
