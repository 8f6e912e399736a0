import type { Value } from '../../../src/domain/document.ts';
import type { Random } from '../../random.ts';

/** A text, and the value that it was written from: no parser was asked. */
export interface Written {
  readonly text: string;
  readonly value: Value;
}

/** How a document is made. */
export interface Shape {
  /** Brackets inside each other at most. */
  readonly depth: number;
  /** Number tokens to choose from, with their values. */
  readonly numbers: readonly string[];
}

const characters = ['a', 'Z', '0', ' ', '_', '.', '"', '\\', '/', '\b', '\t', '\n', '\f', '\r', '\u0001', '\u007f'];
const beyondAscii = ['é', '\u00a0', '\u2028', '\ue000', '\uffff', '漢', '😀', '\u{10ffff}'];
const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};
const blanks = ['', '', '', ' ', '\n', '\r\n', '\t', '  \n '];

/** Number tokens in every form of the grammar; none of them changes when it is read. */
export const plainNumbers = ['0', '-0', '7', '-12', '0.1', '1.50', '-0.0', '1e5', '1E+05', '2e-7', '9007199254740992'];

/** Writes a random document, blanks and spellings included. */
export function writeDocument(random: Random, shape: Shape): Written {
  const { text, value } = writeValue(random, shape, shape.depth);
  return { text: `${blank(random)}${text}${blank(random)}`, value };
}

function writeValue(random: Random, shape: Shape, depth: number): Written {
  const kind = random.below(depth > 0 ? 8 : 5);
  if (kind === 0) return random.pick(['true', 'false', 'null'].map((text) => ({ text, value: JSON.parse(text) })));
  if (kind < 3) return writeNumber(random, shape);
  if (kind < 5) return writeString(random);
  return kind === 5 ? writeArray(random, shape, depth) : writeObject(random, shape, depth);
}

function writeNumber(random: Random, { numbers }: Shape): Written {
  const text = random.pick(numbers);
  return { text, value: Number(text) };
}

function writeArray(random: Random, shape: Shape, depth: number): Written {
  const items = Array.from({ length: random.below(5) }, () => writeValue(random, shape, depth - 1));
  const text = items.map((item) => `${blank(random)}${item.text}${blank(random)}`).join(',');
  return { text: `[${text}${items.length === 0 ? blank(random) : ''}]`, value: items.map((item) => item.value) };
}

function writeObject(random: Random, shape: Shape, depth: number): Written {
  const value: Record<string, Value> = {};
  const members: string[] = [];
  // More than a dozen members now and then: the reader holds few keys otherwise than many.
  for (let left = random.chance(0.1) ? 30 : random.below(6); left > 0; left -= 1) {
    const key = writeString(random);
    const item = writeValue(random, shape, depth - 1);
    if (Object.hasOwn(value, String(key.value))) continue;
    value[String(key.value)] = item.value;
    members.push([key.text, ':', item.text].map((part) => `${blank(random)}${part}`).join(''));
  }
  return { text: `{${members.join(`${blank(random)},`)}${blank(random)}}`, value };
}

/** A string, each character raw where it may be, or in any of its escapes. */
function writeString(random: Random): Written {
  const chosen = Array.from({ length: random.below(6) }, () =>
    random.pick(random.chance(0.7) ? characters : beyondAscii),
  );
  return { text: `"${chosen.map((character) => spell(random, character)).join('')}"`, value: chosen.join('') };
}

function spell(random: Random, character: string): string {
  const escaped = [...Array(character.length).keys()]
    .map((index) => character.charCodeAt(index).toString(16).padStart(4, '0'))
    .map((hex) => `\\u${random.chance(0.5) ? hex.toUpperCase() : hex}`)
    .join('');
  const raw = character < ' ' || character === '"' || character === '\\' ? escaped : character;
  return random.pick([raw, raw, raw, shortEscapes[character] ?? raw, escaped]);
}

function blank(random: Random): string {
  return random.pick(blanks);
}
