import { compareText } from './diagnostic.ts';
import { isArray, isObject, type Value } from './document.ts';

/** The lines `<sha256>  <path>\n`, sorted by path: the text whose SHA-256 is a bundle's digest, as `sha256sum -c` reads it. */
export function digestLines(files: readonly { readonly path: string; readonly sha256: string }[]): string {
  return [...files]
    .sort((a, b) => compareText(a.path, b.path))
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join('');
}

/**
 * Canonical JSON of a value, for object digests: keys sorted by code unit, no white space, numbers and strings as
 * ECMAScript writes them (RFC 8785), so equal values give equal text whoever wrote them.
 * @param omit top-level keys to leave out (server fields, `_meta`)
 */
export function canonicalJson(value: Value, omit: ReadonlySet<string> = new Set()): string {
  if (isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .filter((key) => !omit.has(key))
    .sort(compareText)
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}
