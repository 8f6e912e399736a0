import type { Finding } from '../domain/diagnostic.ts';
import type { LabelledRow, LabelledSet } from '../domain/evaluation.ts';
import { csvCells } from './csv.ts';

const check = 'label-row-invalid';
const columns = ['value', 'label', 'family'];

/**
 * Reads a labelled set: CSV whose head names `value` and `label`, and `family` where it has one.
 * @param line gives a line of the file (1-based), undefined behind the last
 */
export function readLabels(path: string, sha256: string, line: (number: number) => string | undefined): LabelledSet {
  const rows: LabelledRow[] = [];
  const findings: Finding[] = [];
  const fault = (number: number, message: string): void => {
    const endColumn = (line(number) ?? '').length + 1;
    const span = { line: number, column: 1, endLine: number, endColumn };
    findings.push({ check, message, at: { file: path, span } });
  };
  const head = csvCells(line(1) ?? '');
  const wrong = headDefect(head);
  if (wrong !== undefined || typeof head === 'string') {
    fault(1, wrong ?? 'The head is no line of CSV.');
    return { path, sha256, rows, findings };
  }
  for (let number = 2, text = line(2); text !== undefined; number += 1, text = line(number)) {
    if (text === '') {
      if (line(number + 1) !== undefined) fault(number, 'The line is empty.');
      continue;
    }
    const cells = csvCells(text);
    if (typeof cells === 'string') fault(number, `The line ${cells}.`);
    else if (cells.length !== head.length)
      fault(number, `The line has another number of cells (${cells.length}) than the head (${head.length}).`);
    else rows.push(rowOf(number, head, cells));
  }
  return { path, sha256, rows, findings };
}

function headDefect(head: readonly string[] | string): string | undefined {
  if (typeof head === 'string') return `The head ${head}.`;
  const missing = ['value', 'label'].filter((name) => !head.includes(name));
  const strange = head.filter((name, index) => !columns.includes(name) || head.indexOf(name) !== index);
  if (missing.length === 0 && strange.length === 0) return undefined;
  const what =
    missing.length > 0 ? `has no column \`${missing[0]}\`` : `has \`${strange[0]}\`, which is no column, or twice`;
  return `The head must be value,label or value,label,family, and ${what}.`;
}

function rowOf(line: number, head: readonly string[], cells: readonly string[]): LabelledRow {
  const of = (name: string): string => cells[head.indexOf(name)] ?? '';
  const family = head.includes('family') ? of('family') : '';
  return { line, value: of('value'), label: of('label'), ...(family === '' ? {} : { family }) };
}
