import { nearest } from '../../checks/near.ts';
import { isObject, member, step, type Value } from '../../domain/document.ts';
import type { GoldenRow } from '../../domain/golden.ts';
import { type BundleModel, writtenNames } from '../bundle/bundle-model.ts';
import type { Fields } from '../model.ts';

/** A defect of a row, at a pointer inside it. */
export interface RowDefect {
  readonly message: string;
  readonly pointer: string;
  readonly part?: 'key';
  readonly help?: string;
}

/** A row that can be compared: what the model is asked, and what it is to say. */
export interface GoldenQuestion {
  /** How a message names it. */
  readonly name: string;
  readonly fields: Fields;
  readonly expected: ReadonlyMap<string, string | number | boolean>;
}

/** Reads a row against the model of its bundle. */
export function questionOf(row: GoldenRow, bundle: BundleModel): GoldenQuestion | readonly RowDefect[] {
  const names = writtenNames(bundle);
  const defects = [...keyDefects(row, names), ...modelDefects(row, bundle)];
  const asked = fieldsOf(row, bundle);
  if ('defects' in asked) return [...defects, ...asked.defects];
  const expected = new Map<string, string | number | boolean>();
  for (const name of names) {
    const value = member(row.value, name);
    const defect = valueDefect(value, name, name === names[0], bundle);
    if (defect !== undefined) defects.push(defect);
    else if (isScalar(value)) expected.set(name, value);
  }
  return defects.length > 0 ? defects : { ...asked, expected };
}

function isScalar(value: Value | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function keyDefects({ value }: GoldenRow, names: readonly string[]): RowDefect[] {
  const known = ['domain', 'fields', 'model_id', ...names];
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = nearest(key, known);
      const help = near === undefined ? `A row has: ${known.join(', ')}.` : `Did you mean \`${near}\`?`;
      return {
        message: `\`${key}\` is no member of a golden row.`,
        pointer: step('', key),
        part: 'key' as const,
        help,
      };
    });
}

function modelDefects({ value }: GoldenRow, { model }: BundleModel): RowDefect[] {
  const id = member(value, 'model_id');
  if (id === undefined || id === model.parts.id) return [];
  const shown = typeof id === 'string' ? `\`${id}\`` : 'something else than a text';
  return [
    { message: `The row is for the model ${shown}, and the bundle holds \`${model.parts.id}\`.`, pointer: '/model_id' },
  ];
}

function fieldsOf({ value }: GoldenRow, bundle: BundleModel) {
  const domain = member(value, 'domain');
  const fields = member(value, 'fields');
  const fail = (message: string, pointer: string, help?: string) => ({
    defects: [{ message, pointer, ...(help === undefined ? {} : { help }) }],
  });
  if (domain !== undefined && fields !== undefined) return fail('A row has `domain` or `fields`, not both.', '/fields');
  if (domain === undefined && fields === undefined) return fail('The row has neither `domain` nor `fields`.', '');
  if (domain !== undefined) {
    if (typeof domain !== 'string') return fail('`domain` must be a text.', '/domain');
    if (typeof bundle.fields === 'string') {
      const help = 'Give the fields that the model is offered: `{"fields": {…}, …}`.';
      return fail(`What the pipeline makes of a domain is not known here: ${bundle.fields}.`, '/domain', help);
    }
    return { name: domain, fields: bundle.fields(domain) };
  }
  if (!isObject(fields)) return fail('`fields` must be an object.', '/fields');
  const { inputs } = bundle.model.parts;
  const strange = Object.keys(fields).filter(
    (name) => !inputs.some((input) => input === name || input.startsWith(`${name}.`)),
  );
  if (strange.length === 0) return { name: 'the row', fields };
  return {
    defects: strange.map((name) => {
      const near = nearest(name, inputs);
      const message = `\`${name}\` is no input of the model: it never reaches it.`;
      const help = near === undefined ? 'Inputs are those of `input.field_names`.' : `Did you mean \`${near}\`?`;
      return { message, pointer: step('/fields', name), part: 'key' as const, help };
    }),
  };
}

/** Whether a prediction of that type could be there at all. */
function valueDefect(
  value: Value | undefined,
  name: string,
  isPrediction: boolean,
  bundle: BundleModel,
): RowDefect | undefined {
  if (value === undefined) return { message: `The row does not say \`${name}\`.`, pointer: '' };
  const wrong = (wanted: string) => ({ message: `\`${name}\` must be ${wanted}.`, pointer: step('', name) });
  if (!isPrediction) {
    const share = typeof value === 'number' && value >= 0 && value <= 1;
    return share ? undefined : wrong('a probability: a number from 0 to 1');
  }
  if (bundle.model.parts.output.target === 'regression')
    return typeof value === 'number' ? undefined : wrong('a number');
  const { fieldType } = bundle.config;
  return typeof value === fieldType ? undefined : wrong(`a ${fieldType}, as the pipeline writes it`);
}
