import { expect, it, onTestFinished } from 'vitest';
import { modelHealth } from '../../../src/resources/elasticsearch/model-health.ts';
import { ask } from '../../elastic-server/ask.ts';
import type { JsonObject } from '../../elastic-server/json.ts';
import { startElastic } from '../../elastic-server/server.ts';
import { connected } from './stack-world.ts';

const node = { node_index: 0, leaf_value: [0.5] };
const tree = { tree: { feature_names: ['f'], tree_structure: [node], target_type: 'regression' } };
const body = {
  input: { field_names: ['f'] },
  inference_config: { regression: {} },
  definition: { trained_model: tree },
} as unknown as JsonObject;

async function served() {
  const server = await startElastic();
  onTestFinished(() => server.close());
  const put = async (path: string, what: JsonObject): Promise<void> => {
    expect(await ask(server, 'PUT', path, what)).toMatchObject({ status: 200 });
  };
  await put('/_ml/trained_models/m', body);
  const { client } = await connected(server);
  const through = async (document: JsonObject): Promise<void> => {
    await ask(server, 'POST', '/logs/_doc?pipeline=p', document);
  };
  const pipeline = (model: string) =>
    put('/_ingest/pipeline/p', {
      processors: [{ inference: { model_id: model, inference_config: { regression: {} } } }],
    });
  const health = (failures = 0) => modelHealth(client, 'm', { failures });
  return { server, through, pipeline, health };
}

it('is quiet while nobody uses it, and until the first document', async () => {
  const { pipeline, health } = await served();
  expect(await health()).toMatchObject({ state: 'quiet', text: 'no pipeline uses it' });
  await pipeline('m');
  expect(await health()).toEqual({
    state: 'quiet',
    text: 'no inference yet',
    figures: { inferences: 0, failures: 0, missing: 0, pipelines: 1 },
  });
});

it('counts inferences, and is ill where none of them had its inputs', async () => {
  const { pipeline, through, health } = await served();
  await pipeline('m');
  await through({ other: 1 });
  expect(await health()).toMatchObject({ state: 'ill', text: 'none of 1 inference had any of its inputs' });
  await through({ f: 1 });
  expect(await health()).toMatchObject({
    state: 'healthy',
    text: '2 inferences, 0 failures, 1 without any of its inputs',
  });
});

it('is ill by its failures, where they are more than is borne with', async () => {
  const { server, pipeline, through, health } = await served();
  await pipeline('m');
  for (let turn = 0; turn < 99; turn += 1) await through({ f: 1 });
  const state = server.stack.models.get('m') ?? expect.unreachable();
  // A definition that cannot be loaded fails each document, and its count stays when it is back.
  server.stack.models.delete('m');
  await through({ f: 1 });
  server.stack.models.set('m', state);
  expect(await health()).toMatchObject({ state: 'ill', text: '100 inferences, 1 failure' });
  expect(await health(0.01)).toMatchObject({ state: 'healthy', text: '100 inferences, 1 failure' });
  expect(await health(0.009)).toMatchObject({ state: 'ill' });
});
