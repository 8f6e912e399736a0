import { afterEach, expect, it } from 'vitest';
import feed from '../../examples/ML-experimental-detections-20261122-1/datafeed-experimental-high-sum-dga-probability.json' with {
  type: 'json',
};
import outliers from '../../examples/ML-experimental-detections-20261122-1/experimental-dns-client-outliers.json' with {
  type: 'json',
};
import sum from '../../examples/ML-experimental-detections-20261122-1/experimental-high-sum-dga-probability.json' with {
  type: 'json',
};
import { ask } from './ask.ts';
import type { Json } from './json.ts';
import { type ElasticOptions, type ElasticServer, startElastic } from './server.ts';

const job = `/_ml/anomaly_detectors/${sum.name}`;
const datafeed = `/_ml/datafeeds/${feed.name}`;
const analytics = `/_ml/data_frame/analytics/${outliers.name}`;
const conflict = (reason: string): object => ({ status: 409, body: { error: { type: 'status_exception', reason } } });
let server: ElasticServer;

afterEach(() => server.close());

async function uploaded(options: ElasticOptions = {}): Promise<void> {
  server = await startElastic(options);
  expect(await ask(server, 'PUT', job, sum.body)).toMatchObject({ status: 200, body: { job_id: sum.name } });
  expect(await ask(server, 'PUT', datafeed, feed.body)).toMatchObject({
    status: 200,
    body: { datafeed_id: feed.name },
  });
  expect(await ask(server, 'PUT', analytics, outliers.body)).toMatchObject({
    status: 200,
    body: { id: outliers.name },
  });
}

it('keeps the jobs of our bundle with the defaults of the server', async () => {
  await uploaded();
  expect((await ask(server, 'GET', `${job}?exclude_generated=true`)).body).toMatchObject({
    count: 1,
    jobs: [
      {
        ...sum.body,
        analysis_config: { ...sum.body.analysis_config, detectors: [{ detector_index: 0 }] },
        analysis_limits: { model_memory_limit: '64mb', categorization_examples_limit: 4 },
        allow_lazy_open: false,
      },
    ],
  });
  expect((await ask(server, 'GET', datafeed)).body).toMatchObject({
    datafeeds: [{ chunking_config: { mode: 'auto' } }],
  });
  expect((await ask(server, 'GET', analytics)).body).toMatchObject({ data_frame_analytics: [{ max_num_threads: 1 }] });
});

it.each([
  ['a job', job, sum.body],
  ['a datafeed', datafeed, feed.body],
  ['analytics', analytics, outliers.body],
])('refuses %s a second time', async (_, path, body) => {
  await uploaded();
  expect(await ask(server, 'PUT', path, body)).toMatchObject({
    status: 400,
    body: { error: { type: 'resource_already_exists_exception' } },
  });
});

it('opens, starts, stops and closes in this order only', async () => {
  await uploaded();
  expect(await ask(server, 'POST', `${datafeed}/_start`)).toMatchObject(
    conflict(`cannot start datafeed [${feed.name}] because job [${sum.name}] is closed`),
  );
  expect((await ask(server, 'POST', `${job}/_open`)).body).toMatchObject({ opened: true });
  expect((await ask(server, 'POST', `${job}/_open`)).status).toBe(409);
  expect((await ask(server, 'POST', `${datafeed}/_start`)).body).toMatchObject({ started: true });
  expect((await ask(server, 'GET', `${datafeed}/_stats`)).body).toMatchObject({ datafeeds: [{ state: 'started' }] });
  expect(await ask(server, 'POST', `${datafeed}/_update`, { scroll_size: 5 })).toMatchObject(
    conflict(`Cannot update datafeed [${feed.name}] while its status is started`),
  );
  expect((await ask(server, 'DELETE', datafeed)).status).toBe(409);
  expect((await ask(server, 'DELETE', job)).status).toBe(409);
  expect((await ask(server, 'POST', `${job}/_close`)).status).toBe(409);
  expect((await ask(server, 'POST', `${datafeed}/_stop`)).body).toEqual({ stopped: true });
  expect((await ask(server, 'POST', `${job}/_close`)).body).toEqual({ closed: true });
  expect((await ask(server, 'GET', `${job}/_stats`)).body).toMatchObject({ jobs: [{ state: 'closed' }] });
  expect((await ask(server, 'DELETE', job)).status).toBe(200);
  expect([server.stack.jobs.size, server.stack.datafeeds.size]).toEqual([0, 0]);
});

