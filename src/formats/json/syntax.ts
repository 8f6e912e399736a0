import { safe } from '../../domain/safe.ts';

/**
 * What the grammar of JSON allows next. The order matters: up to `firstElement` a value may begin, up to `firstKey` a
 * string.
 */
export const expected = {
  /** A value: at the start of the text, or behind `:`. */
  value: 0,
  /** A value behind the comma of an array. */
  element: 1,
  /** A value or `]`, behind `[`. */
  firstElement: 2,
  /** A key behind the comma of an object. */
  key: 3,
  /** A key or `}`, behind `{`. */
  firstKey: 4,
  colon: 5,
  /** `,` or the closing bracket. */
  separator: 6,
  /** Nothing but white space. */
  end: 7,
} as const;

/** One of `expected`. */
export type Expected = (typeof expected)[keyof typeof expected];

/** A piece of an untrusted text in a message. */
export function shown(text: string): string {
  return `\`${safe(text, 60)}\``;
}
