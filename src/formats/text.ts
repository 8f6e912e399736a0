import { constants, isAscii, isUtf8 } from 'node:buffer';
import type { Finding, Span } from '../domain/diagnostic.ts';

/** The lines of a text; nothing is computed before the first question. */
export interface Lines {
  /** The text of a line (1-based) without its line break; undefined where there is no such line. */
  line(number: number): string | undefined;
  /** The place of the units from `start` up to, not including, `end`: offsets in UTF-16 units. */
  span(start: number, end: number): Span;
  /** `line:column` of an offset, for messages. */
  place(offset: number): string;
}

/** Text, or also why it is none: then `text` holds what can be shown of it. */
export interface Decoded {
  readonly text: string;
  readonly finding?: Finding;
}

/** The UTF-16 units of a text as numbers: reading them costs a third of `charCodeAt` on a large string. */
export type Units = Uint8Array | Uint16Array;

const saveAsUtf8 = 'Save the file as UTF-8 without a byte-order mark.';
const firstCharacter: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 };

// Longer marks first: UTF-32 little-endian begins with the mark of UTF-16. Without a mark, every other byte of the
// first ASCII characters is 0.
const foreign: readonly { readonly name: string; readonly test: (bytes: Buffer) => boolean }[] = [
  { name: 'UTF-32', test: (bytes) => begins(bytes, 0xff, 0xfe, 0, 0) || begins(bytes, 0, 0, 0xfe, 0xff) },
  { name: 'UTF-16 (little-endian)', test: (bytes) => begins(bytes, 0xff, 0xfe) || isPaired(bytes, 1) },
  { name: 'UTF-16 (big-endian)', test: (bytes) => begins(bytes, 0xfe, 0xff) || isPaired(bytes, 0) },
];

/**
 * Decodes strict UTF-8: no byte-order mark, no wrong byte, no surrogate; other Unicode encodings are named.
 * A NUL inside the text is left to the grammar of the format, which knows its place better.
 * @param check id of the finding where the bytes are no such text; `file-too-large` where no string could hold them
 */
export function decodeText(bytes: Buffer, file: string, check: string): Decoded {
  if (bytes.length > constants.MAX_STRING_LENGTH) {
    const message = `The file has ${bytes.length} bytes; a document may have ${constants.MAX_STRING_LENGTH}.`;
    return { text: '', finding: { check: 'file-too-large', message, at: { file } } };
  }
  if (isAscii(bytes) && bytes[0] !== 0 && bytes[1] !== 0) return { text: bytes.toString('latin1') };
  const defect = (text: string, message: string, span = firstCharacter, help = saveAsUtf8): Decoded => ({
    text,
    finding: { check, message, help, at: { file, span } },
  });
  const encoding = foreign.find(({ test }) => test(bytes));
  if (encoding !== undefined) return defect('', `The file is ${encoding.name}, not UTF-8.`);
  if (begins(bytes, 0xef, 0xbb, 0xbf)) {
    return defect(bytes.toString('utf8', 3), 'The file begins with a byte-order mark (the bytes EF BB BF).');
  }
  const text = bytes.toString('utf8');
  if (isUtf8(bytes)) return { text };
  const wrong = wrongByte(bytes);
  return defect(
    text,
    wrong.message,
    wrong.span,
    'Save the file as UTF-8; if it is no text at all, it is the wrong file.',
  );
}

/**
 * The units of a decoded text.
 * @param bytes what it was decoded from: they serve as they are where all are ASCII
 */
export function unitsOf(text: string, bytes: Buffer): Units {
  if (text.length === bytes.length) return bytes;
  const pairs = Buffer.from(text, 'utf16le');
  return new Uint16Array(pairs.buffer, pairs.byteOffset, text.length);
}

/** The lines of a text: separated by LF or CRLF, as git and GitHub count them; columns in UTF-16 units. */
export function createLines(text: string): Lines {
  let known: number[] | undefined;
  const starts = (): number[] => {
    known ??= lineStarts(text);
    return known;
  };
  const at = (offset: number): { line: number; column: number } => {
    const all = starts();
    let low = 0;
    let high = all.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((all[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (all[low] ?? 0) + 1 };
  };
  return {
    line(number) {
      const from = starts()[number - 1];
      if (from === undefined) return undefined;
      const to = starts()[number];
      return text.slice(from, to === undefined ? undefined : to - 1).replace(/\r$/, '');
    },
    span(from, to) {
      const first = at(from);
      const last = at(to);
      return { line: first.line, column: first.column, endLine: last.line, endColumn: last.column };
    },
    place(offset) {
      const { line, column } = at(offset);
      return `${line}:${column}`;
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function begins(bytes: Buffer, ...mark: number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/** Whether the first pairs of bytes have a 0 at one side, and there only. */
function isPaired(bytes: Buffer, zero: 0 | 1): boolean {
  const head = bytes.subarray(0, 4);
  return (
    bytes.length > 1 && bytes.length % 2 === 0 && head.every((byte, index) => (byte === 0) === (index % 2 === zero))
  );
}

function wrongByte(bytes: Buffer): { readonly message: string; readonly span: Span } {
  let at = 0;
  for (let length = sequenceLength(bytes, at); length > 0; length = sequenceLength(bytes, at)) at += length;
  const before = bytes.toString('utf8', 0, at);
  const { line, column } = createLines(before).span(before.length, before.length);
  const shown = [...bytes.subarray(at, at + 4)].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
  return {
    message: `The byte ${shown[0]} at offset ${at} is not UTF-8 (here: ${shown.join(' ')}).`,
    span: { line, column, endLine: line, endColumn: column + 1 },
  };
}

/** Bytes of the character at an offset; 0 where there is none, or no well-formed one. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at];
  if (first === undefined) return 0;
  if (first < 0x80) return 1;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
