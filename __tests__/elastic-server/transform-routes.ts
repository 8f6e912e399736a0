import { acknowledged, bodyOf, type Exchange, type Refusal, type Reply, type Route, refusal } from './exchange.ts';
import { matching } from './feeding.ts';
import { checkKeys } from './job-shape.ts';
import { at, isObject, type JsonObject, listOr, objectOr } from './json.ts';
import { picked } from './picked.ts';
import { newIndex, type TransformState } from './stack.ts';

const list = '/_transform';
const template = `${list}/{id}`;
const monitor = 'cluster:monitor/transform';
const admin = 'cluster:admin/transform';
const paging = ['allow_no_match', 'from', 'size'];
const reading = { action: `${monitor}/get`, query: [...paging, 'exclude_generated'], answer: readTransforms };
const counting = { action: `${monitor}/stats/get`, query: paging, answer: readStats };
const writing = ['defer_validation'];

/** Transforms. No real server answers these here: shapes and words are those of Elasticsearch's sources and documents. */
export const transformRoutes: readonly Route[] = [
  { method: 'GET', template: list, ...reading },
  { method: 'GET', template: `${list}/_stats`, ...counting },
  { method: 'GET', template, ...reading },
  { method: 'GET', template: `${template}/_stats`, ...counting },
  { method: 'PUT', template, action: `${admin}/put`, query: writing, answer: putTransform },
  { method: 'POST', template: `${template}/_update`, action: `${admin}/update`, query: writing, answer: update },
  { method: 'DELETE', template, action: `${admin}/delete`, query: ['force', 'delete_dest_index'], answer: remove },
  { method: 'POST', template: `${template}/_start`, action: `${admin}/start`, query: ['from'], answer: start },
  {
    method: 'POST',
    template: `${template}/_stop`,
    action: `${admin}/stop`,
    query: ['force', 'allow_no_match', 'wait_for_completion', 'wait_for_checkpoint'],
    answer: stop,
  },
];

const idPattern = /^[a-z0-9](?:[a-z0-9_\-.]*[a-z0-9])?$/;
const keys = 'id source dest frequency sync pivot latest description settings retention_policy _meta'.split(' ');
const updatable = keys.filter((key) => !['id', 'pivot', 'latest'].includes(key));
const spans: readonly (readonly [number, string])[] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'm'],
];

function missing(id: string): Refusal {
  return refusal(404, 'resource_not_found_exception', `Transform with id [${id}] could not be found`);
}

function putTransform(exchange: Exchange): Reply {
  const { stack, params, now, query, version } = exchange;
  const id = params['id'] ?? '';
  const body = bodyOf(exchange);
  checkKeys('data_frame_transform_config', body, keys);
  if (!idPattern.test(id) || id.length > 64) {
    const reason = `Validation Failed: 1: Transform id [${id}] must be lowercase alphanumeric;`;
    throw refusal(400, 'action_request_validation_exception', reason);
  }
  if ((body['pivot'] === undefined) === (body['latest'] === undefined))
    throw refusal(400, 'illegal_argument_exception', 'Transform configuration must specify exactly 1 function');
  for (const key of ['source', 'dest'])
    if (!isObject(body[key])) throw refusal(400, 'illegal_argument_exception', `Required [${key}]`);
  if (stack.transforms.has(id))
    throw refusal(400, 'resource_already_exists_exception', `Transform with id [${id}] already exists`);
  if (query.get('defer_validation') !== 'true') checkSources(exchange, body);
  const config = { ...configOf(body), id };
  stack.transforms.set(id, { config, createdAt: now().getTime(), version: version.number, status: 'stopped' });
  return acknowledged;
}

/** With what the server adds, and spans in its own words. */
function configOf(body: JsonObject): JsonObject {
  const source = objectOr(body['source']);
  const pivot = body['pivot'];
  const { aggs, ...rest } = objectOr(pivot);
  return {
    settings: {},
    ...body,
    ...(body['frequency'] === undefined ? {} : { frequency: span(String(body['frequency'])) }),
    source: { query: { match_all: {} }, ...source, index: [source['index'] ?? []].flat() },
    ...(body['sync'] === undefined ? {} : { sync: { time: timed(objectOr(at(body, 'sync', 'time'))) } }),
    ...(pivot === undefined ? {} : { pivot: aggs === undefined ? rest : { ...rest, aggregations: aggs } }),
  };
}

function timed(time: JsonObject): JsonObject {
  return { ...time, delay: span(String(time['delay'] ?? '60s')) };
}

