import { isArray, isObject, member, type ObjectValue, step, type Value } from '../domain/document.ts';
import { cut, datum } from './datum.ts';
import { FaultLog } from './tree-faults.ts';
import { type WalkState, walkTree } from './tree-walk.ts';

/** An object of one key that names its type (trained-models.md §1). */
interface Choice {
  readonly what: string;
  readonly types: readonly string[];
}

const models: Choice = { what: 'a trained model', types: ['tree', 'ensemble'] };
// Engines disagree about the order of features in an ensemble within an ensemble (trained-models.md §2).
const parts: Choice = { what: 'a model of an ensemble', types: ['tree'] };
const aggregators: Choice = {
  what: 'an aggregator',
  types: ['weighted_sum', 'weighted_mode', 'logistic_regression', 'exponent'],
};

const logs = new WeakMap<object, FaultLog>();

/**
 * What is wrong with the trees of a model: one walk for all checks that ask.
 * @param definition the object that holds `trained_model`; anything else has no trees to look at
 */
export function faultsOf(definition: Value): FaultLog {
  const faults = new FaultLog();
  if (!isObject(definition)) return faults;
  const known = logs.get(definition);
  if (known !== undefined) return known;
  logs.set(definition, faults);
  const trained = member(definition, 'trained_model');
  const state: WalkState = { faults };
  const only = trained === undefined ? undefined : onlyPart(trained, '/trained_model', models, faults);
  if (only?.type === 'tree') walkTree(only.body, only.pointer, state);
  if (only?.type === 'ensemble') walkEnsemble(only.body, only.pointer, state);
  return faults;
}

/** The body of such an object; undefined, and a fault, where it is none of the choice. */
function onlyPart(value: Value, pointer: string, { what, types }: Choice, faults: FaultLog) {
  const keys = isObject(value) ? Object.keys(value) : [];
  const [type = ''] = keys;
  const wanted = `${what} is an object with one key: ${types.map((name) => `\`${name}\``).join(', ')}`;
  const unsupported = (place: string, found: string, part?: 'key') => {
    const fault = { pointer: place, message: `This ${found}; ${wanted}.` };
    faults.add('model-type-unsupported', () => (part === undefined ? fault : { ...fault, part }));
  };
  if (!isObject(value)) unsupported(pointer, `is ${datum(value)}`);
  else if (keys.length !== 1) unsupported(pointer, `has ${keys.length} keys`);
  else if (!types.includes(type)) unsupported(step(pointer, type), `is of the type \`${cut(type)}\``, 'key');
  else return bodyOf(value, pointer, type, unsupported);
  return undefined;
}

function bodyOf(value: ObjectValue, pointer: string, type: string, unsupported: (at: string, found: string) => void) {
  const body = member(value, type);
  const place = step(pointer, type);
  if (isObject(body)) return { type, body, pointer: place };
  unsupported(place, `is ${datum(body ?? null)}`);
  return undefined;
}

function walkEnsemble(ensemble: ObjectValue, pointer: string, state: WalkState): void {
  const trees = member(ensemble, 'trained_models');
  if (!isArray(trees) || trees.length === 0) {
    const place = trees === undefined ? pointer : step(pointer, 'trained_models');
    const found = trees === undefined ? 'none' : datum(trees);
    const message = `An ensemble needs an array of trees, \`trained_models\`, and has ${found}.`;
    state.faults.add('model-type-unsupported', () => ({ pointer: place, message }));
    return;
  }
  for (const [index, item] of trees.entries()) {
    const only = onlyPart(item, step(step(pointer, 'trained_models'), index), parts, state.faults);
    if (only !== undefined) walkTree(only.body, only.pointer, state);
  }
  lookAtAggregator(ensemble, pointer, trees.length, state.faults);
  const labels = member(ensemble, 'classification_labels');
  const place = step(pointer, 'classification_weights');
  const weights = member(ensemble, 'classification_weights');
  if (weights !== undefined) {
    lookAtWeights(weights, place, isArray(labels) ? [labels.length, 'labels'] : undefined, state.faults);
  }
}

/** Without an aggregator Elasticsearch adds the trees up; without weights each tree weighs 1. */
function lookAtAggregator(ensemble: ObjectValue, pointer: string, trees: number, faults: FaultLog): void {
  const aggregate = member(ensemble, 'aggregate_output');
  if (aggregate === undefined) return;
  const only = onlyPart(aggregate, step(pointer, 'aggregate_output'), aggregators, faults);
  const weights = member(only?.body, 'weights');
  if (only !== undefined && weights !== undefined) {
    lookAtWeights(weights, step(only.pointer, 'weights'), [trees, 'trees'], faults);
  }
}

function lookAtWeights(weights: Value, pointer: string, per: [number, string] | undefined, faults: FaultLog): void {
  if (!isArray(weights)) {
    const message = `Weights must be an array of numbers, and are ${datum(weights)}.`;
    faults.add('tree-weights-length', () => ({ pointer, message }));
    return;
  }
  if (per !== undefined && weights.length !== per[0]) {
    const message = `There are ${weights.length} weights for ${per[0]} ${per[1]}.`;
    faults.add('tree-weights-length', () => ({ pointer, message }));
  }
  for (const [index, weight] of weights.entries()) {
    if (Number.isFinite(weight)) continue;
    const message = () => `A weight must be a finite number, and this one is ${datum(weight)}.`;
    faults.add('tree-number-not-finite', () => ({ pointer: step(pointer, index), message: message() }));
  }
}
