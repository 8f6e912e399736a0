import { safe } from '../domain/safe.ts';

// What the runner of GitHub Actions takes for a command (actions/runner, src/Runner.Common/ActionCommand.cs): `::` at
// the start of a line, after any white space, and the older `##[` anywhere in it. Its comparison follows a culture, in
// which characters that are not drawn count for nothing, so they may stand between; colour codes before it may be
// stripped by whatever stands between us and the runner.
const command = /^((?:[\s\p{Default_Ignorable_Code_Point}]|\p{Cc}\[\d*m)*)(?=:\p{Default_Ignorable_Code_Point}*:)/u;
const oldCommand = /#\p{Default_Ignorable_Code_Point}*#\p{Default_Ignorable_Code_Point}*(?=\[)/gu;

/** Breaks what a runner would obey as a command, by a backslash: everything printed passes here but annotations. */
export function plainLine(line: string): string {
  return line.replace(command, '$1\\').replace(oldCommand, '$&\\');
}

/** The lines of a text, each printable, cut to `limit` UTF-16 units and without a command in it; tabs become spaces. */
export function plainLines(text: string, limit: number): string[] {
  return text.split(/\r\n|\r|\n/).map((line) => plainLine(safe(line.replaceAll('\t', '    '), limit)));
}

/** Joins lines to a text that ends with a line break, each without a command in it; no lines give an empty text. */
export function plainText(lines: readonly string[]): string {
  return lines.map((line) => `${plainLine(line)}\n`).join('');
}

const sgr = /\p{Cc}\[\d*m/gu;
const mark = /\p{M}/u;
// The blocks that terminals draw two columns wide: Hangul, CJK, full-width forms, emoji (Unicode East Asian Width W, F).
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a terminal needs for a text without controls; colour codes take none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text.replace(sgr, '')) width += mark.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

/** Fills a text with spaces to a number of columns. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Breaks a text at its spaces into lines of at most `width` columns; a longer word (a path) stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
