import { type Refusal, refusal } from './exchange.ts';
import { isObject, type Json, type JsonObject, listOr } from './json.ts';
import { compileRefusal } from './painless.ts';
import type { ServerVersion } from './version.ts';

/** What a pipeline may name. */
export interface Known {
  readonly scripts: ReadonlyMap<string, JsonObject>;
  readonly version: ServerVersion;
  /** Enrich policies by name: whether each was executed. */
  readonly policies: ReadonlyMap<string, { readonly executed: boolean }>;
}

interface Shape {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const everywhere = ['if', 'tag', 'on_failure', 'ignore_failure', 'description'];

/** Processors whose properties are checked; those that no bundle of ours has are taken as they come. */
const shapes: Readonly<Record<string, Shape | undefined>> = {
  set: { required: ['field'], optional: ['value', 'override', 'ignore_empty_value', 'copy_from', 'media_type'] },
  remove: { required: ['field'], optional: ['ignore_missing'] },
  rename: { required: ['field', 'target_field'], optional: ['ignore_missing', 'override'] },
  lowercase: { required: ['field'], optional: ['ignore_missing', 'target_field'] },
  append: { required: ['field', 'value'], optional: ['allow_duplicates'] },
  fail: { required: ['message'], optional: [] },
  drop: { required: [], optional: [] },
  pipeline: { required: ['name'], optional: ['ignore_missing_pipeline'] },
  foreach: { required: ['field', 'processor'], optional: ['ignore_missing'] },
  script: { required: [], optional: ['id', 'source', 'lang', 'params'] },
  inference: {
    required: ['model_id'],
    optional: ['target_field', 'field_map', 'field_mappings', 'inference_config'],
  },
};

const unchecked = `bytes circle community_id convert csv date date_index_name dissect dot_expander enrich fingerprint
  geoip grok gsub html_strip join json kv network_direction redact registered_domain reroute set_security_user sort split
  terminate trim uppercase uri_parts urldecode user_agent`.split(/\s+/);

/**
 * Checks a pipeline as PUT and an inline `_simulate` do: the shape of what we know, and scripts, which are compiled.
 * Whether another pipeline or a model is there is not asked, as the real server does not (measured on 7.10.2).
 */
export function checkPipeline(id: string, body: JsonObject, known: Known): void {
  if (body['processors'] === undefined) throw missing('processors');
  for (const processor of listOr(body['processors'])) checkProcessor(processor, known);
  const onFailure = body['on_failure'];
  if (onFailure !== undefined && listOr(onFailure).length === 0)
    throw refusal(400, 'parse_exception', `pipeline [${id}] cannot have an empty on_failure option defined`);
  for (const processor of listOr(onFailure)) checkProcessor(processor, known);
  const keys = ['description', 'version', 'processors', 'on_failure'];
  const { version } = known;
  const taken = version.pipelineMeta ? [...keys, '_meta', 'deprecated', 'field_access_pattern'] : keys;
  refuseOthers(`pipeline [${id}]`, body, taken, {});
}

function checkProcessor(processor: Json, known: Known): void {
  if (!isObject(processor)) throw refusal(400, 'parse_exception', "property isn't a map");
  for (const [type, config] of Object.entries(processor)) {
    const shape = shapes[type];
    const more = { processor_type: type };
    const elastics = known.version.opensearch && ['inference', 'enrich'].includes(type);
    if (elastics || (shape === undefined && !unchecked.includes(type)))
      throw refusal(400, 'parse_exception', `No processor type exists with name [${type}]`, more);
    if (!isObject(config)) throw refusal(400, 'parse_exception', `[${type}] property isn't a map`, more);
    for (const inner of listOr(config['on_failure'])) checkProcessor(inner, known);
    if (shape !== undefined) {
      for (const name of shape.required) if (config[name] === undefined) throw missing(name, more);
      refuseOthers(`processor [${type}]`, config, [...everywhere, ...shape.required, ...shape.optional], more);
    }
    if (type === 'set' && config['value'] === undefined && config['copy_from'] === undefined)
      throw missing('value', more);
    if (type === 'script') checkScript(config, known, more);
    if (type === 'inference' && config['inference_config'] === undefined && !known.version.inferenceConfigOptional)
      throw missing('inference_config', more);
    if (type === 'enrich' && known.policies.get(String(config['policy_name']))?.executed !== true) {
      // A fault of the server's own by its status; the pipeline is not stored.
      const reason = `no enrich index exists for policy with name [${String(config['policy_name'])}]`;
      throw refusal(500, 'exception', `java.lang.IllegalArgumentException: ${reason}`, more);
    }
    if (type === 'foreach') checkProcessor(config['processor'] ?? null, known);
    raise(typeof config['if'] === 'string' ? compileRefusal(config['if'], more) : undefined);
  }
}

function checkScript(config: JsonObject, { scripts }: Known, more: JsonObject): void {
  const { id, source, lang } = config;
  if (typeof source === 'string') {
    raise(compileRefusal(source, more));
    return;
  }
  if (typeof id !== 'string')
    throw refusal(
      400,
      'illegal_argument_exception',
      'must specify either [source] for an inline script or [id] for a stored script',
      more,
    );
  if (lang !== undefined)
    throw refusal(400, 'illegal_argument_exception', 'illegally specified <lang> for a stored script', more);
  const stored = scripts.get(id);
  if (stored === undefined)
    throw refusal(404, 'resource_not_found_exception', `unable to find script [${id}] in cluster state`, more);
  raise(compileRefusal(String(stored['source']), more));
}

function raise(problem: Refusal | undefined): void {
  if (problem !== undefined) throw problem;
}

function missing(property: string, more: JsonObject = {}): Refusal {
  return refusal(400, 'parse_exception', `[${property}] required property is missing`, {
    property_name: property,
    ...more,
  });
}

function refuseOthers(what: string, config: JsonObject, taken: readonly string[], more: JsonObject): void {
  const others = Object.keys(config).filter((key) => !taken.includes(key));
  if (others.length === 0) return;
  const reason = `${what} doesn't support one or more provided configuration parameters [${others.join(', ')}]`;
  throw refusal(400, 'parse_exception', reason, more);
}
