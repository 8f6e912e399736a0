import { Refusal, refusal } from './exchange.ts';
import { inferred } from './inference.ts';
import { countsOf, type IngestTools } from './ingest-tools.ts';
import { at, isObject, type Json, type JsonObject, listOr, objectOr } from './json.ts';
import { CannotRun, conditionHolds, type Fields, programOf } from './painless.ts';
import type { Counts } from './stack.ts';

/** A document on its way. */
export interface Journey {
  fields: Fields;
  ingest: Fields;
  dropped: boolean;
}

/** A document before its first pipeline. */
export function journeyOf(source: JsonObject): Journey {
  return { fields: { ...source }, ingest: { timestamp: new Date().toISOString() }, dropped: false };
}

/**
 * Sends a document through a pipeline.
 * @throws Refusal as the real server answers it, CannotRun for a script that the stand-in does not know
 */
export function run(
  journey: Journey,
  id: string,
  pipeline: JsonObject,
  tools: IngestTools,
  above: readonly string[],
): void {
  const counts = tools.counted ? countsOf(tools.stack.pipelineCounts, id) : undefined;
  if (counts !== undefined) counts.count += 1;
  try {
    rescued(journey, listOr(pipeline['processors']), listOr(pipeline['on_failure']), id, tools, [...above, id]);
  } catch (error) {
    if (counts !== undefined) counts.failed += 1;
    throw error;
  }
}

/** Runs processors; when one fails, those for that case take over. */
function rescued(
  journey: Journey,
  processors: readonly Json[],
  onFailure: readonly Json[],
  id: string,
  tools: IngestTools,
  above: readonly string[],
): void {
  let type = '';
  let tag = '';
  try {
    for (const processor of processors) {
      if (journey.dropped) return;
      const [name = '', config = null] = Object.entries(objectOr(processor))[0] ?? [];
      [type, tag] = [name, String(at(config, 'tag') ?? '')];
      step(journey, type, objectOr(config), id, tools, above);
    }
  } catch (error) {
    if (!(error instanceof Refusal) || onFailure.length === 0) throw error;
    const before = journey.ingest;
    journey.ingest = {
      ...before,
      on_failure_message: error.message,
      on_failure_processor_type: type,
      on_failure_processor_tag: tag,
      on_failure_pipeline: id,
    };
    rescued(journey, onFailure, [], id, { ...tools, rescuing: true }, above);
    journey.ingest = before;
  }
}

function step(
  journey: Journey,
  type: string,
  config: JsonObject,
  id: string,
  tools: IngestTools,
  above: readonly string[],
): void {
  const condition = config['if'];
  if (typeof condition === 'string' && !conditionHolds(condition, journey.fields, tools.programs)) return;
  const own = listOr(config['on_failure']);
  if (own.length > 0) {
    const { on_failure: _, if: __, ...bare } = config;
    rescued(journey, [{ [type]: bare }], own, id, tools, above);
    return;
  }
  const counts = tools.counted && tools.rescuing !== true ? processorCounts(id, type, config, tools) : undefined;
  if (counts !== undefined) counts.count += 1;
  try {
    effect(journey, type, config, tools, above);
  } catch (error) {
    if (counts !== undefined) counts.failed += 1;
    if (!(error instanceof Refusal) || config['ignore_failure'] !== true) throw error;
  }
}

function processorCounts(id: string, type: string, { tag, name }: JsonObject, { stack }: IngestTools): Counts {
  const own = stack.processorCounts.get(id) ?? new Map<string, Counts>();
  stack.processorCounts.set(id, own);
  const more = tag ?? (type === 'pipeline' ? name : undefined);
  return countsOf(own, typeof more === 'string' ? `${type}:${more}` : type);
}

function effect(
  journey: Journey,
  type: string,
  config: JsonObject,
  tools: IngestTools,
  above: readonly string[],
): void {
  const { fields } = journey;
  switch (type) {
    case 'set':
      put(fields, String(config['field']), filled(config['value'] ?? null, journey));
      return;
    case 'remove':
      for (const field of [config['field'] ?? []].flat() as Json[]) drop(fields, String(field));
      return;
    case 'fail':
      throw refusal(500, 'fail_processor_exception', String(filled(config['message'] ?? '', journey)));
    case 'drop':
      journey.dropped = true;
      return;
    case 'script':
      programOf(sourceOf(config, tools), tools.programs)(fields, objectOr(config['params']));
      return;
    case 'pipeline':
      through(journey, String(config['name']), tools, above);
      return;
    case 'inference':
      put(fields, String(config['target_field'] ?? 'ml.inference'), inferred(fields, config, tools));
      return;
    default:
      throw new CannotRun(`the stand-in does not run the processor ${type}`);
  }
}

function through(journey: Journey, name: string, tools: IngestTools, above: readonly string[]): void {
  const pipeline = tools.pipelines.get(name);
  if (pipeline === undefined)
    throw refusal(500, 'illegal_state_exception', `Pipeline processor configured for non-existent pipeline [${name}]`);
  if (above.includes(name)) throw refusal(500, 'illegal_state_exception', `Cycle detected for pipeline: ${name}`);
  run(journey, name, pipeline, { ...tools, rescuing: false }, above);
}

function sourceOf(config: JsonObject, { stack }: IngestTools): string {
  const { source, id } = config;
  if (typeof source === 'string') return source;
  const stored = stack.scripts.get(String(id));
  if (stored === undefined)
    throw refusal(404, 'resource_not_found_exception', `unable to find script [${String(id)}] in cluster state`);
  return String(stored['source']);
}

/** A text with its `{{ }}` filled in from the document and from `_ingest`. */
function filled(value: Json, { fields, ingest }: Journey): Json {
  if (typeof value !== 'string') return value;
  return value.replaceAll(/\{\{\{?\s*([\w.@]+)\s*\}?\}\}/g, (_, path: string) => {
    const [first, ...rest] = path.split('.');
    const found = first === '_ingest' ? at(ingest, ...rest) : at(fields, ...path.split('.'));
    return found === undefined || found === null ? '' : String(found);
  });
}

/** Sets a field of a document by its dotted path. */
function put(fields: Fields, path: string, value: Json): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) fields[first] = value;
  else {
    const inner: Fields = { ...objectOr(fields[first]) };
    put(inner, rest.join('.'), value);
    fields[first] = inner;
  }
}

function drop(fields: Fields, path: string): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) delete fields[first];
  else if (isObject(fields[first])) {
    const inner: Fields = { ...fields[first] };
    drop(inner, rest.join('.'));
    fields[first] = inner;
  }
}
