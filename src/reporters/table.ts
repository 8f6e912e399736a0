import type { Rows } from './budget.ts';

/** The two lines that open a table of GitHub Flavored Markdown. */
export function tableHead(titles: readonly string[]): string {
  return `${tableRow(titles)}${tableRow(titles.map(() => '---'))}`;
}

/** One row, with its line break. Cells are escaped before: none holds a `|` or a line break. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** A part of the page that opens at a click. */
export function folded(title: string, content: string): string {
  return `<details>\n<summary>${title}</summary>\n\n${content}\n</details>\n\n`;
}

/** A table that opens at a click, of which rows may be left out. */
export function foldedTable(title: string, titles: readonly string[], rows: readonly string[]): Rows {
  return {
    head: `<details>\n<summary>${title}</summary>\n\n${tableHead(titles)}`,
    rows,
    tail: '\n</details>\n\n',
    leftOut: leftOutOf('row'),
  };
}

/** A sentence that says how many of something are missing for want of room. */
export function leftOutOf(noun: string): (count: number) => string {
  return (count) =>
    `\n_${count} more ${noun}${count === 1 ? ' is' : 's are'} left out here: the size of this page is limited. The JSON report holds them all._\n\n`;
}
