import type { Finding } from '../../domain/diagnostic.ts';
import type { GoldenFile, GoldenJudgement, GoldenRow } from '../../domain/golden.ts';
import { type BundleModel, written, writtenNames } from '../bundle/bundle-model.ts';
import { Inputs } from './inputs.ts';
import { questionOf } from './row.ts';

/** How far a number of a row may lie from the model's (trained-models.md §4): engines differ in the last bits of `exp`. */
const tolerance = 1e-9;

/** What share of the leaves the rows are to reach. */
export interface WantedCoverage {
  readonly share: number;
  /** Somebody asked for it: then less is an error. */
  readonly asked: boolean;
}

interface Tally {
  readonly findings: Finding[];
  readonly reached: Uint8Array;
  readonly inputs: Inputs;
  rows: number;
  differing: number;
  largest: number;
}

/** Compares a model with the golden predictions of its bundle, row by row; says what differs, and how much they see. */
export async function judgeGolden(
  bundle: BundleModel,
  files: readonly GoldenFile[],
  wanted: WantedCoverage,
): Promise<GoldenJudgement> {
  const { leaves } = bundle.model.parts.forest;
  const tally: Tally = {
    findings: files.flatMap(({ findings }) => findings),
    reached: new Uint8Array(leaves),
    inputs: new Inputs(bundle.model),
    rows: 0,
    differing: 0,
    largest: 0,
  };
  for (const file of files) {
    const other = strangerOf(file, bundle);
    if (other !== undefined) tally.findings.push(other);
    for (const row of file.rows) await compare(file, row, bundle, tally);
  }
  const reached = tally.reached.reduce((sum, each) => sum + each, 0);
  const at = { file: files[0]?.path ?? '' };
  if (tally.rows > 0)
    tally.findings.push(...tally.inputs.findings(at, tally.rows), ...coverage(reached, leaves, wanted, at));
  const { rows, differing, largest } = tally;
  // First, so that it is told however many follow.
  const findings = differing > 0 ? [summary(tally, at), ...tally.findings] : tally.findings;
  return { findings, coverage: { rows, differing, largest, leaves, reached } };
}

/** A file of golden predictions begins with the id of the model that they are of. */
function strangerOf({ path }: GoldenFile, { model }: BundleModel): Finding | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const { id } = model.parts;
  if (name.startsWith(`${id}_`)) return undefined;
  const message = `The name of \`${name}\` does not begin with the id of the model, \`${id}\`.`;
  return { check: 'golden-model-mismatch', message, at: { file: path } };
}

async function compare(file: GoldenFile, row: GoldenRow, bundle: BundleModel, tally: Tally): Promise<void> {
  const at = async (pointer: string, part?: 'key') => {
    const span = await row.locate(pointer, part);
    return { file: file.path, ...(span === undefined ? {} : { span }) };
  };
  const question = questionOf(row, bundle);
  if (!('fields' in question)) {
    for (const { message, pointer, part, help } of question) {
      const told = help === undefined ? { message } : { message, help };
      const check = pointer === '/model_id' ? 'golden-model-mismatch' : 'golden-row-invalid';
      tally.findings.push({ check, ...told, at: await at(pointer, part) });
    }
    return;
  }
  const prediction = bundle.model.predict(question.fields, tally.reached, bundle.config);
  if (prediction.kind === 'warning') {
    const message = 'The row sets no input of the model, so it predicts nothing.';
    tally.findings.push({ check: 'golden-row-invalid', message, at: await at('') });
    return;
  }
  tally.rows += 1;
  tally.inputs.see(question.fields);
  const got = written(bundle, prediction);
  let differs = false;
  for (const [index, name] of writtenNames(bundle).entries()) {
    const [is, should] = [got[name], question.expected.get(name)];
    // A class has to be the same, though it may be written as a number.
    const measured = index > 0 || prediction.kind === 'regression';
    const far = measured && typeof is === 'number' && typeof should === 'number' ? Math.abs(is - should) : undefined;
    if (is === should || (far !== undefined && far <= tolerance)) continue;
    differs = true;
    tally.largest = Math.max(tally.largest, far ?? 0);
    const message = `\`${name}\` of \`${question.name}\` is ${text(should)} here, and the model gives ${text(is)}.`;
    tally.findings.push({ check: 'golden-mismatch', message, at: await at(`/${name}`) });
  }
  if (differs) tally.differing += 1;
}

function text(value: string | number | boolean | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function summary({ differing, rows, largest }: Tally, at: { readonly file: string }): Finding {
  const far = largest > 0 ? `, by ${largest.toPrecision(3)} at most` : '';
  return { check: 'golden-mismatch', message: `${differing} of ${rows} golden rows differ from the model${far}.`, at };
}

function coverage(
  reached: number,
  leaves: number,
  { share, asked }: WantedCoverage,
  at: { readonly file: string },
): Finding[] {
  if (reached >= share * leaves) return [];
  const message = `The golden rows reach ${reached} of ${leaves} leaves (${percent(reached / leaves)}); wanted are ${percent(share)}.`;
  return [{ check: 'golden-coverage-low', message, at, ...(asked ? { severity: 'error' as const } : {}) }];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
