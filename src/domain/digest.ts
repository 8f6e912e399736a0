import { compareText } from './diagnostic.ts';

/** The lines `<sha256>  <path>\n`, sorted by path: the text whose SHA-256 is a bundle's digest, as `sha256sum -c` reads it. */
export function digestLines(files: readonly { readonly path: string; readonly sha256: string }[]): string {
  return [...files]
    .sort((a, b) => compareText(a.path, b.path))
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join('');
}
