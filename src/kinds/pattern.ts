/**
 * Matches a glob against a path. `*` is any text within one part of the path; `<id>`, at most once, is the same
 * and captures the longest text. Own kinds arrive in pull requests, so no regular expression is built from a
 * pattern: the cost is at most pattern length × path length.
 * @returns undefined where it does not match, else what `<id>` captured ('' without one)
 */
export function matchPattern(pattern: string, path: string): { readonly capture: string } | undefined {
  const mark = pattern.indexOf('<id>');
  if (mark < 0) return reached(pattern, path).has(path.length) ? { capture: '' } : undefined;
  const head = pattern.slice(0, mark);
  const tail = reverse(pattern.slice(mark + 4));
  const ends = [...reached(tail, reverse(path))].map((length) => path.length - length);
  for (const start of [...reached(head, path)].sort((a, b) => a - b)) {
    const slash = path.indexOf('/', start);
    const limit = slash < 0 ? path.length : slash;
    const fits = ends.filter((end) => end >= start && end <= limit);
    if (fits.length > 0) return { capture: path.slice(start, Math.max(...fits)) };
  }
  return undefined;
}

/** Why a pattern cannot be used, or undefined. */
export function patternDefect(pattern: string): string | undefined {
  if (pattern === '' || pattern.length > 200) return 'it must have 1 to 200 characters';
  if (pattern.split('<id>').length > 2) return '`<id>` may stand in it once';
  if (/[<>]/.test(pattern.replace('<id>', ''))) return '`<` and `>` stand only in `<id>`';
  if (/[\\?[\]{}]/.test(pattern)) return 'only `*` and `<id>` are special: `?`, `[]`, `{}` and `\\` are not known';
  if (pattern.split('/').some((part) => part === '' || part === '.' || part === '..')) return 'it must be a plain path';
  return undefined;
}

/** Lengths of the prefixes of the text that the glob matches whole. */
function reached(glob: string, text: string): Set<number> {
  let positions = new Set([0]);
  for (const character of glob) {
    const next = new Set<number>();
    for (const position of positions) {
      if (character !== '*') {
        if (text.startsWith(character, position)) next.add(position + character.length);
        continue;
      }
      for (let end = position; ; end += 1) {
        if (next.has(end)) break;
        next.add(end);
        if (end >= text.length || text[end] === '/') break;
      }
    }
    positions = next;
  }
  return positions;
}

function reverse(text: string): string {
  return [...text].reverse().join('');
}
