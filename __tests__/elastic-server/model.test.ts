import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import model from '../../examples/ML-DGA-20261122-2/dga_1000_1.0_model.json' with { type: 'json' };
import { ask } from './ask.ts';
import { at, type Json, type JsonObject, without } from './json.ts';
import { type ElasticOptions, type ElasticServer, startElastic } from './server.ts';

const started: ElasticServer[] = [];
const id = 'dga_1000_1.0';
const path = `/_ml/trained_models/${id}`;
const body = model as unknown as JsonObject;
const tree = { trained_model: { tree: { feature_names: ['a'], tree_structure: [{ node_index: 0, leaf_value: 1 }] } } };
const small = { input: { field_names: ['a'] }, inference_config: { regression: {} }, definition: tree };

afterEach(async () => {
  for (const server of started.splice(0)) await server.close();
});

async function elastic(options: ElasticOptions = {}): Promise<ElasticServer> {
  const server = await startElastic(options);
  started.push(server);
  return server;
}

it('keeps a model, and shows it with what a server adds', async () => {
  const server = await elastic();
  expect(await ask(server, 'PUT', path, body)).toMatchObject({
    status: 200,
    body: { model_id: id, created_by: 'api_user' },
  });
  const { body: read } = await ask(server, 'GET', `${path}?exclude_generated=true&include=definition`);
  const [shown] = at(read, 'trained_model_configs') as Json[];
  expect(Object.keys(shown as JsonObject).sort()).toEqual(
    [...new Set([...Object.keys(body), 'model_id', 'definition', 'tags'])]
      .filter((key) => key !== 'compressed_definition')
      .sort(),
  );
  expect(shown).toMatchObject({ inference_config: { classification: { num_top_feature_importance_values: 0 } } });
});

it.each([
  ['unknown field', { nope: 1 }, 'x_content_parse_exception', 'unknown field [nope]'],
  ['field of the server', { created_by: 'me' }, 'action_request_validation_exception', 'illegal to set [created_by]'],
  ['other id', { model_id: 'other' }, 'illegal_argument_exception', 'Inconsistent model_id'],
  ['no inputs', { input: { field_names: [] } }, 'action_request_validation_exception', '[input.field_names]'],
  [
    'bad name of an input',
    { input: { field_names: ['a..b'] } },
    'action_request_validation_exception',
    'dot delimited',
  ],
  ['tag that is the id', { tags: ['small'] }, 'action_request_validation_exception', 'none of the tags'],
  ['tag in capitals', { tags: ['Big'] }, 'action_request_validation_exception', 'Invalid tags [Big]'],
  ['two definitions', { compressed_definition: 'H4sI' }, 'action_request_validation_exception', 'both [compressed'],
  [
    'child that is not there',
    {
      definition: {
        trained_model: {
          tree: { feature_names: ['a'], tree_structure: [{ node_index: 0, split_feature: 0, left_child: 7 }] },
        },
      },
    },
    'status_exception',
    'validation failures',
  ],
] as const)('refuses a model with %s', async (_, change, type, reason) => {
  const server = await elastic();
  const { status, body: said } = await ask(server, 'PUT', '/_ml/trained_models/small', {
    ...small,
    ...change,
  } as unknown as JsonObject);
  expect(status).toBe(400);
  expect(at(said, 'error', 'type')).toBe(type);
  expect(at(said, 'error', 'reason')).toContain(reason);
  expect(server.stack.models.size).toBe(0);
});

it('takes a compressed definition, and gives it back as it was', async () => {
  const server = await elastic();
  const compressed = gzipSync(JSON.stringify(tree)).toString('base64');
  const packed = { ...without(small as unknown as JsonObject, ['definition']), compressed_definition: compressed };
  expect((await ask(server, 'PUT', '/_ml/trained_models/small', packed)).status).toBe(200);
  const read = await ask(server, 'GET', '/_ml/trained_models/small?include=definition&decompress_definition=false');
  expect(at(read.body, 'trained_model_configs')).toMatchObject([{ compressed_definition: compressed }]);
  expect(
    await ask(server, 'PUT', '/_ml/trained_models/other', { ...packed, compressed_definition: 'H4sIAAAA' }),
  ).toMatchObject({
    status: 400,
    body: { error: { reason: 'Failed to parse definition for [other]' } },
  });
});

it('has each id once, and says which one is missing', async () => {
  const server = await elastic();
  await ask(server, 'PUT', path, body);
  expect(await ask(server, 'PUT', path, body)).toMatchObject({
    status: 400,
    body: { error: { type: 'resource_already_exists_exception' } },
  });
  expect((await ask(server, 'GET', '/_ml/trained_models/absent')).status).toBe(404);
  expect((await ask(server, 'DELETE', '/_ml/trained_models/absent')).status).toBe(404);
});

it('shows a hundred models where no number is asked for', async () => {
  const server = await elastic();
  for (let number = 0; number < 105; number += 1)
    server.stack.models.set(`m${number}`, { body: small as unknown as JsonObject, createdAt: 0 });
  const { body: read } = await ask(server, 'GET', '/_ml/trained_models');
  expect(at(read, 'count')).toBe(105);
  expect(at(read, 'trained_model_configs')).toHaveLength(100);
});

it('keeps a model that a pipeline names, until it is forced', async () => {
  const server = await elastic();
  await ask(server, 'PUT', path, body);
  const pipeline = { processors: [{ foreach: { field: 'a', processor: { inference: { model_id: id } } } }] };
  server.stack.pipelines.set('p', pipeline);
  expect(await ask(server, 'DELETE', path)).toMatchObject({
    status: 409,
    body: { error: { type: 'status_exception' } },
  });
  expect((await ask(server, 'GET', `${path}/_stats`)).body).toMatchObject({
    trained_model_stats: [{ pipeline_count: 1 }],
  });
  expect((await ask(server, 'DELETE', `${path}?force=true`)).status).toBe(200);
});

it('knows no force on 7.10.2', async () => {
  const server = await elastic({ version: '7.10.2' });
  await ask(server, 'PUT', path, body);
  expect((await ask(server, 'DELETE', `${path}?force=true`)).status).toBe(400);
  expect(server.stack.models.size).toBe(1);
});
