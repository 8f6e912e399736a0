import { acknowledged, bodyOf, type Exchange, type Refusal, type Reply, type Route, refusal } from './exchange.ts';
import { feed } from './feeding.ts';
import { checkKeys, checkMlId } from './job-shape.ts';
import { type JsonObject, listOr, objectOr } from './json.ts';
import { picked } from './picked.ts';
import type { DatafeedState } from './stack.ts';

const list = '/_ml/datafeeds';
const template = `${list}/{id}`;
const reading = {
  action: 'cluster:monitor/xpack/ml/datafeeds/get',
  query: ['allow_no_match', 'exclude_generated'],
  answer: readDatafeeds,
};
const counting = {
  action: 'cluster:monitor/xpack/ml/datafeeds/stats/get',
  query: ['allow_no_match'],
  answer: readStats,
};
const options = ['allow_no_indices', 'ignore_throttled', 'ignore_unavailable', 'expand_wildcards'];

/** Datafeeds. No real server answers these here: shapes and words are those of elastic.md §6.1. */
export const datafeedRoutes: readonly Route[] = [
  { method: 'GET', template: list, ...reading },
  { method: 'GET', template: `${list}/_stats`, ...counting },
  { method: 'GET', template, ...reading },
  { method: 'GET', template: `${template}/_stats`, ...counting },
  {
    method: 'PUT',
    template,
    action: 'cluster:admin/xpack/ml/datafeeds/put',
    query: options,
    licensed: true,
    answer: putDatafeed,
  },
  {
    method: 'POST',
    template: `${template}/_update`,
    action: 'cluster:admin/xpack/ml/datafeeds/update',
    query: options,
    answer: updateDatafeed,
  },
  {
    method: 'DELETE',
    template,
    action: 'cluster:admin/xpack/ml/datafeeds/delete',
    query: ['force'],
    answer: deleteDatafeed,
  },
  {
    method: 'POST',
    template: `${template}/_start`,
    action: 'cluster:admin/xpack/ml/datafeed/start',
    query: ['start', 'end'],
    licensed: true,
    answer: startDatafeed,
  },
  {
    method: 'POST',
    template: `${template}/_stop`,
    action: 'cluster:admin/xpack/ml/datafeed/stop',
    query: ['force', 'allow_no_match', 'close_job'],
    answer: stopDatafeed,
  },
];

const keys = `datafeed_id job_id indices indexes query query_delay frequency aggregations aggs script_fields
  runtime_mappings scroll_size chunking_config headers delayed_data_check_config max_empty_searches
  indices_options`.split(/\s+/);

function missing(id: string): Refusal {
  return refusal(404, 'resource_not_found_exception', `No datafeed with id [${id}] exists`);
}

/** Makes a datafeed; a job may bring its own. */
export function putDatafeed(exchange: Exchange): Reply {
  const { stack, params } = exchange;
  const id = params['id'] ?? '';
  const body = bodyOf(exchange);
  checkMlId('datafeed_id', id);
  checkKeys('datafeed_config', body, keys);
  const { indexes, aggs, ...rest } = body;
  const indices = listOr(rest['indices'] ?? indexes);
  if (indices.length === 0)
    throw refusal(400, 'status_exception', "Invalid indices value '[]' in datafeed configuration");
  const job = String(rest['job_id']);
  const known = stack.jobs.get(job);
  if (known === undefined) throw refusal(404, 'resource_not_found_exception', `No known job with id '${job}'`);
  if (stack.datafeeds.has(id))
    throw refusal(400, 'resource_already_exists_exception', `A datafeed with id [${id}] already exists`);
  const other = [...stack.datafeeds].find(([, { config }]) => config['job_id'] === job);
  if (other !== undefined)
    throw refusal(409, 'status_exception', `A datafeed [${other[0]}] already exists for job [${job}]`);
  const config: JsonObject = {
    // The real server draws one between one and two minutes.
    query_delay: '86273ms',
    query: { match_all: { boost: 1 } },
    scroll_size: 1000,
    chunking_config: { mode: 'auto' },
    delayed_data_check_config: { enabled: true },
    indices_options: {
      expand_wildcards: ['open'],
      ignore_unavailable: false,
      allow_no_indices: true,
      ignore_throttled: true,
    },
    ...rest,
    ...(aggs === undefined ? {} : { aggregations: aggs }),
    indices,
    datafeed_id: id,
  };
  stack.datafeeds.set(id, { config, status: 'stopped' });
  return { status: 200, body: config };
}

