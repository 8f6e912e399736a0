import { expect, it, onTestFinished } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import type { DesiredObject } from '../../../src/domain/resource.ts';
import { objectDigest } from '../../../src/formats/object-body.ts';
import { startTransform } from '../../../src/resources/elasticsearch/transform.ts';
import { transformHealth } from '../../../src/resources/elasticsearch/transform-health.ts';
import { resourceTypeContract } from '../../contracts/resource-type.ts';
import type { Json, JsonObject } from '../../elastic-server/json.ts';
import { type ElasticServer, startElastic } from '../../elastic-server/server.ts';
import { newIndex, stackView } from '../../elastic-server/stack.ts';
import { connected, person, typeOn } from './stack-world.ts';

const pivot = { group_by: { host: { terms: { field: 'host.name' } } }, aggs: { risk: { max: { field: 'risk' } } } };
const body = (more: JsonObject = {}): JsonObject => ({
  description: 'Risk of each host',
  source: { index: 'alerts', query: { term: { kind: 'signal' } } },
  dest: { index: 'risk' },
  frequency: '60s',
  sync: { time: { field: '@timestamp', delay: '120s' } },
  pivot,
  ...more,
});

function wanted(of: Value, id = 'ours'): DesiredObject {
  return { type: 'transform', id, body: of, digest: objectDigest('elastic-transform', of), dependsOn: [], file: 'f' };
}

async function world(version = '8.17.2'): Promise<ElasticServer> {
  const server = await startElastic({ version });
  await person(server, 'PUT', '/_transform/theirs?defer_validation=true', body() as Json);
  return server;
}

const samples: Readonly<Record<string, [JsonObject, JsonObject]>> = {
  'a transform': [body(), body({ description: 'Another', dest: { index: 'risk', pipeline: 'p' }, frequency: '1h' })],
  'a transform that loses what may be absent': [body(), body({ description: '', frequency: '5m' })],
  'a transform of which another is made': [
    body(),
    body({ pivot: { ...pivot, aggs: { risk: { sum: { field: 'risk' } } } } }),
  ],
  'a transform that keeps the latest': [
    { source: { index: ['a'] }, dest: { index: 'b' }, latest: { unique_key: ['x'], sort: 't' } },
    { source: { index: ['a'] }, dest: { index: 'c' }, latest: { unique_key: ['x'], sort: 't' } },
  ],
};

for (const version of ['8.17.2', '7.10.2']) {
  for (const [name, [first, second]] of Object.entries(samples)) {
    resourceTypeContract(`${name} on ${version}`, async () => {
      const server = await world(version);
      return {
        type: await typeOn(server, 'transform'),
        desired: (which) => wanted(which === 'first' ? first : second),
        changeByHand: async () =>
          void (await person(server, 'POST', '/_transform/ours/_update', { dest: { index: 'z' } })),
        everything: async () => Object.entries(stackView(server.stack)).map((row) => JSON.stringify(row)),
        close: async () => {
          expect(server.problems).toEqual([]);
          await server.close();
        },
      };
    });
  }
}

it('is as wanted however sizes of time and lists of one are written', async () => {
  const server = await world();
  onTestFinished(() => server.close());
  const type = await typeOn(server, 'transform');
  await type.create(wanted(body()));
  const actual = (await type.read('ours')) ?? expect.unreachable();
  const other = body({ frequency: '1m', source: { index: ['alerts'], query: { term: { kind: 'signal' } } } });
  expect(type.equal(wanted(other), actual)).toBe(true);
  expect(type.differing?.(wanted(body({ pivot: { ...pivot, group_by: {} } })), actual)).toEqual([]);
  expect(type.differing?.(wanted(body({ dest: { index: 'x' } })), actual)).toEqual(['dest']);
  const { sync: _, ...batch } = body();
  expect(type.change(wanted(batch), actual)).toBe('replace');
});

