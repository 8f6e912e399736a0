import { ParseError, parseTOML } from 'toml-eslint-parser';

/** What a second parser says against a text. */
export interface StrictDefect {
  readonly message: string;
  /** Offsets of the first wrong UTF-16 unit, and behind the last. */
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a text with toml-eslint-parser, which knows the calendar: smol-toml moves 30 February into March.
 * @returns undefined where it has nothing against the text
 */
export function strictDefect(text: string): StrictDefect | undefined {
  try {
    parseTOML(text, { tomlVersion: '1.1' });
    return undefined;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    // Its place is the last digit of the date.
    const start = error.index - 'YYYY-MM-D'.length;
    const date = text.slice(Math.max(0, start), error.index + 1);
    if (/^\d{4}-\d\d-\d\d$/.test(date)) {
      return { message: `There is no day \`${date}\`.`, start, end: error.index + 1 };
    }
    return { message: `This is not TOML: ${error.message}.`, start: error.index, end: error.index };
  }
}
