import { putDatafeed } from './datafeed-routes.ts';
import { acknowledged, bodyOf, type Exchange, type Refusal, type Reply, type Route, refusal } from './exchange.ts';
import { feed } from './feeding.ts';
import { jobConfig, updatedJob } from './job-shape.ts';
import { isObject, type JsonObject, listOr, objectOr } from './json.ts';
import { picked } from './picked.ts';
import type { JobState, Stack } from './stack.ts';

const list = '/_ml/anomaly_detectors';
const template = `${list}/{id}`;
const reading = {
  action: 'cluster:monitor/xpack/ml/job/get',
  query: ['allow_no_match', 'exclude_generated'],
  answer: readJobs,
};
const counting = { action: 'cluster:monitor/xpack/ml/job/stats/get', query: ['allow_no_match'], answer: readStats };

/** Anomaly detection jobs. No real server answers these here: shapes and words are those of elastic.md §6.1. */
export const jobRoutes: readonly Route[] = [
  { method: 'GET', template: list, ...reading },
  { method: 'GET', template: `${list}/_stats`, ...counting },
  { method: 'GET', template, ...reading },
  { method: 'GET', template: `${template}/_stats`, ...counting },
  { method: 'PUT', template, action: 'cluster:admin/xpack/ml/job/put', licensed: true, answer: putJob },
  { method: 'POST', template: `${template}/_update`, action: 'cluster:admin/xpack/ml/job/update', answer: updateJob },
  {
    method: 'DELETE',
    template,
    action: 'cluster:admin/xpack/ml/job/delete',
    query: ['force', 'wait_for_completion', 'delete_user_annotations'],
    answer: deleteJob,
  },
  {
    method: 'POST',
    template: `${template}/_open`,
    action: 'cluster:admin/xpack/ml/job/open',
    licensed: true,
    answer: openJob,
  },
  {
    method: 'POST',
    template: `${template}/_close`,
    action: 'cluster:admin/xpack/ml/job/close',
    query: ['force', 'allow_no_match', 'allow_no_jobs'],
    answer: closeJob,
  },
];

/** The 404 of a job that is not there. */
function missingJob(id: string): Refusal {
  return refusal(404, 'resource_not_found_exception', `No known job with id '${id}'`);
}

function jobOf({ stack, params }: Exchange): [id: string, state: JobState] {
  const id = params['id'] ?? '';
  const state = stack.jobs.get(id);
  if (state === undefined) throw missingJob(id);
  return [id, state];
}

function shown({ config, createdAt }: JobState, { version, query }: Exchange): JsonObject {
  if (query.get('exclude_generated') === 'true') return config;
  return { ...config, job_version: version.number, create_time: createdAt };
}

async function putJob(exchange: Exchange): Promise<Reply> {
  const { stack, params, now } = exchange;
  const id = params['id'] ?? '';
  const body = bodyOf(exchange);
  const config = jobConfig(id, body);
  if (stack.jobs.has(id)) {
    const reason = `The job cannot be created with the Id '${id}'. The Id is already used.`;
    throw refusal(400, 'resource_already_exists_exception', reason);
  }
  const group = [...stack.jobs.values()].find((job) => listOr(job.config['groups']).includes(id));
  if (group !== undefined) {
    const reason = `job and group names must be unique but job [${id}] and group [${id}] have the same name`;
    throw refusal(400, 'resource_already_exists_exception', reason);
  }
  const state: JobState = { config, createdAt: now().getTime(), status: 'closed' };
  stack.jobs.set(id, state);
  const embedded = body['datafeed_config'];
  if (isObject(embedded)) {
    const name = String(embedded['datafeed_id'] ?? id);
    putDatafeed({ ...exchange, params: { id: name }, body: { ...embedded, job_id: id } });
  }
  return { status: 200, body: shown(state, exchange) };
}

function jobs(exchange: Exchange): [string, JobState][] {
  return picked(exchange.stack.jobs, exchange, missingJob, ({ config }) => listOr(config['groups']));
}

function readJobs(exchange: Exchange): Reply {
  const rows = jobs(exchange).map(([, state]) => shown(state, exchange));
  return { status: 200, body: { count: rows.length, jobs: rows } };
}

