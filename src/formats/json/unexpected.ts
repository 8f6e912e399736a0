import type { Collector, Words } from '../collector.ts';
import type { Lines } from '../text.ts';
import { type Expected, expected, shown } from './syntax.ts';

/** Where a scan met something that the grammar does not allow. */
export interface Situation {
  readonly text: string;
  /** Offset of what was met; the length of the text at its end. */
  readonly at: number;
  readonly state: Expected;
  /** Offset of the innermost open bracket; -1 outside. */
  readonly bracket: number;
  readonly lines: Lines;
}

interface Diagnosis extends Words {
  readonly start: number;
  readonly end: number;
  /** Where a scan goes on as if a right token had stood there: only for defects with one clear meaning. */
  readonly resume?: number;
}

const devTools =
  'This is Kibana Dev Tools syntax, not JSON: keep the body of the request only, and turn each `"""…"""` into one ' +
  'string with `\\n` for line breaks and `\\"` for quotes.';

const numberHelp =
  'Numbers are written like `-12.5e3`: no leading zero, no `+` in front, a digit on both sides of the point, no ' +
  'hexadecimal.';

const foreignWords = new Map([
  ['NaN', 'JSON has no NaN: write a finite number or `null`. (Python writes NaN unless `allow_nan=False`.)'],
  ['Infinity', 'JSON has no Infinity: write a finite number or `null`.'],
  ['undefined', 'Write `null`, or leave the key out.'],
  ['None', 'Write `null`.'],
  ['True', 'Write `true`.'],
  ['False', 'Write `false`.'],
]);

const wanted: Readonly<Record<Expected, string>> = {
  [expected.value]: 'where a value is expected',
  [expected.element]: 'where a value is expected',
  [expected.firstElement]: 'where a value or `]` is expected',
  [expected.key]: 'where a key in double quotes is expected',
  [expected.firstKey]: 'where a key in double quotes or `}` is expected',
  [expected.colon]: 'where `:` is expected',
  [expected.separator]: 'where `,` or the closing bracket is expected',
  [expected.end]: 'behind the end of the document',
};

// The first that knows what it sees has the word.
const diagnoses = [endOfText, tripleQuotes, malformedNumber, foreignWord, otherQuotes, bareKey, request];

/**
 * Reports (`json-syntax`) what stands where the grammar does not allow it.
 * @returns where to go on; -1 where anything further would be a guess
 */
export function unexpected(situation: Situation, collector: Collector): number {
  let found: Diagnosis | undefined;
  for (const diagnose of diagnoses) found ??= diagnose(situation);
  const { start, end, message, help, resume } = found ?? anythingElse(situation);
  collector.add('json-syntax', start, end, () => (help === undefined ? { message } : { message, help }));
  return resume ?? -1;
}

/**
 * Reports (`json-syntax`) the comment at an offset.
 * @returns the offset behind it; the same offset where there is none
 */
export function commentEnd(text: string, at: number, collector: Collector): number {
  const line = text.startsWith('//', at);
  if (!line && !text.startsWith('/*', at)) return at;
  const close = line ? text.indexOf('\n', at) : text.indexOf('*/', at + 2);
  const end = close < 0 ? text.length : line ? close : close + 2;
  collector.add('json-syntax', at, end, () => ({
    message: `${shown(text.slice(at, end))} is a comment; JSON has none.`,
    help: 'Remove it.',
  }));
  return end;
}

/** Reports (`json-syntax`) the comma at an offset, behind which only the closing bracket follows. */
export function trailingComma(at: number, close: string, collector: Collector): void {
  collector.add('json-syntax', at, at + 1, () => ({
    message: `The comma before the closing \`${close}\` is one too many.`,
    help: 'Remove it.',
  }));
}

function endOfText({ text, at, bracket, lines }: Situation): Diagnosis | undefined {
  if (at < text.length) return undefined;
  if (bracket < 0) {
    return { start: 0, end: 0, message: 'The file is empty.', help: 'Write one JSON value into it, or remove it.' };
  }
  const end = text.trimEnd().length;
  return {
    start: end - 1,
    end,
    message: `The text ends here, and the \`${text[bracket]}\` at ${lines.place(bracket)} is not closed.`,
    help: 'The file may have been cut short: compare it with its source.',
  };
}

