import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';

/** Offsets of a token or node: the first UTF-16 unit, and the one behind the last. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** Finds the place of what the parts of a JSON pointer lead to; undefined where they lead nowhere. */
export type Locator = (path: readonly string[], part: 'key' | 'value') => Range | undefined;

/** Where a document defines something. */
interface Place {
  readonly value: AST.TOMLNode;
  readonly key?: AST.TOMLNode | undefined;
  /** Only mentioned on the way to something deeper: the `a` of `[a.b]`. */
  readonly implied: boolean;
}

/** A locator for a text that smol-toml read; it finds nothing in one that this parser refuses all the same. */
export function createLocator(text: string): Locator {
  const statements = statementsOf(text);
  return (path, part) => {
    if (path.length === 0) return { start: 0, end: text.length };
    const places = [...placesOf(statements, path)];
    const place = places.find(({ implied }) => !implied) ?? places[0];
    const node = part === 'key' ? (place?.key ?? place?.value) : place?.value;
    return node && { start: node.range[0], end: node.range[1] };
  };
}

function statementsOf(text: string): AST.TOMLTopLevelTable['body'] {
  try {
    return parseTOML(text, { tomlVersion: '1.1' }).body[0].body;
  } catch (error) {
    if (error instanceof ParseError) return [];
    throw error;
  }
}

function* placesOf(nodes: readonly (AST.TOMLKeyValue | AST.TOMLTable)[], path: readonly string[]): Generator<Place> {
  for (const node of nodes) {
    if (node.type === 'TOMLKeyValue') yield* inKeyValue(node, path);
    else yield* inTable(node, path);
  }
}

function* inTable(table: AST.TOMLTable, path: readonly string[]): Generator<Place> {
  const names = table.resolvedKey;
  if (!agree(names, path)) return;
  if (path.length > names.length) {
    yield* placesOf(table.body, path.slice(names.length));
    return;
  }
  // The index of an array table is resolved, not written, so that only names have a node.
  const named = typeof names[path.length - 1] === 'string';
  const written = names.slice(0, path.length).filter((name) => typeof name === 'string').length;
  const key = named ? table.key.keys[written - 1] : undefined;
  yield { value: table, key, implied: path.length < names.length };
}

function* inKeyValue(node: AST.TOMLKeyValue, path: readonly string[]): Generator<Place> {
  const names = node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
  if (!agree(names, path)) return;
  if (path.length > names.length) yield* inValue(node.value, path.slice(names.length));
  else if (path.length === names.length) yield { value: node.value, key: node.key.keys.at(-1), implied: false };
  else yield { value: node, key: node.key.keys[path.length - 1], implied: true };
}

function* inValue(node: AST.TOMLContentNode, path: readonly string[]): Generator<Place> {
  if (node.type === 'TOMLInlineTable') yield* placesOf(node.body, path);
  const [index = '', ...rest] = path;
  if (node.type !== 'TOMLArray' || !/^(?:0|[1-9]\d{0,9})$/.test(index)) return;
  const element = node.elements[Number(index)];
  if (element === undefined) return;
  if (rest.length === 0) yield { value: element, implied: false };
  else yield* inValue(element, rest);
}

/** Whether two paths are the same as far as both go. */
function agree(names: readonly (string | number)[], path: readonly string[]): boolean {
  return names.every((name, index) => index >= path.length || String(name) === path[index]);
}
