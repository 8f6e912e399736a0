import { afterEach, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { type ElasticServer, startElastic } from './server.ts';

const pipeline = { version: 1, _meta: { release: 'x' }, processors: [] };
let server: ElasticServer;

afterEach(() => server.close());

it.each([
  ['7.10.2', 400, null],
  ['7.17.29', 200, 'Elasticsearch'],
  ['8.17.2', 200, 'Elasticsearch'],
])('%s answers %i to _meta in a pipeline', async (version, status, product) => {
  server = await startElastic({ version });
  const root = await ask(server, 'GET', '/');
  expect(root.body).toMatchObject({ version: { number: version } });
  expect(root.headers.get('x-elastic-product')).toBe(product);
  expect((await ask(server, 'PUT', '/_ingest/pipeline/p', pipeline)).status).toBe(status);
});

it.each(['7.17.29', '8.17.2'])('%s keeps a pipeline that an index uses', async (version) => {
  server = await startElastic({ version });
  await ask(server, 'PUT', '/_ingest/pipeline/p', pipeline);
  await ask(server, 'PUT', '/one', { settings: { default_pipeline: 'p' } });
  await ask(server, 'PUT', '/two', { settings: { index: { final_pipeline: 'p' } } });
  expect(await ask(server, 'DELETE', '/_ingest/pipeline/p')).toMatchObject({
    status: 400,
    body: {
      error: {
        type: 'illegal_argument_exception',
        reason:
          'pipeline [p] cannot be deleted because it is the default pipeline for 1 index(es) including [one] and the final pipeline for 1 index(es) including [two]',
      },
    },
  });
});

it('changes a pipeline by its version where a client asks for that', async () => {
  server = await startElastic();
  await ask(server, 'PUT', '/_ingest/pipeline/p', pipeline);
  expect((await ask(server, 'PUT', '/_ingest/pipeline/p?if_version=7', pipeline)).status).toBe(409);
  expect((await ask(server, 'PUT', '/_ingest/pipeline/p?if_version=1', pipeline)).status).toBe(200);
});

it('shows documents without a type from 8.0 on', async () => {
  server = await startElastic();
  expect((await ask(server, 'PUT', '/a/_doc/1', {})).body).not.toHaveProperty('_type');
});

it('lets a search see what was there at the last refresh only', async () => {
  server = await startElastic();
  await ask(server, 'PUT', '/a/_doc/1?refresh=true', {});
  await ask(server, 'PUT', '/a/_doc/2', {});
  expect((await ask(server, 'GET', '/a/_search')).body).toMatchObject({ hits: { total: { value: 1 } } });
});
