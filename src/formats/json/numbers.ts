import type { Units } from '../text.ts';

/**
 * The end of the number of the JSON grammar that begins at an offset: the offset behind it, negative where the number
 * deserves a look by `changedNumber`; 0 where there is no number.
 */
export function numberEnd(units: Units, start: number): number {
  let at = start;
  if ((units[at] ?? 0) === 0x2d) at += 1;
  const integer = at;
  if ((units[at] ?? 0) === 0x30) at += 1;
  else at = digitsEnd(units, at);
  if (at === integer) return 0;
  let unsure = at - integer > 15;
  if ((units[at] ?? 0) === 0x2e) {
    const fraction = at + 1;
    at = digitsEnd(units, fraction);
    if (at === fraction) return 0;
    // 10^±99 times a mantissa of under 200 digits stays inside the range of a double.
    unsure = at - start >= 200;
  }
  const unit = units[at] ?? 0;
  if (unit === 0x65 || unit === 0x45) {
    const sign = units[at + 1] ?? 0;
    const exponent = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
    at = digitsEnd(units, exponent);
    if (at === exponent) return 0;
    unsure ||= at - exponent > 2;
  }
  return unsure ? -at : at;
}

function digitsEnd(units: Units, start: number): number {
  let at = start;
  for (let unit = units[at] ?? 0; unit >= 0x30 && unit <= 0x39; unit = units[at] ?? 0) at += 1;
  return at;
}

/**
 * What a number becomes when it is read as a double, where that is another number: an integer that no double holds, an
 * overflow to Infinity, a non-zero that becomes 0. Decimal rounding (0.1) is no change: every reader rounds alike.
 * @param token a number of the JSON grammar
 * @returns what is read instead; undefined where nothing changes
 */
export function changedNumber(token: string): string | undefined {
  const value = Number(token);
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return /^-?[0.]*[1-9]/.test(token) ? '0' : undefined;
  if (/[.eE]/.test(token)) return undefined;
  const exact = BigInt(value);
  return exact === BigInt(token) ? undefined : String(exact);
}
