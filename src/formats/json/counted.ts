import { isArray, type Value } from '../../domain/document.ts';
import type { Units } from '../text.ts';

// Up to so many digits an integer is exact; a fraction of no more is no number that becomes 0.
const [exactDigits, fractionDigits] = [15, 190];
// Brackets that values are followed into: calls inside each other.
const deepest = 200;
const rare = -1;

/**
 * Counts the keys of a text in which nothing rare stands: no backslash, no name of a prototype, no bracket too deep, no
 * number with an exponent or of many digits. What `JSON.parse` makes of such a text has as many keys, unless one stands
 * twice (`hasKeys`): with both it needs no closer look. The cheaper proof for large models, of which most are so; a loop
 * of few branches is compiled sooner than that of `isPlain`, and what it leaves open is for that one to tell.
 * @param depth open brackets allowed at once
 * @returns a negative number where something rare stands; of a text that is not valid JSON the count says nothing
 */
export function countKeys(text: string, units: Units, depth: number): number {
  if (text.includes('\\') || text.includes('__proto__') || text.includes('prototype')) return rare;
  let keys = 0;
  let level = 0;
  let inside = false;
  let digits = 0;
  let most = exactDigits;
  for (let at = 0; at < units.length; at += 1) {
    const unit = units[at] ?? 0;
    if (unit === 0x22) inside = !inside;
    if (inside) continue;
    if (unit > 0x2f && unit < 0x3a) {
      digits += 1;
      if (digits > most) return rare;
    } else if (unit === 0x2e) most = fractionDigits;
    else {
      if (digits > 0) {
        if (unit === 0x65 || unit === 0x45) return rare;
        digits = 0;
        most = exactDigits;
      }
      if (unit === 0x3a) keys += 1;
      else if (unit === 0x5b || unit === 0x7b) {
        level += 1;
        if (level > depth) return rare;
      } else if (unit === 0x5d || unit === 0x7d) level -= 1;
    }
  }
  return keys;
}

/** Whether all objects of a parsed text together have so many keys: then none of them stood twice in the text. */
export function hasKeys(value: Value, keys: number): boolean {
  return keysOf(value, deepest) === keys;
}

/** NaN where values lie deeper than they are followed. */
function keysOf(value: Value, left: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (left === 0) return Number.NaN;
  let keys = 0;
  if (isArray(value)) {
    for (let index = 0; index < value.length; index += 1) keys += keysOf(value[index] ?? null, left - 1);
    return keys;
  }
  // Parsed objects have no keys but their own, and `Object.values` would make an array of each.
  for (const key in value) keys += 1 + keysOf(value[key] ?? null, left - 1);
  return keys;
}