it('runs on through a change, and again after one that puts it anew', async () => {
  const server = await world();
  onTestFinished(() => server.close());
  server.stack.indices.set('alerts', newIndex({}, {}));
  const type = await typeOn(server, 'transform');
  const { client } = await connected(server);
  await type.create(wanted(body()));
  expect(await startTransform(client, 'ours')).toBe(true);
  expect(await startTransform(client, 'ours')).toBe(false);
  const saved = (await type.read('ours')) ?? expect.unreachable();
  await type.update?.(wanted(body({ description: 'new' })), saved);
  expect(server.stack.transforms.get('ours')).toMatchObject({ status: 'started', config: { description: 'new' } });
  await type.replace?.(wanted(body({ pivot: { ...pivot, aggs: {} } })));
  expect(server.stack.transforms.get('ours')?.status).toBe('stopped');
  await type.resume?.({ type: 'transform', id: 'ours' }, saved.body);
  expect(server.stack.transforms.get('ours')?.status).toBe('started');
  await type.restore({ type: 'transform', id: 'ours' }, saved.body);
  expect(server.stack.transforms.get('ours')).toMatchObject({
    status: 'started',
    config: { description: 'Risk of each host' },
  });
  expect(JSON.stringify(server.stack.transforms.get('ours'))).not.toContain('ml_detection_release');
  await type.remove({ type: 'transform', id: 'ours' });
  expect(server.stack.transforms.has('ours')).toBe(false);
  expect(server.problems).toEqual([]);
});

it('is stopped by force only where a person says so, and one that is done is not started again', async () => {
  const server = await world();
  onTestFinished(() => server.close());
  const type = await typeOn(server, 'transform');
  const { client } = await connected(server);
  await type.create(wanted(body()));
  const state = server.stack.transforms.get('ours') ?? expect.unreachable();
  server.stack.transforms.set('ours', { ...state, status: 'failed' });
  await expect(type.remove({ type: 'transform', id: 'ours' })).rejects.toThrow('failed state');
  const { sync: _, ...config } = state.config;
  server.stack.transforms.set('ours', { ...state, config, checkpoint: 1 });
  expect(await startTransform(client, 'ours')).toBe(false);
});

it('is healthy by what it read, quiet without, and ill where it failed', async () => {
  const server = await world();
  onTestFinished(() => server.close());
  const type = await typeOn(server, 'transform');
  const health = async () => (await type.health?.(['ours'], { failures: 0 }))?.get('ours');
  server.stack.indices.set('alerts', newIndex({}, {}));
  await type.create(wanted(body()));
  expect(await health()).toMatchObject({ state: 'quiet', text: 'stopped' });
  await startTransform((await connected(server)).client, 'ours');
  expect(await health()).toMatchObject({ state: 'quiet', text: 'started, no document yet' });
  for (const kind of ['signal', 'signal', 'other']) await person(server, 'POST', '/alerts/_doc?refresh=true', { kind });
  expect(await health()).toEqual({
    state: 'healthy',
    text: '2 documents read, 1 result',
    figures: { state: 'started', documents: 2, results: 1, failures: 0 },
  });
  const { transforms } = server.stack;
  const state = transforms.get('ours') ?? expect.unreachable();
  transforms.set('ours', { ...state, status: 'failed' });
  expect(await health()).toMatchObject({ state: 'ill', text: 'failed: the search failed' });
  const { sync: _, ...once } = state.config;
  transforms.set('ours', { ...state, config: once, status: 'stopped', checkpoint: 1 });
  expect(await health()).toMatchObject({ state: 'healthy', text: 'finished' });
});

it.each([
  [{ state: 'started', stats: { documents_processed: 5, search_failures: 2 } }, 'healthy', /, 2 failures tried again$/],
  [
    { state: 'started', health: { status: 'red', issues: [{ issue: 'x', details: 'no\nnode' }] } },
    'ill',
    /: no\\u\{a\}node$/,
  ],
  [{ state: 'stopping' }, 'quiet', /^stopping$/],
  [{}, 'quiet', /^in no state$/],
] as const)('%j is %s', (stats, state, text) => {
  expect(transformHealth(stats, true)).toMatchObject({ state, text: expect.stringMatching(text) });
});

it('is named as who uses a script or a pipeline', async () => {
  const server = await world();
  onTestFinished(() => server.close());
  const map = { scripted_metric: { map_script: { id: 's' }, combine_script: 'return 1' } };
  await person(server, 'PUT', '/_scripts/s', { script: { lang: 'painless', source: '1' } });
  const uses = body({ dest: { index: 'risk', pipeline: 'p' }, pivot: { ...pivot, aggs: { risk: map } } });
  await person(server, 'PUT', '/_transform/caller?defer_validation=true', uses as Json);
  expect(await (await typeOn(server, 'script')).usedBy?.('s')).toEqual(['transform/caller']);
  expect(await (await typeOn(server, 'pipeline')).usedBy?.('p')).toEqual(['transform/caller']);
});