/** A span as `TimeValue.getStringRep` writes it: the largest unit without a remainder. */
function span(text: string): string {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * ({ s: 1, m: 60, h: 3600, d: 86400 }[unit ?? 's'] ?? 1);
  const [size, word] = spans.find(([of]) => seconds > 0 && seconds % of === 0) ?? [1, 's'];
  return `${seconds / size}${word}`;
}

/** What is asked at the start, and before that where it is not deferred. */
function checkSources({ stack }: Exchange, config: JsonObject): void {
  const absent = listOr([at(config, 'source', 'index') ?? []].flat()).find((name) => {
    return typeof name === 'string' && !/[*:]/.test(name) && !stack.indices.has(name);
  });
  if (absent !== undefined) {
    const reason = `Validation Failed: 1: no such index [${String(absent)}];`;
    throw refusal(400, 'validation_exception', reason);
  }
  const pipeline = at(config, 'dest', 'pipeline');
  if (typeof pipeline === 'string' && !stack.pipelines.has(pipeline)) {
    const reason = `Validation Failed: 1: Pipeline with id [${pipeline}] could not be found;`;
    throw refusal(400, 'validation_exception', reason);
  }
}

function transformOf({ stack, params }: Exchange): [id: string, state: TransformState] {
  const id = params['id'] ?? '';
  const state = stack.transforms.get(id);
  if (state === undefined) throw missing(id);
  return [id, state];
}

function readTransforms(exchange: Exchange): Reply {
  const rows = picked(exchange.stack.transforms, exchange, missing).map(([, { config, createdAt, version }]) => ({
    ...config,
    create_time: createdAt,
    version,
  }));
  return { status: 200, body: { count: rows.length, transforms: rows } };
}

function readStats(exchange: Exchange): Reply {
  const { stack } = exchange;
  const rows = picked(stack.transforms, exchange, missing).map(([id, { status, checkpoint = 0, config }]) => {
    const indices = listOr([at(config, 'source', 'index') ?? []].flat());
    const read = status === 'started' ? matching(stack, indices, objectOr(at(config, 'source', 'query'))).length : 0;
    return {
      id,
      state: status,
      ...(status === 'failed' ? { reason: 'the search failed' } : {}),
      stats: { documents_processed: read, documents_indexed: Math.min(read, 1), index_failures: 0, search_failures: 0 },
      checkpointing: { last: { checkpoint } },
      ...(exchange.version.types ? {} : { health: { status: status === 'failed' ? 'red' : 'green' } }),
    };
  });
  return { status: 200, body: { count: rows.length, transforms: rows } };
}

function update(exchange: Exchange): Reply {
  const [id, state] = transformOf(exchange);
  const body = bodyOf(exchange);
  checkKeys('data_frame_transform_config_update', body, updatable);
  const { retention_policy: policy, ...rest } = body;
  const { retention_policy: before, ...own } = state.config;
  const kept = policy === undefined ? before : policy;
  const merged = { ...own, ...rest, ...(kept === undefined || kept === null ? {} : { retention_policy: kept }) };
  const after = { ...state, config: { ...configOf(merged), id } };
  exchange.stack.transforms.set(id, after);
  return { status: 200, body: after.config };
}

function remove(exchange: Exchange): Reply {
  const [id, { status }] = transformOf(exchange);
  if (status !== 'stopped' && exchange.query.get('force') !== 'true') {
    const reason = `Cannot delete transform [${id}] as the task is running. Stop the task first`;
    throw refusal(409, 'status_exception', reason);
  }
  exchange.stack.transforms.delete(id);
  return acknowledged;
}

function start(exchange: Exchange): Reply {
  const [id, state] = transformOf(exchange);
  if (state.status === 'started')
    throw refusal(409, 'status_exception', `Cannot start transform [${id}] as it is already started.`);
  checkSources(exchange, state.config);
  const filled = String(at(state.config, 'dest', 'index'));
  if (!exchange.stack.indices.has(filled)) exchange.stack.indices.set(filled, newIndex({}, {}));
  exchange.stack.transforms.set(id, { ...state, status: 'started' });
  return acknowledged;
}

function stop(exchange: Exchange): Reply {
  const { stack, query } = exchange;
  for (const [id, state] of picked(stack.transforms, exchange, missing)) {
    if (state.status === 'failed' && query.get('force') !== 'true') {
      const reason = `Unable to stop transform [${id}] as it is in a failed state. Use force stop to stop the transform.`;
      throw refusal(409, 'status_exception', reason);
    }
    // Without waiting the answer comes while it is still at work.
    const waits = query.get('wait_for_completion') === 'true';
    stack.transforms.set(id, { ...state, status: waits || state.status === 'stopped' ? 'stopped' : 'stopping' });
  }
  return acknowledged;
}
