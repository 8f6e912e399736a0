import type { TomlError } from 'smol-toml';
import type { Finding } from '../../domain/diagnostic.ts';
import { safe } from '../../domain/safe.ts';
import type { Lines } from '../text.ts';

// What smol-toml says where structures are nested deeper than its option `maxDepth`.
const tooNested = 'excessively nested';

// What to do, by a piece of its message.
const advice: readonly (readonly [piece: string, help: string])[] = [
  ['invalid value', 'Put a text into double quotes; `true`, `false`, numbers and dates stand without.'],
  ['already defined', 'Keep one of the two.'],
  ['represented losslessly', 'Integers beyond 2^53 are not the same in every program: write a string.'],
  ['leading zero', 'Remove the leading zero, or write a string.'],
  ['unfinished string', 'Close the string.'],
  ['control characters', 'Write an escape (`\\n`, `\\t`, `\\u0000`), or a text of several lines in `"""`.'],
  ['escape', 'Write a backslash as `\\\\`, or put the text into single quotes.'],
  ['end-of-line', 'Give each key a line of its own.'],
  ['end of key', 'Write `key = value`.'],
];

/** The finding (`toml-syntax`, `toml-too-deep`) for what smol-toml threw. */
export function syntaxFinding(error: TomlError, file: string, lines: Lines, depth: number): Finding {
  const { line, column } = error;
  const rest = lines.line(line)?.slice(column - 1) ?? '';
  const token = /^(?:[^\s,=#[\]{}]{1,60}|\S)/u.exec(rest)?.[0] ?? '';
  const at = { file, span: { line, column, endLine: line, endColumn: column + token.length } };
  if (error.message.includes(tooNested)) {
    return { check: 'toml-too-deep', message: `Arrays and tables are nested deeper here than ${depth}.`, at };
  }
  const reason = /^Invalid TOML document: (.{1,200})/.exec(error.message)?.[1] ?? 'it cannot be read';
  const message = `This is not TOML: ${reason}${token === '' ? '' : ` (\`${safe(token, 60)}\`)`}.`;
  const help = advice.find(([piece]) => reason.includes(piece))?.[1];
  return { check: 'toml-syntax', message, ...(help === undefined ? {} : { help }), at };
}
