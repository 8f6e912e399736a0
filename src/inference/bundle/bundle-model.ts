import type { Bundle, Entry } from '../../domain/bundle.ts';
import { compileModel } from '../compile.ts';
import { type InferenceConfig, readConfig } from '../inference-config.ts';
import { Members } from '../members.ts';
import type { Fields, Model, Prediction } from '../model.ts';
import type { ModelProblem } from '../problem.ts';
import { pipelineOf } from './pipeline.ts';

/** The model of a bundle, asked as its pipeline asks it. */
export interface BundleModel {
  readonly entry: Entry;
  readonly model: Model;
  readonly config: InferenceConfig;
  /** The fields that a value becomes; a reason where only `fields` can be given. */
  readonly fields: ((value: string) => Fields) | string;
  /** Whether the pipeline writes `malicious_probability` in the place of the top classes. */
  readonly reduces: boolean;
}

/** Or why there is none. */
export type BundleModelReading =
  | { readonly found: BundleModel }
  | { readonly none: string }
  | { readonly refused: readonly (ModelProblem & { readonly file: string })[] };

/** The model of a file that stands alone: no pipeline makes fields of a value for it. */
export function loneModel(entry: Entry): BundleModelReading {
  if (entry.document === undefined) {
    return { none: `\`${entry.path}\` cannot be read (${entry.unreadable ?? 'it was not opened'})` };
  }
  const compiled = compileModel(entry.document.value, entry.openedDefinition);
  if ('problems' in compiled) return { refused: compiled.problems.map((each) => ({ ...each, file: entry.path })) };
  const { model } = compiled;
  return {
    found: { entry, model, config: model.parts.config, fields: 'a model alone has no pipeline', reduces: false },
  };
}

/** The members by which a prediction is written into a row or a document. */
export type Written = { readonly [name: string]: string | number | boolean };

/** The one model of a bundle. */
export function bundleModel(bundle: Bundle): BundleModelReading {
  const roles = bundle.kind?.roles.filter(({ format }) => format === 'elastic-model').map(({ id }) => id) ?? [];
  const [entry, ...more] = bundle.entries.filter(({ role }) => role !== undefined && roles.includes(role));
  if (entry === undefined) return { none: roles.length === 0 ? 'the kind has no Elastic model' : 'there is no model' };
  if (more.length > 0) return { none: `there are ${more.length + 1} models` };
  const reading = loneModel(entry);
  if (!('found' in reading)) return reading;
  const { model } = reading.found;
  const { config: own, output, id } = model.parts;
  const pipeline = pipelineOf(bundle, id);
  const { place } = pipeline;
  const problems: ModelProblem[] = [];
  const members = new Members((pointer, message) => {
    problems.push({ pointer, message });
    return undefined;
  });
  const config = readConfig(pipeline.config, place?.pointer ?? '', output, members, own);
  if (problems.length > 0) return { refused: problems.map((each) => ({ ...each, file: place?.file ?? entry.path })) };
  const { fields } = pipeline;
  return { found: { entry, model, config, fields, reduces: pipeline.reduces } };
}

/** The names of what is written: the class or the number, and the probability that stands beside it. */
export function writtenNames({ model, config, reduces }: BundleModel): readonly string[] {
  if (model.parts.output.target === 'regression') return [config.resultsField];
  return [config.resultsField, reduces ? 'malicious_probability' : 'prediction_probability'];
}

/** A prediction under the names that the bundle's pipeline gives it; a probability that it would not write is absent. */
export function written(bundle: BundleModel, prediction: Exclude<Prediction, { kind: 'warning' }>): Written {
  const [name = '', probability = ''] = writtenNames(bundle);
  if (prediction.kind === 'regression') return { [name]: prediction.value };
  const { classes } = prediction;
  const [first] = classes;
  const shown = bundle.config.topClasses < 0 ? classes : classes.slice(0, bundle.config.topClasses);
  // The script takes the entry of the class that is the number 1, where it is among the top classes.
  const share = bundle.reduces ? shown.find(({ label }) => label === 1) : first;
  return {
    [name]: first?.label ?? '',
    ...(share === undefined ? {} : { [probability]: share.probability }),
  };
}
