// Controls, format characters (bidirectional, zero-width, tags), lone surrogates, line and paragraph separators:
// none of these reaches a log, an annotation, a summary or an output raw.
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Makes an untrusted string printable on one line: every control, bidirectional or invisible character
 * becomes `\u{…}`, and a text longer than `limit` UTF-16 units is cut with `…`.
 */
export function safe(text: string, limit = 300): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return cut.replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
