import { refusal } from './exchange.ts';
import { type GoldenRow, type GoldenRows, goldenKey, goldenTable } from './golden.ts';
import { countsOf, type IngestTools } from './ingest-tools.ts';
import { at, type Json, type JsonObject, listOr, objectOr } from './json.ts';
import type { Fields } from './painless.ts';
import type { ModelState } from './stack.ts';

/**
 * What the processor `inference` writes: the golden row whose n-grams stand in the document under the names that the
 * model asks for, in the shape of a classification. Fields of another name find no row: a warning, and no prediction.
 */
export function inferred(fields: Fields, config: JsonObject, { stack, golden, counted }: IngestTools): Json {
  const id = String(config['model_id']);
  const model = stack.models.get(id);
  const counts = counted ? countsOf(stack.modelCounts, id) : undefined;
  if (counts !== undefined) counts.count += 1;
  if (model === undefined) {
    if (counts !== undefined) counts.failed += 1;
    throw refusal(404, 'resource_not_found_exception', `Could not find trained model [${id}]`);
  }
  const renamed = renamedFields(fields, objectOr(config['field_map'] ?? config['field_mappings']));
  const names = listOr(at(model.body, 'input', 'field_names')).map(String);
  const inputs = Object.fromEntries(
    names.flatMap((name) => (renamed[name] === undefined ? [] : [[name, renamed[name]]])),
  );
  if (Object.keys(inputs).length === 0) {
    if (counts !== undefined) counts.missing += 1;
    return { model_id: id, warning: `Model [${id}] could not be inferred as all fields were missing` };
  }
  const row = tableOf(id, model, golden).get(goldenKey(inputs));
  if (row === undefined) return { model_id: id, warning: 'stand-in: no golden row has these fields' };
  return classification(id, row.malicious_prediction, row.malicious_probability, objectOr(config['inference_config']));
}

const tables = new WeakMap<ModelState, Map<string, GoldenRow>>();

function tableOf(id: string, model: ModelState, golden: GoldenRows): Map<string, GoldenRow> {
  const names = listOr(at(model.body, 'input', 'field_names')).map(String);
  const table = tables.get(model) ?? goldenTable(golden, id, names);
  tables.set(model, table);
  return table;
}

/** A document's fields under the names that the model knows them by. */
function renamedFields(fields: Fields, map: JsonObject): Fields {
  const result: Fields = { ...fields };
  for (const [from, to] of Object.entries(map)) {
    const value = at(fields, ...from.split('.'));
    if (value === undefined) continue;
    delete result[from];
    result[String(to)] = value;
  }
  return result;
}

function classification(id: string, prediction: number, malicious: number, config: JsonObject): JsonObject {
  const options = objectOr(config['classification']);
  const asked = (value: number): Json => (options['prediction_field_type'] === 'number' ? value : String(value));
  const chances = [
    [1, malicious],
    [0, 1 - malicious],
  ] as const;
  const classes = [...chances]
    .sort(([, a], [, b]) => b - a)
    .map(([name, chance]) => ({ class_name: asked(name), class_probability: chance, class_score: chance }));
  const wanted = Number(options['num_top_classes'] ?? 0);
  const top = classes.slice(0, wanted < 0 ? classes.length : wanted);
  const chance = prediction === 1 ? malicious : 1 - malicious;
  return {
    ...(top.length === 0 ? {} : { [String(options['top_classes_results_field'] ?? 'top_classes')]: top }),
    [String(options['results_field'] ?? 'predicted_value')]: asked(prediction),
    prediction_probability: chance,
    prediction_score: chance,
    model_id: id,
  };
}