function readStats(exchange: Exchange): Reply {
  feed(exchange.stack);
  const rows = jobs(exchange).map(([id, { status, explanation, records = 0, latest, memory = 'ok' }]) => ({
    job_id: id,
    data_counts: {
      job_id: id,
      processed_record_count: records,
      input_record_count: records,
      bucket_count: 0,
      ...(latest === undefined ? {} : { latest_record_timestamp: latest }),
    },
    model_size_stats: { job_id: id, model_bytes: 0, memory_status: memory },
    forecasts_stats: { total: 0, forecasted_jobs: 0 },
    timing_stats: { job_id: id, bucket_count: 0 },
    state: status,
    ...(status === 'opened' && explanation === undefined
      ? { node: { id: 'node-id-0', name: 'node-0', transport_address: '127.0.0.1:9300', attributes: {} } }
      : {}),
    ...(status === 'closed' ? {} : { assignment_explanation: explanation ?? '', open_time: '10s' }),
  }));
  return { status: 200, body: { count: rows.length, jobs: rows } };
}

function updateJob(exchange: Exchange): Reply {
  const [id, state] = jobOf(exchange);
  const after = { ...state, config: updatedJob(state.config, bodyOf(exchange), state.status === 'opened') };
  exchange.stack.jobs.set(id, after);
  return { status: 200, body: shown(after, exchange) };
}

function deleteJob(exchange: Exchange): Reply {
  const { stack, version, query } = exchange;
  const [id, { status }] = jobOf(exchange);
  const force = query.get('force') === 'true';
  for (const [name, feed] of feedsOf(stack, id)) {
    if (force || (version.deletesDatafeeds && feed.status === 'stopped')) continue;
    const reason = version.deletesDatafeeds
      ? `Cannot delete datafeed [${name}] while its status is ${feed.status}`
      : `Cannot delete job [${id}] because datafeed [${name}] refers to it`;
    throw refusal(409, 'status_exception', reason);
  }
  if (status !== 'closed' && !force)
    throw refusal(409, 'status_exception', `Cannot delete job [${id}] because the job is ${status}`);
  for (const [name] of feedsOf(stack, id)) stack.datafeeds.delete(name);
  stack.jobs.delete(id);
  return query.get('wait_for_completion') === 'false' ? { status: 200, body: { task: 'node-id-0:1' } } : acknowledged;
}

/** The datafeeds of a job. */
function feedsOf({ datafeeds }: Stack, job: string): [string, { readonly status: string }][] {
  return [...datafeeds].filter(([, { config }]) => config['job_id'] === job);
}

function openJob(exchange: Exchange): Reply {
  const { stack } = exchange;
  const [id, state] = jobOf(exchange);
  if (state.status === 'opened')
    throw refusal(409, 'status_exception', `Cannot open job [${id}] because it has already been opened`);
  const lazy = state.config['allow_lazy_open'] === true;
  if (stack.mlNodes === 0 && !lazy) {
    const reason = 'Could not open job because no ML nodes with sufficient capacity were found';
    throw refusal(429, 'status_exception', reason);
  }
  const { explanation: _, ...bare } = state;
  const waiting = stack.mlNodes === 0 ? { explanation: 'No ML nodes with sufficient capacity were found' } : {};
  stack.jobs.set(id, { ...bare, status: 'opened', ...waiting });
  return { status: 200, body: { opened: true, node: stack.mlNodes === 0 ? '' : 'node-id-0' } };
}

function closeJob(exchange: Exchange): Reply {
  const { stack, query } = exchange;
  const force = query.get('force') === 'true' || objectOr(exchange.body)['force'] === true;
  for (const [id, state] of jobs(exchange)) {
    const running = feedsOf(stack, id).find(([, { status }]) => status === 'started');
    if (running !== undefined && !force)
      throw refusal(409, 'status_exception', `cannot close job datafeed [${running[0]}] hasn't been stopped`);
    if (state.status === 'failed' && !force)
      throw refusal(409, 'status_exception', `cannot close job [${id}] because it failed, use force close`);
    const { explanation: _, ...bare } = state;
    stack.jobs.set(id, { ...bare, status: 'closed' });
  }
  return { status: 200, body: { closed: true } };
}
