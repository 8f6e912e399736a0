/**
 * The cells of one line of CSV (RFC 4180): separated by commas, quotes doubled inside quotes. A cell that goes on over
 * the end of its line is refused, so that one stray quote costs one line and not the file.
 * @returns the cells, or what is wrong, as the rest of a sentence
 */
export function csvCells(line: string): readonly string[] | string {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] !== '"') {
      const end = line.indexOf(',', at);
      const cell = end < 0 ? line.slice(at) : line.slice(at, end);
      if (cell.includes('"')) return `has a quote inside cell ${cells.length + 1}, which begins with none`;
      cells.push(cell);
      if (end < 0) return cells;
      at = end + 1;
      continue;
    }
    const { cell, end } = quotedCell(line, at + 1);
    if (end < 0) return `opens a quote in cell ${cells.length + 1} and does not close it`;
    cells.push(cell);
    if (end === line.length) return cells;
    if (line[end] !== ',') return `goes on behind the quotes of cell ${cells.length}`;
    at = end + 1;
  }
}

function quotedCell(line: string, start: number): { readonly cell: string; readonly end: number } {
  let cell = '';
  let from = start;
  for (;;) {
    const quote = line.indexOf('"', from);
    if (quote < 0) return { cell, end: -1 };
    cell += line.slice(from, quote);
    if (line[quote + 1] !== '"') return { cell, end: quote + 1 };
    cell += '"';
    from = quote + 2;
  }
}

/** A line of CSV; cells are quoted where they must be. */
export function csvLine(cells: readonly (string | number | boolean)[]): string {
  return cells
    .map((cell) => (/[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell))
    .join(',');
}
