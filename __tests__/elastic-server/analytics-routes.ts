import { acknowledged, bodyOf, type Exchange, type Refusal, type Reply, type Route, refusal } from './exchange.ts';
import { checkKeys, checkMlId } from './job-shape.ts';
import { at, isObject, type JsonObject } from './json.ts';
import { picked } from './picked.ts';
import type { AnalyticsState } from './stack.ts';

const list = '/_ml/data_frame/analytics';
const template = `${list}/{id}`;
const monitor = 'cluster:monitor/xpack/ml/data_frame/analytics';
const admin = 'cluster:admin/xpack/ml/data_frame/analytics';
const paging = ['allow_no_match', 'from', 'size'];
const reading = { action: `${monitor}/get`, query: [...paging, 'exclude_generated'], answer: readAnalytics };
const counting = { action: `${monitor}/stats/get`, query: [...paging, 'verbose'], answer: readStats };

/** Data-frame analytics. No real server answers these here: shapes and words are those of elastic.md §6.1. */
export const analyticsRoutes: readonly Route[] = [
  { method: 'GET', template: list, ...reading },
  { method: 'GET', template: `${list}/_stats`, ...counting },
  { method: 'GET', template, ...reading },
  { method: 'GET', template: `${template}/_stats`, ...counting },
  { method: 'PUT', template, action: `${admin}/put`, licensed: true, answer: putAnalytics },
  { method: 'POST', template: `${template}/_update`, action: `${admin}/update`, answer: updateAnalytics },
  { method: 'DELETE', template, action: `${admin}/delete`, query: ['force'], answer: deleteAnalytics },
  { method: 'POST', template: `${template}/_start`, action: `${admin}/start`, licensed: true, answer: startAnalytics },
  {
    method: 'POST',
    template: `${template}/_stop`,
    action: `${admin}/stop`,
    query: ['force', 'allow_no_match'],
    answer: stopAnalytics,
  },
];

const keys = `id source dest analysis analyzed_fields description model_memory_limit max_num_threads allow_lazy_start
  headers _meta`.split(/\s+/);

function missing(id: string): Refusal {
  return refusal(404, 'resource_not_found_exception', `No known data frame analytics with id [${id}]`);
}

function putAnalytics(exchange: Exchange): Reply {
  const { stack, params, now } = exchange;
  const id = params['id'] ?? '';
  const body = bodyOf(exchange);
  checkMlId('id', id);
  checkKeys('data_frame_analytics_config', body, keys);
  for (const key of ['source', 'dest', 'analysis']) {
    if (!isObject(body[key])) throw refusal(400, 'illegal_argument_exception', `[${key}] must not be null`);
  }
  if (at(body, 'source', 'index') === undefined || at(body, 'dest', 'index') === undefined)
    throw refusal(400, 'action_request_validation_exception', 'Validation Failed: 1: index must be set;');
  if (stack.analytics.has(id)) {
    const reason = `A data frame analytics with id [${id}] already exists`;
    throw refusal(400, 'resource_already_exists_exception', reason);
  }
  const source = body['source'] as JsonObject;
  const config: JsonObject = {
    model_memory_limit: '1gb',
    allow_lazy_start: false,
    max_num_threads: 1,
    ...body,
    id,
    source: { query: { match_all: {} }, ...source, index: [source['index'] ?? []].flat() },
    dest: { results_field: 'ml', ...(body['dest'] as JsonObject) },
  };
  const state: AnalyticsState = { config, createdAt: now().getTime(), status: 'stopped' };
  stack.analytics.set(id, state);
  return { status: 200, body: shown(state, exchange) };
}

function shown({ config, createdAt }: AnalyticsState, { version, query }: Exchange): JsonObject {
  return query.get('exclude_generated') === 'true'
    ? config
    : { ...config, create_time: createdAt, version: version.number };
}

function analyticsOf({ stack, params }: Exchange): [id: string, state: AnalyticsState] {
  const id = params['id'] ?? '';
  const state = stack.analytics.get(id);
  if (state === undefined) throw missing(id);
  return [id, state];
}

function readAnalytics(exchange: Exchange): Reply {
  const rows = picked(exchange.stack.analytics, exchange, missing).map(([, state]) => shown(state, exchange));
  return { status: 200, body: { count: rows.length, data_frame_analytics: rows } };
}

function readStats(exchange: Exchange): Reply {
  const rows = picked(exchange.stack.analytics, exchange, missing).map(([id, { status, progress = 0 }]) => ({
    id,
    state: status,
    progress: [{ phase: 'reindexing', progress_percent: progress }],
    data_counts: { training_docs_count: 0, test_docs_count: 0, skipped_docs_count: 0 },
    memory_usage: { peak_usage_bytes: 0, status: 'ok' },
    ...(status === 'failed' ? { failure_reason: 'the process died' } : {}),
  }));
  return { status: 200, body: { count: rows.length, data_frame_analytics: rows } };
}

function updateAnalytics(exchange: Exchange): Reply {
  const [id, state] = analyticsOf(exchange);
  const body = bodyOf(exchange);
  checkKeys('data_frame_analytics_config_update', body, [
    'description',
    'model_memory_limit',
    'allow_lazy_start',
    'max_num_threads',
    '_meta',
  ]);
  const harmless = Object.keys(body).every((key) => key === 'description' || key === '_meta');
  if (state.status !== 'stopped' && !harmless)
    throw refusal(409, 'status_exception', `Cannot update analytics [${id}] unless it's stopped`);
  const after = { ...state, config: { ...state.config, ...body } };
  exchange.stack.analytics.set(id, after);
  return { status: 200, body: shown(after, exchange) };
}

function deleteAnalytics(exchange: Exchange): Reply {
  const [id, { status }] = analyticsOf(exchange);
  if (status !== 'stopped' && exchange.query.get('force') !== 'true')
    throw refusal(
      409,
      'status_exception',
      `Cannot delete data frame analytics [${id}] while its status is [${status}]`,
    );
  exchange.stack.analytics.delete(id);
  return acknowledged;
}

function startAnalytics(exchange: Exchange): Reply {
  const [id, state] = analyticsOf(exchange);
  if (state.status === 'started')
    throw refusal(
      409,
      'status_exception',
      `Cannot start data frame analytics [${id}] because it has already been started`,
    );
  exchange.stack.analytics.set(id, { ...state, status: 'started' });
  return { status: 200, body: { acknowledged: true, node: 'node-id-0' } };
}

function stopAnalytics(exchange: Exchange): Reply {
  const { stack, query } = exchange;
  for (const [id, state] of picked(stack.analytics, exchange, missing)) {
    if (state.status === 'failed' && query.get('force') !== 'true')
      throw refusal(
        409,
        'status_exception',
        `cannot close data frame analytics [${id}] because it failed, use force stop instead`,
      );
    stack.analytics.set(id, { ...state, status: 'stopped' });
  }
  return { status: 200, body: { stopped: true } };
}
