import { afterEach, expect, it } from 'vitest';
import inner from '../../examples/ML-DGA-20261122-2/dga_1000_1.0_ingest_pipeline2.json' with { type: 'json' };
import model from '../../examples/ML-DGA-20261122-2/dga_1000_1.0_model.json' with { type: 'json' };
import create from '../../examples/ML-DGA-20261122-2/dga_1000_1.0_ngrams_create.json' with { type: 'json' };
import transform from '../../examples/ML-DGA-20261122-2/dga_1000_1.0_ngrams_transform_delete.json' with {
  type: 'json',
};
import { ask } from './ask.ts';
import { goldenRows } from './golden-rows.ts';
import { at, type Json, type JsonObject, listOr } from './json.ts';
import { type ElasticServer, startElastic } from './server.ts';

const rows = goldenRows('dga_1000_1.0');
const docs = rows.map(({ domain }) => ({ _source: { dns: { question: { registered_domain: domain } } } }));
let server: ElasticServer;

afterEach(() => server.close());

async function installed(change: (script: string) => string = (script) => script): Promise<void> {
  server = await startElastic({ golden: { 'dga_1000_1.0': rows } });
  await ask(server, 'PUT', '/_ml/trained_models/dga_1000_1.0', model as unknown as Json);
  await ask(server, 'PUT', '/_scripts/dga_ngrams_create/ingest', change(JSON.stringify(create)));
  await ask(server, 'PUT', '/_scripts/dga_ngrams_transform_delete/ingest', transform);
}

it('answers every golden row through the pipeline of our bundle', async () => {
  await installed();
  const { body } = await ask(server, 'POST', '/_ingest/pipeline/_simulate', { pipeline: inner, docs });
  const said = listOr(at(body, 'docs')).map((doc) => at(doc, 'doc', '_source') as JsonObject);
  expect(said).toEqual(
    rows.map(({ domain, malicious_prediction: prediction, malicious_probability: probability }) => ({
      dns: { question: { registered_domain: domain } },
      ml_is_dga: {
        malicious_prediction: prediction,
        malicious_probability: expect.closeTo(probability, 12),
        model_id: 'dga_1000_1.0',
      },
    })),
  );
});

it('predicts nothing where a field has another name', async () => {
  await installed();
  const [script = {}, ...rest] = inner.processors;
  const wrong = [script, { set: { field: 'dga_1_1', value: 'other' } }, ...rest.slice(2)] as unknown as Json;
  const { body } = await ask(server, 'POST', '/_ingest/pipeline/_simulate', { pipeline: { processors: wrong }, docs });
  for (const doc of listOr(at(body, 'docs'))) {
    const answer = at(doc, 'doc', '_source', 'ml_is_dga') as JsonObject;
    expect(Object.keys(answer).sort()).toEqual(['model_id', 'warning']);
  }
});

it('fails, or goes the way of on_failure, without the model', async () => {
  await installed();
  await ask(server, 'DELETE', '/_ml/trained_models/dga_1000_1.0');
  const { body } = await ask(server, 'POST', '/_ingest/pipeline/_simulate', {
    pipeline: inner,
    docs: docs.slice(0, 1),
  });
  expect(at(listOr(at(body, 'docs'))[0], 'doc', '_source', 'ml_is_dga')).toEqual({
    error: 'Could not find trained model [dga_1000_1.0]',
  });
});

it('counts what it was asked while documents are indexed', async () => {
  await installed();
  await ask(server, 'PUT', '/_ingest/pipeline/inner', inner as unknown as Json);
  for (const { _source } of docs.slice(0, 3)) await ask(server, 'POST', '/logs/_doc?pipeline=inner', _source);
  expect(await ask(server, 'GET', '/_ml/trained_models/dga_1000_1.0/_stats')).toMatchObject({
    body: { trained_model_stats: [{ inference_stats: { inference_count: 3, failure_count: 0 } }] },
  });
  const stats = await ask(server, 'GET', '/_nodes/stats/ingest?filter_path=nodes.*.ingest.pipelines');
  const timed = (count: number): object => ({ count, time_in_millis: 0, current: 0, failed: 0 });
  const processors = [
    { script: { type: 'script', stats: timed(18) } },
    { inference: { type: 'inference', stats: timed(3) } },
  ];
  expect(stats.body).toEqual({
    nodes: { 'node-id-0': { ingest: { pipelines: { inner: { ...timed(3), processors } } } } },
  });
});

it('says loudly that it does not know a script', async () => {
  await installed((script) => script.replace('toLowerCase', 'toUpperCase'));
  const answer = await ask(server, 'POST', '/_ingest/pipeline/_simulate', { pipeline: inner, docs });
  expect(answer).toMatchObject({ status: 500, body: { error: { type: 'stand_in_cannot_run' } } });
  expect(server.problems).toHaveLength(1);
});
