/** Longest condition that is looked at, in UTF-16 units. */
const longest = 2000;

// One token at a time, from where the last one ended; no alternative can match a text in two ways.
const token =
  /\s+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\d+(?:\.\d+)?[LlFfDd]?|[A-Za-z_]\w*|&&|\|\||[=!]==?|[<>]=?|\?\.|\?:|[!().,[\]?:;-]/y;

const words = new Set(['ctx', 'params', 'null', 'true', 'false', 'instanceof']);
const types = new Set(['String', 'Boolean', 'Number', 'Integer', 'Long', 'Double', 'List', 'Map', 'Collection']);

/** Methods that change nothing and take no longer than their operand is long. */
const methods = new Set([
  ...['isEmpty', 'isBlank', 'size', 'length', 'contains', 'containsKey', 'containsValue', 'get', 'getOrDefault'],
  ...['equals', 'equalsIgnoreCase', 'startsWith', 'endsWith', 'indexOf', 'toLowerCase', 'toUpperCase', 'trim'],
]);

/**
 * Whether a painless condition does nothing but read: fields of the document, literals, comparisons, `&&`, `||`,
 * `!`, `?:` and the methods above. Without assignment, loop, lambda, `new`, regular expression or any other call it
 * ends after as many steps as it has tokens, so nobody needs to approve it. That it compiles is the server's matter.
 */
export function readsOnly(source: string): boolean {
  if (source.length > longest) return false;
  const tokens = tokensOf(source);
  if (tokens === undefined || tokens.length === 0) return false;
  const first = tokens[0] === 'return' ? 1 : 0;
  const end = tokens.at(-1) === ';' ? tokens.length - 1 : tokens.length;
  return tokens.slice(first, end).every((text, index, all) => harmless(text, all[index - 1], all[index + 1]));
}

function tokensOf(source: string): string[] | undefined {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const text = token.exec(source)?.[0];
    if (text === undefined) return undefined;
    if (text.trim() !== '') found.push(text);
  }
  return found;
}

function harmless(text: string, before: string | undefined, after: string | undefined): boolean {
  if (text === ';' || text === '=') return false;
  if (!/^[A-Za-z_]/.test(text)) return true;
  const isMember = before === '.' || before === '?.';
  if (after === '(') return isMember && methods.has(text);
  return isMember || words.has(text) || (before === 'instanceof' && types.has(text));
}
