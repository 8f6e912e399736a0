import { isObject, member, type ObjectValue, type Value } from '../../domain/document.ts';
import { csvCells } from '../../formats/csv.ts';
import { readJson } from '../../formats/json/read.ts';
import type { BundleModel } from '../../inference/bundle/bundle-model.ts';
import type { Fields } from '../../inference/model.ts';
import { counted } from '../../reporters/measure.ts';
import type { InputLine } from './lines.ts';

/** How rows are written: a value a line, a JSON object a line, or CSV with a head. */
export const rowFormats = ['lines', 'ndjson', 'csv'] as const;
export type RowFormat = (typeof rowFormats)[number];

/** A row that can be asked: what it was, and the fields that the model is offered. */
export interface Question {
  readonly line: number;
  readonly asked: { readonly domain: string } | { readonly fields: ObjectValue };
  readonly fields: Fields;
}

/** Or what is wrong with it. */
export interface BadRow {
  readonly line: number;
  readonly error: string;
}

/** Brackets that a row may have open at once. */
const depth = 16;

/** The format that a name or the first line tells. */
export function formatOf(path: string, first: string | undefined): RowFormat {
  if (/\.csv$/i.test(path)) return 'csv';
  if (/\.(?:ndjson|jsonl)$/i.test(path)) return 'ndjson';
  return first?.trimStart().startsWith('{') === true ? 'ndjson' : 'lines';
}

/** Reads row after row. Blank lines are passed over. */
export async function* questions(
  lines: AsyncIterable<InputLine>,
  bundle: BundleModel,
  formatFor: (first: string | undefined) => RowFormat,
): AsyncGenerator<Question | BadRow> {
  let format: RowFormat | undefined;
  let head: readonly string[] | undefined;
  for await (const { number, text } of lines) {
    if (text === '') continue;
    format ??= formatFor(text);
    if (text === undefined) {
      yield { line: number, error: 'The line is not UTF-8, or longer than 1 MiB.' };
    } else if (format === 'csv' && head === undefined) {
      const cells = csvCells(text);
      if (typeof cells === 'string') {
        yield { line: number, error: `The head of the table ${cells}: no row can be read.` };
        return;
      }
      head = cells;
    } else if (format === 'lines') yield ofDomain(number, text, bundle);
    else if (format === 'csv') yield ofCells(number, text, head ?? [], bundle);
    else yield await ofJson(number, text, bundle);
  }
}

/** A value as the pipeline takes it. */
export function ofDomain(line: number, domain: string, { fields }: BundleModel): Question | BadRow {
  if (typeof fields !== 'string') return { line, asked: { domain }, fields: fields(domain) };
  return { line, error: `What becomes of a value is not known (${fields}): give its fields, {"fields": {…}}.` };
}

function ofFields(line: number, fields: ObjectValue): Question {
  return { line, asked: { fields }, fields };
}

async function ofJson(line: number, text: string, bundle: BundleModel): Promise<Question | BadRow> {
  const { document, findings } = await readJson(Buffer.from(text), '', { depth });
  const [finding] = findings;
  if (document === undefined) {
    const column = finding?.at?.span?.column;
    return {
      line,
      error: `${column === undefined ? '' : `Column ${column}: `}${finding?.message ?? 'This is no JSON.'}`,
    };
  }
  const { value } = document;
  const [domain, fields] = [member(value, 'domain'), member(value, 'fields')];
  if (typeof domain === 'string' && fields === undefined) return ofDomain(line, domain, bundle);
  if (isObject(fields) && domain === undefined) return ofFields(line, fields);
  return { line, error: 'The row must be an object with `domain`, a text, or `fields`, an object.' };
}

function ofCells(line: number, text: string, head: readonly string[], bundle: BundleModel): Question | BadRow {
  const cells = csvCells(text);
  if (typeof cells === 'string') return { line, error: `The line ${cells}.` };
  if (cells.length !== head.length)
    return { line, error: `The line has ${counted(cells.length, 'cell')}, the head ${head.length}.` };
  const at = head.indexOf('domain');
  if (at >= 0) return ofDomain(line, cells[at] ?? '', bundle);
  const { inputs } = bundle.model.parts;
  const fields: { [name: string]: Value } = {};
  for (const [index, name] of head.entries()) {
    const cell = cells[index] ?? '';
    if (inputs.includes(name) && cell !== '') fields[name] = cell;
  }
  return ofFields(line, fields);
}
