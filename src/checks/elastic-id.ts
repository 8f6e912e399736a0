/** Longest id of Elastic's machine learning, in characters: `MlStrings.ID_LENGTH_LIMIT` of Elasticsearch. */
const longest = 64;

/** What an id may be, for a message. */
export const idGrammar =
  'Allowed are lower-case letters, digits, `-`, `_` and `.`, a letter or digit at both ends, at most 64 characters.';

/**
 * Why Elasticsearch refuses a text as the id of a job, datafeed, model or as a tag; undefined where it takes it.
 * The grammar is that of `MlStrings.isValidId` (a dot is allowed and not documented, elastic.md §9.8): what the
 * server accepts, security.md A25 is stricter about dots. The length is bounded before anything reads the text.
 */
export function idDefect(id: string): string | undefined {
  if (id === '') return 'it is empty';
  if (id.length > longest) return `it has ${id.length} characters`;
  const stranger = [...id].find((character) => !/[a-z0-9_.-]/.test(character));
  if (stranger !== undefined) return `it holds ${JSON.stringify(stranger)}`;
  if (!/[a-z0-9]/.test(id[0] ?? '')) return `it begins with \`${id[0]}\``;
  if (!/[a-z0-9]/.test(id.at(-1) ?? '')) return `it ends with \`${id.at(-1)}\``;
  return undefined;
}
