import type { Span } from './diagnostic.ts';

/** A value as JSON or TOML gives it. Objects come from untrusted files: look keys up with `member` only. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** An object of a document. */
export interface ObjectValue {
  readonly [key: string]: Value;
}

/** A file that was read without an error: its value, and the place of anything in it. */
export interface Document {
  readonly value: Value;
  /**
   * The place of a value or of its key.
   * @param pointer JSON pointer (RFC 6901)
   * @returns undefined where the pointer leads nowhere
   */
  locate(pointer: string, part?: 'key' | 'value'): Promise<Span | undefined>;
}

/** Whether a value is an object (not an array, not null). */
export function isObject(value: Value | undefined): value is ObjectValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is an array; `Array.isArray` alone loses the element type of a readonly array. */
export function isArray(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The own member of an object: never a property of a prototype. */
export function member(value: Value | undefined, key: string): Value | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** One more step of a JSON pointer, escaped as RFC 6901 says. */
export function step(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The parts of a JSON pointer, unescaped. */
export function steps(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
