import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { pipelinesHealth } from '../../../src/resources/elasticsearch/pipeline-health.ts';
import { elasticReason } from '../../../src/resources/elasticsearch/reason.ts';
import { targetAddress } from '../../../src/resources/http/address.ts';
import { openTargetClient } from '../../../src/resources/http/client.ts';
import { pipelineHealthContract } from '../../contracts/pipeline-health.ts';
import { startElastic } from '../../elastic-server/server.ts';

for (const version of ['8.17.2', '7.10.2'])
  pipelineHealthContract(`a loopback ${version}`, () => startElastic({ version }));

/** Health by answers of several nodes, which no server here has. */
async function healthBy(answer: object): Promise<unknown> {
  const server = createServer((_, response) => response.end(JSON.stringify(answer)));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = openTargetClient(targetAddress('elasticsearch', { url }), { reasonOf: elasticReason });
  return (await pipelinesHealth(client, ['p'], { failures: 0 })).get('p');
}

const node = (count: number, failed: number) => ({ ingest: { pipelines: { p: { count, failed } } } });

it('adds up the nodes, and does not call healthy what a node keeps to itself', async () => {
  const nodes = { a: node(1200, 0), b: node(34, 0), c: { name: 'no ingest here' } };
  expect(await healthBy({ _nodes: { failed: 0 }, nodes })).toMatchObject({
    state: 'healthy',
    text: '1,234 documents, 0 failures',
  });
  expect(await healthBy({ _nodes: { failed: 1 }, nodes })).toMatchObject({
    state: 'unknown',
    text: '1 node did not answer; the others: 1,234 documents, 0 failures',
    figures: { silentNodes: 1 },
  });
  expect(await healthBy({ _nodes: { failed: 1 }, nodes: { ...nodes, c: node(5, 2) } })).toMatchObject({ state: 'ill' });
});

it.each([
  [{}],
  [{ nodes: [] }],
  [{ nodes: { a: null } }],
  [{ nodes: { a: node(-1, Number.NaN) } }],
  [{ nodes: { a: { ingest: { pipelines: { p: { count: '7', processors: { x: 1 } } } } } } }],
])('takes nothing for a count that is none: %j', async (answer) => {
  expect(await healthBy(answer)).toMatchObject({ state: 'quiet', figures: { documents: 0, failed: 0 } });
});
