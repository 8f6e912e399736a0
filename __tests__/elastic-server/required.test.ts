import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { ask } from './ask.ts';
import type { JsonObject } from './json.ts';
import { missingFields } from './required.ts';
import { type ElasticServer, startElastic } from './server.ts';

const detections = 'examples/ML-experimental-detections-20261122-1';
const dga = 'examples/ML-DGA-20261122-2';
const read = (path: string): JsonObject => JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
const server: ElasticServer[] = [];

afterEach(async () => {
  for (const one of server.splice(0)) await one.close();
});

it('misses nothing in our bundles', () => {
  const paths: Record<string, string> = {
    anomaly_detection: '/_ml/anomaly_detectors/a',
    datafeed: '/_ml/datafeeds/a',
    data_frame_analytic: '/_ml/data_frame/analytics/a',
  };
  const jobs = readdirSync(detections)
    .filter((name) => name.endsWith('.json'))
    .map((name) => read(`${detections}/${name}`));
  expect(jobs.length).toBeGreaterThan(3);
  const found = [
    ...jobs.map(({ type, body }) => missingFields('PUT', paths[String(type)] ?? '', body)),
    missingFields('PUT', '/_ml/trained_models/a', read(`${dga}/dga_1000_1.0_model.json`)),
    missingFields('PUT', '/_ingest/pipeline/a', read(`${dga}/dga_1000_1.0_ingest_pipeline2.json`)),
    missingFields('PUT', '/_scripts/a/ingest', read(`${dga}/dga_1000_1.0_ngrams_create.json`)),
  ];
  expect(found.filter((one) => one !== undefined)).toEqual([]);
});

it.each([
  ['PUT', '/_ml/anomaly_detectors/a', { analysis_config: { detectors: [] } }, 'data_description'],
  ['PUT', '/_ml/anomaly_detectors/a', { analysis_config: {}, data_description: {} }, 'detectors'],
  ['PUT', '/_ml/data_frame/analytics/a', { source: { index: 'a' }, analysis: {} }, 'dest'],
  ['PUT', '/_ml/trained_models/a', { input: {} }, 'field_names'],
  ['PUT', '/_ml/trained_models/a', { definition: { trained_model: { tree: {} } } }, 'tree_structure'],
  ['PUT', '/_scripts/a', { script: { source: '1' } }, 'lang'],
  ['PUT', '/_ingest/pipeline/a', { processors: [{ pipeline: {} }] }, 'name'],
  ['PUT', '/_ingest/pipeline/a', { on_failure: [{ foreach: { field: 'a' } }] }, 'processor'],
  ['POST', '/_ingest/pipeline/_simulate', { docs: [{ _id: '1' }] }, '_source'],
  ['PUT', '/_component_template/a', { version: 1 }, 'template'],
])('%s %s: sees what is missing', (method, path, body, field) => {
  expect(missingFields(method, path, body)).toContain(`must have required property '${field}'`);
});

it('looks at every request that a server takes', async () => {
  const elastic = await startElastic();
  server.push(elastic);
  await ask(elastic, 'PUT', '/_ingest/pipeline/a', { processors: [{ pipeline: {} }] });
  await ask(elastic, 'POST', '/_ingest/pipeline/_simulate', { pipeline: { processors: [] }, docs: [{ _source: {} }] });
  expect(elastic.problems).toEqual([]);
  await ask(elastic, 'POST', '/_ingest/pipeline/_simulate', { pipeline: { processors: [] }, docs: [{}] });
  expect(elastic.problems).toEqual([expect.stringContaining("must have required property '_source'")]);
});
