import { gzipSync } from 'node:zlib';
import { mayLearn, shownCounts } from './cluster-routes.ts';
import { acknowledged, bodyOf, type Exchange, type Reply, type Route, refusal } from './exchange.ts';
import { requireShards } from './index-shape.ts';
import { fits, isObject, type Json, type JsonObject, listOr, objectOr, without } from './json.ts';
import { checkModel, definitionOf } from './model-check.ts';
import { referredModels } from './pipeline-routes.ts';
import type { Counts, ModelState } from './stack.ts';

const template = '/_ml/trained_models/{id}';
const list = ['allow_no_match', 'from', 'size', 'tags'];
const read = {
  action: 'cluster:monitor/xpack/ml/inference/get',
  query: [...list, 'include', 'decompress_definition', 'exclude_generated', 'include_model_definition'],
  answer: readModels,
};
const stats = {
  action: 'cluster:monitor/xpack/ml/inference/stats/get',
  query: list,
  answer: readStats,
};

/** Trained models. No real server answers these here: the shapes are those of elastic.md §6.1. */
export const modelRoutes: readonly Route[] = [
  { method: 'GET', template: '/_ml/trained_models', ...read },
  { method: 'GET', template: '/_ml/trained_models/_stats', ...stats },
  { method: 'GET', template, ...read },
  { method: 'GET', template: `${template}/_stats`, ...stats },
  {
    method: 'PUT',
    template,
    action: 'cluster:admin/xpack/ml/inference/put',
    query: ['defer_definition_decompression', 'wait_for_completion'],
    licensed: true,
    answer: putModel,
  },
  {
    method: 'DELETE',
    template,
    action: 'cluster:admin/xpack/ml/inference/delete',
    query: ['force'],
    answer: deleteModel,
  },
];

function putModel(exchange: Exchange): Reply {
  const { stack, params, now } = exchange;
  const id = params['id'] ?? '';
  checkModel(exchange, id);
  requireShards(stack, '.ml-inference-000005');
  if (stack.models.has(id)) {
    const reason = `Trained machine learning model [${id}] already exists`;
    throw refusal(400, 'resource_already_exists_exception', reason);
  }
  const state = { body: without(bodyOf(exchange), ['model_id']), createdAt: now().getTime() };
  stack.models.set(id, state);
  return { status: 200, body: shown(id, state, exchange, false) };
}

function shown(id: string, { body, createdAt }: ModelState, { version, query }: Exchange, whole: boolean): JsonObject {
  const bare = without(body, ['definition', 'compressed_definition']);
  const added = {
    created_by: 'api_user',
    version: version.number,
    create_time: createdAt,
    [version.types ? 'estimated_heap_memory_usage_bytes' : 'model_size_bytes']: 1024,
    estimated_operations: 0,
    license_level: 'platinum',
    ...(version.types ? {} : { model_type: 'tree_ensemble' }),
  };
  return {
    model_id: id,
    tags: [],
    ...bare,
    inference_config: defaulted(objectOr(body['inference_config'])),
    ...(query.get('exclude_generated') === 'true' ? {} : added),
    ...(whole ? definitionShown(id, body, query.get('decompress_definition') !== 'false') : {}),
  };
}

/** The definition as it was written, or unpacked; a server that parsed it gives every node all its fields. */
function definitionShown(id: string, body: JsonObject, unpacked: boolean): JsonObject {
  const { compressed_definition: compressed } = body;
  if (!unpacked && typeof compressed === 'string') return { compressed_definition: compressed };
  const definition = completed(definitionOf(id, body));
  if (unpacked) return { definition };
  return { compressed_definition: gzipSync(JSON.stringify(definition)).toString('base64') };
}

function completed(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => completed(item));
  if (!isObject(value)) return value;
  const rest = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, completed(inner)]));
  if (value['node_index'] === undefined) return rest;
  const inner = value['left_child'] === undefined ? {} : { decision_type: 'lte', default_left: false };
  return { number_samples: 0, ...inner, ...rest };
}