it('on 7.10.2 keeps a job while a datafeed refers to it', async () => {
  await uploaded({ version: '7.10.2' });
  expect(await ask(server, 'DELETE', job)).toMatchObject(
    conflict(`Cannot delete job [${sum.name}] because datafeed [${feed.name}] refers to it`),
  );
  expect((await ask(server, 'DELETE', datafeed)).status).toBe(200);
  expect((await ask(server, 'DELETE', job)).status).toBe(200);
});

it('updates what may be updated', async () => {
  await uploaded();
  const change = { description: 'new', detectors: [{ detector_index: 0, description: 'renamed' }] };
  expect(await ask(server, 'POST', `${job}/_update`, change)).toMatchObject({
    status: 200,
    body: {
      description: 'new',
      analysis_config: { detectors: [{ detector_description: 'renamed', function: 'high_sum' }] },
    },
  });
  expect(await ask(server, 'POST', `${job}/_update`, { analysis_config: {} })).toMatchObject({
    status: 400,
    body: {
      error: { type: 'x_content_parse_exception', reason: '[1:1] [job_update] unknown field [analysis_config]' },
    },
  });
  expect((await ask(server, 'POST', `${datafeed}/_update`, { job_id: 'other' })).status).toBe(400);
  expect((await ask(server, 'POST', `${analytics}/_update`, { description: 'new' })).status).toBe(200);
  expect((await ask(server, 'POST', `${analytics}/_update`, { source: {} })).status).toBe(400);
});

it('takes one datafeed a job, and none without a job', async () => {
  await uploaded();
  expect(await ask(server, 'PUT', '/_ml/datafeeds/second', feed.body)).toMatchObject(
    conflict(`A datafeed [${feed.name}] already exists for job [${sum.name}]`),
  );
  expect(await ask(server, 'PUT', '/_ml/datafeeds/third', { ...feed.body, job_id: 'absent' })).toMatchObject({
    status: 404,
    body: { error: { reason: "No known job with id 'absent'" } },
  });
});

it.each([
  ['a name in capitals', '/_ml/anomaly_detectors/Bad', sum.body],
  ['a dot', '/_ml/anomaly_detectors/a.b', sum.body],
  ['65 characters', `/_ml/anomaly_detectors/${'a'.repeat(65)}`, sum.body],
  [
    'an unknown function',
    '/_ml/anomaly_detectors/a',
    { ...sum.body, analysis_config: { detectors: [{ function: 'foo' }] } },
  ],
  ['no time', '/_ml/anomaly_detectors/a', { analysis_config: sum.body.analysis_config }],
  ['an unknown field', '/_ml/anomaly_detectors/a', { ...sum.body, nope: 1 }],
  ['no source', '/_ml/data_frame/analytics/a', { dest: { index: 'a' }, analysis: {} }],
])('refuses %s', async (_, path, body) => {
  await uploaded();
  expect((await ask(server, 'PUT', path, body as Json)).status).toBe(400);
});

it('starts and stops analytics', async () => {
  await uploaded();
  expect((await ask(server, 'POST', `${analytics}/_start`)).status).toBe(200);
  expect((await ask(server, 'DELETE', analytics)).status).toBe(409);
  expect((await ask(server, 'GET', `${analytics}/_stats`)).body).toMatchObject({
    data_frame_analytics: [{ state: 'started' }],
  });
  expect((await ask(server, 'POST', `${analytics}/_stop`)).body).toEqual({ stopped: true });
  expect((await ask(server, 'DELETE', analytics)).status).toBe(200);
});

it('opens no job where no node can learn', async () => {
  await uploaded();
  server.stack.mlNodes = 0;
  expect((await ask(server, 'POST', `${job}/_open`)).status).toBe(429);
  expect((await ask(server, 'GET', '/_nodes/ml:true')).body).toMatchObject({ nodes: {} });
});
