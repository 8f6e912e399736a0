/**
 * Whether a pattern of a ruleset takes a reference, as `File.fnmatch` with `FNM_PATHNAME` does: `*` is any text without
 * a slash, `**` any text, `?` one character. Takes time in proportion to the product of both lengths at most.
 * @returns undefined for a pattern with sets or braces, which is not understood here
 */
export function takesRef(pattern: string, ref: string): boolean | undefined {
  if (pattern === '~ALL') return true;
  if (pattern.startsWith('~')) return false;
  if (/[[\]{}\\]/.test(pattern)) return undefined;
  const parts = pattern.match(/\*\*\/?|\*|[^*]/gu) ?? [];
  // The characters of `ref` that may come next, after each part of the pattern.
  let ends = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const start of ends) {
      if (!part.startsWith('*')) {
        const fits = part === '?' ? start < ref.length && ref[start] !== '/' : ref.startsWith(part, start);
        if (fits) next.add(start + part.length);
        continue;
      }
      for (let end = start; end <= ref.length; end += 1) {
        if (part === '*' && ref.slice(start, end).includes('/')) break;
        if (part !== '**/' || end === start || ref[end - 1] === '/') next.add(end);
      }
    }
    ends = next;
  }
  return ends.has(ref.length);
}
