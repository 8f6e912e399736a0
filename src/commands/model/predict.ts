import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { csvLine } from '../../formats/csv.ts';
import { type BundleModel, type Written, written, writtenNames } from '../../inference/bundle/bundle-model.ts';
import type { CommandResult } from '../../result.ts';
import type { Session } from '../../session.ts';
import { linesOf } from './lines.ts';
import { loadModel } from './load.ts';
import { type BadRow, formatOf, ofDomain, type Question, questions, type RowFormat, rowFormats } from './rows.ts';

/** Rows after which a person is told how far it is. */
const often = 10_000;
/** Rows that are kept where nobody takes them as they come: in the action. */
const kept = 10_000;

/** Asks a model of values that stand on the command line, or of rows that come as a stream. */
export async function predict(session: Session): Promise<CommandResult> {
  const { value, from } = session.inputs;
  if ((value === undefined) === (from === undefined)) {
    throw new Failure('usage', '`model predict` takes values, or `--from FILE` (`-` for standard input).');
  }
  const loaded = await loadModel(session);
  if ('answer' in loaded) return loaded.answer;
  return from === undefined ? ofValues(value ?? [], loaded.model) : await ofStream(session, from, loaded.model);
}

function ofValues(values: readonly string[], bundle: BundleModel): CommandResult {
  const rows = values.map((value, index) => answer(ofDomain(index + 1, value, bundle), bundle));
  const width = Math.max(...values.map((value) => safe(value, 80).length));
  const text = rows.map((row, index) => {
    const name = safe(values[index] ?? '', 80).padEnd(width);
    if ('error' in row) return `${name}  ${row.error}`;
    return `${name}  ${writtenNames(bundle)
      .map((key) => `${key} ${row.said[key] ?? 'none'}`)
      .join('  ')}`;
  });
  const failed = rows.some((row) => 'error' in row);
  return { subjects: [], result: { predictions: rows.map(plain) }, text, ...(failed ? { no: true as const } : {}) };
}

type Answer = (Question & { readonly said: Written }) | BadRow;

function answer(question: Question | BadRow, bundle: BundleModel): Answer {
  if ('error' in question) return question;
  const prediction = bundle.model.predict(question.fields, undefined, bundle.config);
  if (prediction.kind === 'warning') return { line: question.line, error: `${prediction.message}.` };
  return { ...question, said: written(bundle, prediction) };
}

/** A row of the answer: one that agrees with itself as a golden row. */
function plain(row: Answer): object {
  return 'error' in row ? { line: row.line, error: row.error } : { ...row.asked, ...row.said };
}

async function ofStream(session: Session, from: string, bundle: BundleModel): Promise<CommandResult> {
  const { host, inputs } = session;
  const given = rowFormats.find((format) => format === inputs.format);
  let format: RowFormat = given ?? 'lines';
  const pick = (first: string | undefined): RowFormat => {
    format = given ?? formatOf(from, first);
    return format;
  };
  const collected: string[] = [];
  const write = host.output ?? ((text: string) => void (collected.length < kept && collected.push(text.trimEnd())));
  let rows = 0;
  let bad = 0;
  for await (const question of questions(linesOf(host, from), bundle, pick)) {
    const row = answer(question, bundle);
    if (rows === 0 && format === 'csv') write(`${csvLine(['row', ...writtenNames(bundle), 'error'])}\n`);
    rows += 1;
    if ('error' in row) bad += 1;
    write(format === 'csv' ? `${csvLine(csvRow(row, bundle))}\n` : `${JSON.stringify(plain(row))}\n`);
    if (rows % often === 0) host.progress({ key: 'predict', text: `predict  ${rows} rows`, done: false });
  }
  const told = bad === 0 ? `${rows} rows` : `${rows} rows, of which ${bad} could not be predicted`;
  host.progress({ key: 'predict', text: `predict  ${told}`, done: true });
  const result = { rows, failed: bad };
  return {
    subjects: [],
    result,
    ...(collected.length > 0 ? { text: collected } : {}),
    ...(bad > 0 ? { no: true as const } : {}),
  };
}

/** The value or the number of the line, what is said, and what is wrong. */
function csvRow(row: Answer, bundle: BundleModel): (string | number | boolean)[] {
  const names = writtenNames(bundle);
  if ('error' in row) return [row.line, ...names.map(() => ''), row.error];
  const name = 'domain' in row.asked ? row.asked.domain : row.line;
  return [name, ...names.map((key) => row.said[key] ?? ''), ''];
}
