import { basename, join, resolve } from 'node:path';
import type { Bundle } from '../../domain/bundle.ts';
import type { ObjectValue } from '../../domain/document.ts';
import type { GoldenFile } from '../../domain/golden.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { goldenEntries } from '../../formats/golden.ts';
import { type BundleModel, written, writtenNames } from '../../inference/bundle/bundle-model.ts';
import type { CommandResult } from '../../result.ts';
import type { Session } from '../../session.ts';
import { writeWhole } from '../../stores/durable.ts';
import { linesOf } from './lines.ts';
import { formatOf, questions, rowFormats } from './rows.ts';

/** A file that is to be written, and how many of its rows are not as they were. */
interface Draft {
  readonly file: string;
  readonly lines: readonly string[];
  readonly changed: number;
}

/**
 * Writes what the model says: into the golden files of the bundle, row by row as they stand, or of new values
 * (`--from`) into `<model id>_golden.jsonl`. Nothing is written where a row cannot be.
 * @throws Failure `usage` where the bundle is a zip, or has no golden rows and none are given
 */
export async function writeGolden(session: Session, bundle: Bundle, model: BundleModel): Promise<CommandResult> {
  if (bundle.source === 'zip') {
    throw new Failure('usage', `${safe(bundle.path, 1000)} is a zip: golden predictions are written into a folder.`);
  }
  const { from } = session.inputs;
  const defects: string[] = [];
  const drafts = from === undefined ? await again(bundle, model, defects) : [await anew(session, from, model, defects)];
  if (defects.length > 0) {
    return {
      subjects: [],
      no: true,
      text: ['Nothing was written:', ...defects.slice(0, 20).map((each) => `  ${each}`)],
    };
  }
  const folder = resolve(session.host.cwd, session.inputs.model ?? '');
  for (const { file, lines } of drafts) await writeWhole(join(folder, file), `${lines.join('\n')}\n`);
  const text = drafts.map(
    ({ file, lines, changed }) => `${file}: ${lines.length} rows, ${changed} of them new or changed`,
  );
  return {
    subjects: [],
    result: { files: drafts.map(({ file, lines, changed }) => ({ file, rows: lines.length, changed })) },
    text,
  };
}

async function again(bundle: Bundle, model: BundleModel, defects: string[]): Promise<Draft[]> {
  const files = await goldenEntries(bundle);
  if (files.length === 0) {
    throw new Failure('usage', `\`${safe(bundle.name)}\` has no golden rows yet: name values with \`--from FILE\`.`);
  }
  return files.map((file) => rewritten(file, model, defects));
}

function rewritten({ path, rows, findings }: GoldenFile, model: BundleModel, defects: string[]): Draft {
  for (const { message, at } of findings) defects.push(`${path}:${at?.span?.line}: ${message}`);
  let changed = 0;
  const lines = rows.map(({ line, value }) => {
    const [domain, fields] = [value['domain'], value['fields']];
    const text = typeof domain === 'string' ? domain : undefined;
    const asked = text === undefined ? fields : typeof model.fields === 'string' ? undefined : model.fields(text);
    const prediction = model.model.predict((asked ?? {}) as ObjectValue, undefined, model.config);
    if (prediction.kind === 'warning') {
      defects.push(
        `${path}:${line}: ${typeof model.fields === 'string' && text !== undefined ? model.fields : prediction.message}`,
      );
      return '';
    }
    const old = Object.fromEntries(
      Object.entries(value).filter(([key]) => ['domain', 'fields', 'model_id'].includes(key)),
    );
    const said = written(model, prediction);
    if (writtenNames(model).some((name) => said[name] !== value[name])) changed += 1;
    return JSON.stringify({ ...old, ...said });
  });
  return { file: path, lines, changed };
}

async function anew({ host, inputs }: Session, from: string, model: BundleModel, defects: string[]): Promise<Draft> {
  const lines: string[] = [];
  const given = rowFormats.find((format) => format === inputs.format);
  const name = from === '-' ? 'standard input' : basename(from);
  for await (const row of questions(linesOf(host, from), model, (first) => given ?? formatOf(from, first))) {
    if ('error' in row) {
      defects.push(`${name}:${row.line}: ${row.error}`);
      continue;
    }
    const prediction = model.model.predict(row.fields, undefined, model.config);
    if (prediction.kind === 'warning') defects.push(`${name}:${row.line}: ${prediction.message}`);
    else lines.push(JSON.stringify({ ...row.asked, ...written(model, prediction) }));
  }
  if (lines.length === 0 && defects.length === 0) defects.push(`${name} holds no value`);
  return { file: `${model.model.parts.id}_golden.jsonl`, lines, changed: lines.length };
}
