import { isArray, isObject, member, type Value } from '../domain/document.ts';
import { nameDefects, parseReleaseName } from '../domain/tag.ts';
import type { YankedRelease } from '../domain/yanked.ts';

/** Why an entry of `[[yanked]]` is not as it should be. */
export interface YankedDefect {
  /** Pointer into the file. */
  readonly pointer: string;
  readonly message: string;
  readonly help?: string;
}

/**
 * Reads the `[[yanked]]` tables of a configuration, also one that no schema has seen: what names a release counts,
 * whatever else is wrong with its entry, since an entry that is dropped would let the release pass.
 * @param source the file, for people
 */
export function readYanked(
  configuration: Value,
  source: string,
): { readonly releases: readonly YankedRelease[]; readonly defects: readonly YankedDefect[] } {
  const value = member(configuration, 'yanked');
  const releases: YankedRelease[] = [];
  const defects: YankedDefect[] = [];
  if (value === undefined) return { releases, defects };
  if (!isArray(value))
    return { releases, defects: [{ pointer: '/yanked', message: '`yanked` is no list of tables.' }] };
  for (const [index, row] of value.entries()) {
    const at = (key: string, message: string, help?: string): void => {
      defects.push({ pointer: `/yanked/${index}${key}`, message, ...(help === undefined ? {} : { help }) });
    };
    const { tag, digest, reason, replacement } = isObject(row) ? row : {};
    const wrong = typeof tag === 'string' ? nameDefect(tag) : 'The key `tag` is missing here.';
    if (typeof tag !== 'string' || wrong !== undefined) {
      at(typeof tag === 'string' ? '/tag' : '', wrong ?? '');
      continue;
    }
    const sha256 = typeof digest === 'string' ? /^(?:sha256:)?([0-9a-f]{64})$/i.exec(digest)?.[1] : undefined;
    if (sha256 === undefined) at('/digest', `The digest of \`${tag}\` is no SHA-256.`, digestHelp(tag));
    if (typeof reason !== 'string' || reason === '') at('', `The key \`reason\` of \`${tag}\` is missing.`);
    if (releases.some(({ name }) => name === tag)) at('/tag', `\`${tag}\` is yanked already, in a table above.`);
    if (replacement !== undefined) {
      const defect = replacementDefect(tag, replacement, value);
      if (defect !== undefined) at('/replacement', defect);
    }
    releases.push({
      name: tag,
      ...(sha256 === undefined ? {} : { manifestSha256: sha256.toLowerCase() }),
      reason: typeof reason === 'string' ? reason : 'no reason given',
      ...(typeof replacement === 'string' ? { replacement } : {}),
      source,
    });
  }
  return { releases, defects };
}

function nameDefect(text: string): string | undefined {
  const parsed = parseReleaseName(text);
  return typeof parsed === 'string'
    ? `\`${text}\` is no release name of the form \`<family>-YYYYMMDD-N\`: ${nameDefects[parsed]}.`
    : undefined;
}

function digestHelp(tag: string): string {
  return `It is that of the manifest, \`manifest-${tag}.json\`; \`mldr verify ${tag}\` prints it.`;
}

function replacementDefect(tag: string, replacement: Value, rows: readonly Value[]): string | undefined {
  if (typeof replacement !== 'string') return `The replacement of \`${tag}\` is no text.`;
  if (replacement === tag) return `\`${tag}\` cannot replace itself.`;
  if (rows.some((row) => member(row, 'tag') === replacement)) return `\`${replacement}\` is yanked too.`;
  return nameDefect(replacement);
}