/** What the server adds to an inference configuration. */
function defaulted(config: JsonObject): JsonObject {
  const common = { results_field: 'predicted_value', num_top_feature_importance_values: 0 };
  const more = { num_top_classes: 0, top_classes_results_field: 'top_classes', prediction_field_type: 'string' };
  return Object.fromEntries(
    Object.entries(config).map(([kind, inner]) => [
      kind,
      { ...common, ...(kind === 'classification' ? more : {}), ...objectOr(inner) },
    ]),
  );
}

/** One page of the models that are asked for: 100 of them where no other number is. */
function page({ stack, params, query }: Exchange): [count: number, rows: [string, ModelState][]] {
  const pattern = params['id'] ?? '*';
  const asked = pattern === '_all' ? ['*'] : pattern.split(',');
  const tag = query.get('tags');
  const found = [...stack.models]
    .filter(
      ([id, { body }]) => asked.some((one) => fits(id, one)) && (tag === null || listOr(body['tags']).includes(tag)),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const missing = asked.find((one) => !found.some(([id]) => fits(id, one)));
  if (missing !== undefined && (query.get('allow_no_match') === 'false' || !missing.includes('*')))
    throw refusal(404, 'resource_not_found_exception', `No known trained model with model_id [${missing}]`);
  const from = Number(query.get('from') ?? 0);
  return [found.length, found.slice(from, from + Number(query.get('size') ?? 100))];
}

function readModels(exchange: Exchange): Reply {
  const { query } = exchange;
  const included = query.get('include')?.split(',').includes('definition') === true;
  const whole = included || query.get('include_model_definition') === 'true';
  const [count, rows] = page(exchange);
  if (whole && rows.length > 1)
    throw refusal(
      400,
      'status_exception',
      'Getting model definition is not supported when getting more than one model',
    );
  const configs = rows.map(([id, state]) => shown(id, state, exchange, whole));
  return { status: 200, body: { count, trained_model_configs: configs } };
}

async function readStats(exchange: Exchange): Promise<Reply> {
  const { stack, now } = exchange;
  const pipelines = await exchange.pipelines();
  const [count, rows] = page(exchange);
  const none: Counts = { count: 0, failed: 0, missing: 0 };
  const trained = rows.map(([id]) => {
    const counts = stack.modelCounts.get(id) ?? none;
    const users = [...pipelines].filter(([, pipeline]) => referredModels([pipeline]).has(id)).map(([name]) => name);
    const ingest = Object.fromEntries(users.map((name) => [name, shownCounts(stack.pipelineCounts.get(name) ?? none)]));
    return {
      model_id: id,
      pipeline_count: users.length,
      ...(users.length === 0 ? {} : { ingest: { total: shownCounts(counts), pipelines: ingest } }),
      inference_stats: {
        failure_count: counts.failed,
        inference_count: counts.count,
        cache_miss_count: 0,
        missing_all_fields_count: counts.missing,
        timestamp: now().getTime(),
      },
    };
  });
  return { status: 200, body: { count, trained_model_stats: trained } };
}

async function deleteModel(exchange: Exchange): Promise<Reply> {
  const { stack, params, query, version, path } = exchange;
  const id = params['id'] ?? '';
  if (query.has('force') && !version.modelForce) {
    const reason = `request [${path}] contains unrecognized parameter: [force]`;
    throw refusal(400, 'illegal_argument_exception', reason);
  }
  const used = referredModels((await exchange.pipelines()).values()).has(id);
  if (used && query.get('force') !== 'true') {
    const hint = version.modelForce ? '; use force to delete the model' : '';
    const reason = `Cannot delete model [${id}] as it is still referenced by ingest processors${hint}`;
    throw refusal(409, 'status_exception', reason);
  }
  if (!stack.models.delete(id))
    throw refusal(404, 'resource_not_found_exception', `Could not find trained model [${id}]`);
  stack.modelCounts.delete(id);
  return acknowledged;
}

/** The 403 of a licence without machine learning. */
export function licenceProblem({ stack }: Exchange): ReturnType<typeof refusal> | undefined {
  if (mayLearn(stack.license) && stack.machineLearning.available) return undefined;
  const reason = 'current license is non-compliant for [ml]';
  return refusal(403, 'security_exception', reason, { 'license.expired.feature': 'ml' });
}
