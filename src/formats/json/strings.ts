import type { Collector, Words } from '../collector.ts';
import type { Units } from '../text.ts';
import { shown } from './syntax.ts';

const shortEscapes: Readonly<Record<number, string>> = {
  8: '\\b',
  9: '\\t',
  12: '\\f',
};

interface Defect extends Words {
  readonly start: number;
  readonly end: number;
}

/** The offset of the first unit that ends a plain run inside a string: a quote, a backslash, a control character. */
export function plainEnd(units: Units, start: number): number {
  let at = start;
  for (let unit = units[at] ?? 0; unit >= 0x20 && unit !== 0x22 && unit !== 0x5c; unit = units[at] ?? 0) at += 1;
  return at;
}

/** Reports (`json-syntax`) the first defect of a string that the scanner refused. */
export function stringDefect(text: string, start: number, collector: Collector): void {
  const defect = firstDefect(text, start);
  collector.add('json-syntax', defect.start, defect.end, () => defect);
}

function firstDefect(text: string, start: number): Defect {
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a || unit === 0x0d) {
      const help = 'Close the string, and write a line break inside it as `\\n`.';
      return { start, end: at, message: 'This string has no closing quote on its line.', help };
    }
    if (unit < 0x20) return controlCharacter(unit, at);
    if (unit === 0x5c) {
      const known = /^\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/.exec(text.slice(at, at + 6));
      if (known === null) return wrongEscape(text, at);
      at += known[0].length - 1;
    }
  }
  return { start, end: text.length, message: 'This string has no closing quote.', help: 'Close the string with `"`.' };
}

function controlCharacter(unit: number, at: number): Defect {
  const name = `U+${unit.toString(16).toUpperCase().padStart(4, '0')}`;
  const write = shortEscapes[unit] ?? `\\u${unit.toString(16).padStart(4, '0')}`;
  const message = `The control character ${name} stands raw inside a string.`;
  return { start: at, end: at + 1, message, help: `Write \`${write}\` instead.` };
}

function wrongEscape(text: string, at: number): Defect {
  const unicode = text[at + 1] === 'u';
  const end = Math.min(text.length, at + (unicode ? 6 : 2));
  return {
    start: at,
    end,
    message: `${shown(text.slice(at, end))} is no escape of JSON.`,
    help: unicode
      ? 'Write four hexadecimal digits behind `\\u`.'
      : 'Write a backslash as `\\\\`; JSON knows `\\" \\\\ \\/ \\b \\f \\n \\r \\t` and `\\u0000`.',
  };
}
