import { faultsOf } from '../checks/model-trees.ts';
import { type TreeCheck, treeChecks } from '../checks/tree-faults.ts';
import { isArray, isObject, member, type ObjectValue, step, type Value } from '../domain/document.ts';
import { type InferenceConfig, readConfig } from './inference-config.ts';
import { Members } from './members.ts';
import { Model } from './model.ts';
import { type Output, readOutput, type Trained } from './output.ts';
import { readPreprocessors } from './preprocessors/read.ts';
import type { ModelProblem } from './problem.ts';
import { readForest, type TreeBody } from './read-forest.ts';
import { Slots } from './slots.ts';

/** A model that can be asked, or why there is none. */
export type Compiled = { readonly model: Model } | { readonly problems: readonly ModelProblem[] };

const ensembleKeys = ['feature_names', 'trained_models', 'aggregate_output', 'target_type'];
const classKeys = ['classification_labels', 'classification_weights'];

/**
 * Makes a model of a body of `PUT _ml/trained_models/<id>`: a tree or an ensemble of trees with its preprocessors.
 * Whatever else Elasticsearch may know is refused by its JSON pointer.
 * @param opened what its `compressed_definition` holds, where it has one
 */
export function compileModel(body: Value, opened?: Value): Compiled {
  const problems: ModelProblem[] = [];
  const members = new Members((pointer, message) => {
    problems.push({ pointer, message });
    return undefined;
  });
  const definition = member(body, 'definition') ?? opened;
  const root = member(body, 'definition') === undefined ? '/compressed_definition' : '/definition';
  if (!isObject(body) || !isObject(definition)) {
    return { problems: [{ pointer: '', message: 'The model has no definition that could be read.' }] };
  }
  const faults = treeChecks.flatMap((check: TreeCheck) => faultsOf(definition).of(check).first);
  if (faults.length > 0) {
    return { problems: faults.map(({ pointer, message }) => ({ pointer: `${root}${pointer}`, message })) };
  }
  members.known(definition, root, ['preprocessors', 'trained_model']);
  const trained = trainedOf(definition, root);
  if (trained === undefined) return { problems: [{ pointer: root, message: 'There is no `trained_model` here.' }] };
  const slots = new Slots();
  const inputs = inputsOf(body, members);
  const inputSlots = inputs.map((name) => slots.of(name));
  const preprocessors = readPreprocessors(definition, root, slots, members);
  if (trained.type === 'ensemble') members.known(trained.body, trained.pointer, [...ensembleKeys, ...classKeys]);
  const forest = readForest(treesOf(trained), slots, members);
  const output = readOutput(trained, forest, members);
  const config = configOf(body, output, members);
  if (output === undefined || config === undefined || problems.length > 0) return { problems };
  const id = String(member(body, 'model_id') ?? '');
  const parts = { id, inputs, inputSlots, preprocessors, forest, output, config, slots: slots.size };
  return { model: new Model(parts) };
}

function trainedOf(definition: ObjectValue, root: string): Trained | undefined {
  const given = member(definition, 'trained_model');
  const type = member(given, 'tree') === undefined ? 'ensemble' : 'tree';
  const body = member(given, type);
  return isObject(body) ? { type, body, pointer: `${root}/trained_model/${type}` } : undefined;
}

function treesOf({ type, body, pointer }: Trained): TreeBody[] {
  if (type === 'tree') return [{ body, pointer }];
  const list = member(body, 'trained_models');
  const place = step(pointer, 'trained_models');
  return (isArray(list) ? list : []).flatMap((value, index) => {
    const tree = member(value, 'tree');
    return isObject(tree) ? [{ body: tree, pointer: `${step(place, index)}/tree` }] : [];
  });
}

/** The fields that are offered to the model: no other reaches its definition. */
function inputsOf(body: ObjectValue, members: Members): readonly string[] {
  const input = members.object(body, 'input', '');
  const names = input === undefined ? undefined : members.texts(input, 'field_names', '/input');
  if (input !== undefined && (names === undefined || names.length === 0)) {
    members.refuse('/input', 'The `input` of the model must list a field at least in `field_names`.');
  }
  return [...new Set(names ?? [])];
}

function configOf(body: ObjectValue, output: Output | undefined, members: Members): InferenceConfig | undefined {
  if (output === undefined) return undefined;
  const given = member(body, 'inference_config');
  if (given === undefined) return members.refuse('', 'The model has no `inference_config`.');
  return readConfig(given, '/inference_config', output, members);
}