function tripleQuotes({ text, at, state }: Situation): Diagnosis | undefined {
  if (state > expected.firstKey || !text.startsWith('"""', at)) return undefined;
  const close = text.indexOf('"""', at + 3);
  const found = { start: at, end: at + 3, message: 'A text in triple quotes is not JSON.', help: devTools };
  return close < 0 ? found : { ...found, resume: close + 3 };
}

function malformedNumber({ text, at, state }: Situation): Diagnosis | undefined {
  // `01` and `0x10` come to notice at their second character, as something behind the number 0.
  const before = /-?\d[-+.\w]{0,400}$/.exec(text.slice(Math.max(0, at - 400), at))?.[0] ?? '';
  if (state > expected.firstElement && (state < expected.separator || before === '')) return undefined;
  const start = state > expected.firstElement ? at - before.length : at;
  const run = /^[-+.\d][-+.\w]*/.exec(text.slice(start, start + 1000))?.[0] ?? '';
  if (start + run.length <= at || foreignWords.has(run.slice(1))) return undefined;
  return { start, end: start + run.length, message: `${shown(run)} is not a number of JSON.`, help: numberHelp };
}

function foreignWord({ text, at, state }: Situation): Diagnosis | undefined {
  const word = /^[-+]?[a-zA-Z]+/.exec(text.slice(at, at + 12))?.[0] ?? '';
  const help = foreignWords.get(word.replace(/^[-+]/, ''));
  if (state > expected.firstElement || help === undefined) return undefined;
  const end = at + word.length;
  return { start: at, end, message: `${shown(word)} is not a value of JSON.`, help, resume: end };
}

function otherQuotes({ text, at, state }: Situation): Diagnosis | undefined {
  const found = /^['‘’“”`][^'‘’“”`\r\n]{0,200}['‘’“”`]?/.exec(text.slice(at, at + 202))?.[0];
  if (state > expected.firstKey || found === undefined) return undefined;
  const message = `${shown(found)} does not stand in double quotes.`;
  return { start: at, end: at + found.length, message, help: 'Write `"` on both sides.' };
}

function bareKey({ text, at, state }: Situation): Diagnosis | undefined {
  const key = /^[\p{L}_$][\p{L}\p{N}_$.-]*/u.exec(text.slice(at, at + 200))?.[0];
  if ((state !== expected.key && state !== expected.firstKey) || key === undefined) return undefined;
  const message = `The key ${shown(key)} does not stand in quotes.`;
  return { start: at, end: at + key.length, message, help: 'Write it in double quotes.' };
}

function request({ text, at, bracket }: Situation): Diagnosis | undefined {
  const line = /^(?:GET|PUT|POST|PATCH|DELETE|HEAD) [^\r\n]*/.exec(text.slice(at, at + 200))?.[0];
  if (text.slice(0, at).trim() !== '' || bracket >= 0 || line === undefined) return undefined;
  return { start: at, end: at + line.length, message: `${shown(line)} is a request, not JSON.`, help: devTools };
}

function anythingElse({ text, at, state, bracket, lines }: Situation): Diagnosis {
  const token = /^(?:[\w$.+-]+|"[^"\r\n]*"?|.)/su.exec(text.slice(at, at + 200))?.[0] ?? '';
  const code = token.codePointAt(0) ?? 0;
  const plain = code > 0x20 && code < 0x7f;
  const name = plain ? shown(token) : `The character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const open = bracket < 0 ? '' : `; the \`${text[bracket]}\` at ${lines.place(bracket)} is open`;
  const found = { start: at, end: at + token.length, message: `${name} stands ${wanted[state]}${open}.` };
  if (state !== expected.end) return found;
  return { ...found, help: 'A file holds one JSON value: remove what follows it, or give it a file of its own.' };
}
