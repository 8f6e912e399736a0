import type { Value } from '../domain/document.ts';
import { hexDouble } from './hex-double.ts';

// What `Double.valueOf` of Java takes: ASCII digits, a suffix, hexadecimal with a power of two.
const decimal = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)[fFdD]?$/;
const hexadecimal = /^([+-]?)0[xX](?:([\dA-Fa-f]+)\.?|([\dA-Fa-f]*)\.([\dA-Fa-f]+))[pP]([+-]?\d+)[fFdD]?$/;
const blank = 0x20;

/**
 * A field's value as trees see it: a number, or a text that Java reads as one; NaN for all that counts as missing
 * (null, absent, a boolean, a list, an object, a text that is no number, NaN, infinite).
 */
export function toDouble(value: Value | undefined): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? javaDouble(value) : Number.NaN;
  return Number.isFinite(number) ? number : Number.NaN;
}

function javaDouble(text: string): number {
  const trimmed = trim(text);
  const [, plain] = decimal.exec(trimmed) ?? [];
  if (plain !== undefined) return Number(plain);
  const [, sign, whole, before, behind, power] = hexadecimal.exec(trimmed) ?? [];
  if (power === undefined) return Number.NaN;
  const size = hexDouble(whole ?? before ?? '', behind ?? '', power);
  return sign === '-' ? -size : size;
}

/** `String.trim` of Java takes off every character up to the blank, and no other. */
function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text.charCodeAt(start) <= blank) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= blank) end -= 1;
  return text.slice(start, end);
}

/** The largest double below a finite one, in the order of Java's `Double.compare`: -0.0 is below 0.0. */
export function below(value: number): number {
  if (Object.is(value, 0)) return -0;
  if (Object.is(value, -0)) return -Number.MIN_VALUE;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return bits.getFloat64(0);
}