function readDatafeeds(exchange: Exchange): Reply {
  const rows = picked(exchange.stack.datafeeds, exchange, missing).map(([, { config }]) => config);
  return { status: 200, body: { count: rows.length, datafeeds: rows } };
}

function readStats(exchange: Exchange): Reply {
  feed(exchange.stack);
  const rows = picked(exchange.stack.datafeeds, exchange, missing).map(
    ([id, { status, explanation, config, searches }]) => ({
      datafeed_id: id,
      state: status,
      ...(status === 'started' ? { assignment_explanation: explanation ?? '' } : {}),
      timing_stats: {
        job_id: config['job_id'] ?? '',
        search_count: searches ?? 0,
        bucket_count: 0,
        total_search_time_ms: 0,
      },
    }),
  );
  return { status: 200, body: { count: rows.length, datafeeds: rows } };
}

function datafeedOf({ stack, params }: Exchange): [id: string, state: DatafeedState] {
  const id = params['id'] ?? '';
  const state = stack.datafeeds.get(id);
  if (state === undefined) throw missing(id);
  return [id, state];
}

function updateDatafeed(exchange: Exchange): Reply {
  const [id, state] = datafeedOf(exchange);
  const body = bodyOf(exchange);
  checkKeys('datafeed_update', body, keys);
  if (state.status !== 'stopped')
    throw refusal(409, 'status_exception', `Cannot update datafeed [${id}] while its status is ${state.status}`);
  if (body['job_id'] !== undefined && body['job_id'] !== state.config['job_id'])
    throw refusal(400, 'status_exception', "Datafeed's job_id cannot be changed");
  const { indexes, aggs, ...rest } = body;
  const renamed = {
    ...(indexes === undefined ? {} : { indices: indexes }),
    ...(aggs === undefined ? {} : { aggregations: aggs }),
  };
  const config = { ...state.config, ...rest, ...renamed };
  exchange.stack.datafeeds.set(id, { ...state, config });
  return { status: 200, body: config };
}

function deleteDatafeed(exchange: Exchange): Reply {
  const [id, { status }] = datafeedOf(exchange);
  if (status !== 'stopped' && exchange.query.get('force') !== 'true')
    throw refusal(409, 'status_exception', `Cannot delete datafeed [${id}] while its status is ${status}`);
  exchange.stack.datafeeds.delete(id);
  return acknowledged;
}

function startDatafeed(exchange: Exchange): Reply {
  const [id, state] = datafeedOf(exchange);
  const job = String(state.config['job_id']);
  const status = exchange.stack.jobs.get(job)?.status ?? 'closed';
  if (status !== 'opened')
    throw refusal(409, 'status_exception', `cannot start datafeed [${id}] because job [${job}] is ${status}`);
  if (state.status === 'started')
    throw refusal(409, 'status_exception', `cannot start datafeed [${id}] because it has already been started`);
  exchange.stack.datafeeds.set(id, { ...state, status: 'started' });
  return { status: 200, body: { started: true, node: 'node-id-0' } };
}

function stopDatafeed(exchange: Exchange): Reply {
  const { stack, query } = exchange;
  feed(stack);
  for (const [id, { explanation: _, ...state }] of picked(stack.datafeeds, exchange, missing)) {
    const { config } = state;
    stack.datafeeds.set(id, { ...state, status: 'stopped' });
    const closes = query.get('close_job') === 'true' || objectOr(exchange.body)['close_job'] === true;
    const job = closes ? stack.jobs.get(String(config['job_id'])) : undefined;
    if (job !== undefined) stack.jobs.set(String(config['job_id']), { ...job, status: 'closed' });
  }
  return { status: 200, body: { stopped: true } };
}
