import type { Excerpt } from '../domain/report.ts';
import { safe } from '../domain/safe.ts';
import type { Paint, Tone } from './colour.ts';
import { displayWidth } from './line.ts';

const numberWidth = 5;

/**
 * The lines of an excerpt with their numbers, the last one underlined. Lines longer than the space (a minified file is
 * one line) are shown through one window around the underlined part.
 * @param space columns for all of it, numbers included
 */
export function excerptLines(excerpt: Excerpt, space: number, tone: Tone, paint: Paint): string[] {
  const last = excerpt.lines.at(-1);
  if (last === undefined) return [];
  const width = Math.max(20, space - numberWidth - 3);
  const { start, length } = excerpt.underline;
  const longest = Math.max(...excerpt.lines.map(({ text }) => text.length));
  // A third of the window stands before the datum: enough to see its key.
  const from = longest <= width ? 0 : Math.max(0, Math.min(start - Math.floor(width / 3), last.text.length - width));

  const gutter = (label: string) => paint('dim', `${label.padStart(numberWidth)} │`);
  const rows = excerpt.lines.map(({ number, text }) => `${gutter(String(number))} ${cut(text, from, width)}`.trimEnd());
  const before = displayWidth((from > 0 ? '…' : '') + printable(last.text.slice(from, start)));
  const visible = last.text.slice(start, Math.min(start + length, from + width));
  const underline = '~'.repeat(Math.max(1, displayWidth(printable(visible))));
  return [...rows, `${gutter('')} ${' '.repeat(before)}${paint(tone, underline)}`];
}

function cut(text: string, from: number, width: number): string {
  const head = from > 0 ? '…' : '';
  const tail = text.length > from + width ? '…' : '';
  return head + printable(text.slice(from, from + width)) + tail;
}

// A tab would move the underline by a width that only the terminal knows.
function printable(text: string): string {
  return safe(text.replaceAll('\t', '  '), Number.POSITIVE_INFINITY);
}
