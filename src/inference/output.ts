import { isObject, member, type ObjectValue, step } from '../domain/document.ts';
import { type Aggregator, aggregators, aloneTree } from './aggregators.ts';
import type { Forest } from './forest.ts';
import type { Members } from './members.ts';

/** What a model says: a number, or the probability of each class. */
export interface Output {
  readonly target: 'regression' | 'classification';
  readonly aggregator: Aggregator;
  readonly aggregation: string;
  /** Factor of each tree. */
  readonly factors?: Float64Array;
  /** Names of the classes; their indexes where the model has none. */
  readonly labels: readonly string[];
  /** Factors of probabilities that give scores. */
  readonly classWeights?: Float64Array;
}

/** The body of a tree or an ensemble, and where it stands. */
export interface Trained {
  readonly type: 'tree' | 'ensemble';
  readonly body: ObjectValue;
  readonly pointer: string;
}

/** More classes than any detection has; each prediction takes as many numbers. */
const mostClasses = 10_000;

/** Reads what becomes of the leaves; undefined, and a problem, where Elasticsearch could not infer with it. */
export function readOutput(trained: Trained, forest: Forest, members: Members): Output | undefined {
  const { body, pointer } = trained;
  const target = targetOf(body, pointer, members);
  const aggregation = aggregationOf(trained, forest, members);
  if (target === undefined || aggregation === undefined) return undefined;
  const { name, place, aggregator, factors } = aggregation;
  const refuse = (at: string, message: string) => members.refuse(at, message);
  const common = { aggregator, aggregation: name, ...(factors === undefined ? {} : { factors }) };
  if (target === 'regression') {
    if (aggregator.value === undefined)
      return refuse(place, `\`${name}\` is for classification, the target type is regression.`);
    if (forest.width > 1 && aggregator.arrays !== true)
      return refuse(place, 'The leaves hold arrays, and a regression needs one number.');
    if (member(body, 'classification_labels') !== undefined || member(body, 'classification_weights') !== undefined)
      return refuse(pointer, 'Labels or weights of classes need the target type classification.');
    return { target, labels: [], ...common };
  }
  const { classes, probabilities } = aggregator;
  if (classes === undefined || probabilities === undefined)
    return refuse(place, `\`${name}\` is for regression, and the target type is classification.`);
  if (aggregator.indexes === true && forest.notWhole !== undefined)
    return refuse(forest.notWhole, 'The value of a leaf must be the index of a class: a whole number from 0 on.');
  if (classes > mostClasses)
    return refuse(place, `There are ${classes} classes, and at most ${mostClasses} are evaluated.`);
  if (aggregator.indexes === true && forest.highest >= classes)
    return refuse(place, `A leaf holds the class ${forest.highest}, and there are ${classes} classes.`);
  const labels =
    members.texts(body, 'classification_labels', pointer) ??
    Array.from({ length: classes }, (_, index) => String(index));
  if (labels.length !== classes)
    return refuse(step(pointer, 'classification_labels'), `There are ${labels.length} labels for ${classes} classes.`);
  const classWeights = numbersOf(body, 'classification_weights', pointer, members);
  if (classWeights !== undefined && classWeights.length !== classes)
    return refuse(
      step(pointer, 'classification_weights'),
      `There are ${classWeights.length} weights for ${classes} classes.`,
    );
  return { target, labels, ...common, ...(classWeights === undefined ? {} : { classWeights }) };
}

function targetOf(body: ObjectValue, pointer: string, members: Members): Output['target'] | undefined {
  const given = member(body, 'target_type') ?? 'regression';
  const word = typeof given === 'string' ? given.trim().toLowerCase() : '';
  if (word === 'regression' || word === 'classification') return word;
  return members.refuse(step(pointer, 'target_type'), '`target_type` must be regression or classification.');
}

function aggregationOf({ type, body, pointer }: Trained, forest: Forest, members: Members) {
  if (type === 'tree') return { name: 'tree', place: pointer, aggregator: aloneTree(forest) };
  const outer = step(pointer, 'aggregate_output');
  const given = member(body, 'aggregate_output') ?? { weighted_sum: {} };
  const [name = ''] = isObject(given) ? Object.keys(given) : [];
  const place = step(outer, name);
  const inner = member(given, name);
  const make = Object.hasOwn(aggregators, name) ? aggregators[name] : undefined;
  if (make === undefined || !isObject(inner))
    return members.refuse(outer, `\`aggregate_output\` must be an object of one aggregator.`);
  members.known(inner, place, name === 'weighted_mode' ? ['weights', 'num_classes'] : ['weights']);
  const weights = numbersOf(inner, 'weights', place, members);
  const classes = 'num_classes' in inner ? members.whole(inner, 'num_classes', place, 0) : undefined;
  if (classes !== undefined && classes < 2)
    return members.refuse(step(place, 'num_classes'), '`num_classes` must be 2 at least.');
  const all = { forest, ...(weights === undefined ? {} : { weights }), ...(classes === undefined ? {} : { classes }) };
  const aggregator = make(all);
  // Where leaves are indexes, weights count votes and change no value.
  const factors = weights === undefined || aggregator.indexes === true ? undefined : weights;
  return { name, place, aggregator, ...(factors === undefined ? {} : { factors }) };
}

function numbersOf(body: ObjectValue, key: string, pointer: string, members: Members): Float64Array | undefined {
  if (member(body, key) === undefined) return undefined;
  return Float64Array.from(members.list(body, key, pointer) ?? [], Number);
}
