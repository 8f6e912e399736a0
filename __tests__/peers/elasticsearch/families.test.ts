import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { mldr, textOf } from '../../commands/elastic/cluster.ts';
import { bundle, hosts, problem } from '../../commands/elastic/later.ts';
import { ask } from '../../elastic-server/ask.ts';
import { at, type Json, type JsonObject, listOr } from '../../elastic-server/json.ts';
import { standInShare, startFront } from './front.ts';
import { type RealNode, startNode } from './node.ts';

let node: RealNode;

beforeAll(async () => {
  node = await startNode();
});

afterAll(() => node.close());

async function started() {
  await node.reset();
  const front = await startFront(node, { accounts: 'off' });
  onTestFinished(() => front.close());
  return front;
}

/** The document that a simulation with one gives. */
function sourceOf(answer: Json | undefined): Json | undefined {
  return at(listOr(at(answer, 'docs'))[0], 'doc', '_source');
}

it('puts scripts of aggregations and a pipeline on Elasticsearch 7.10.2, where they give a risk score', async () => {
  const [front, folder] = [await started(), bundle(hosts)];
  const before = await front.view();
  const ended = await mldr(folder, front.url, { command: 'deploy', directory: hosts, only: 'model' });
  expect(textOf(ended)).toContain('8 added · deployment 1');
  for (const [host, score] of [
    ['a', 90],
    ['a', 50],
    ['b', 20],
  ] as const) {
    const alert = { '@timestamp': '2026-11-22T00:00:00Z', 'host.name': host, 'kibana.alert.risk_score': score };
    expect(await ask(front, 'POST', '/alerts/_doc?refresh=true', alert)).toMatchObject({ status: 201 });
  }
  // What the transform asks, of the real node: the stand-in has the transform, and runs none.
  const file = `examples/${hosts}/ml_hostriskscore_pivot_transform.json`;
  const pivot = (JSON.parse(readFileSync(file, 'utf8')) as JsonObject)['pivot'];
  const aggs = { hosts: { terms: { field: 'host.name.keyword' }, aggs: at(pivot, 'aggregations') ?? {} } };
  const { body } = await ask(front, 'POST', '/alerts/_search', { size: 0, aggs });
  const scores = listOr(at(body, 'aggregations', 'hosts', 'buckets')).map((each) => at(each, 'risk_score', 'value'));
  expect(scores[0]).toBeCloseTo((100 * (90 + 50 / 2 ** 1.5)) / 261.2, 6);
  expect(scores[1]).toBeCloseTo((100 * 20) / 261.2, 6);
  const docs = [{ _source: { risk_score: scores[0] ?? 0 } }];
  const simulated = await ask(front, 'POST', '/_ingest/pipeline/ml_hostriskscore_ingest_pipeline/_simulate', { docs });
  expect(sourceOf(simulated.body)).toMatchObject({ risk_level: 'Moderate' });
  expect(await mldr(folder, front.url, { command: 'status' })).toMatchObject({ exit: 0 });
  await mldr(folder, front.url, { command: 'undeploy', only: 'model' });
  const { script, pipeline, transform } = await front.view();
  expect({ script, pipeline, transform }).toEqual({
    script: before['script'],
    pipeline: before['pipeline'],
    transform: before['transform'],
  });
  expect(front.problems).toEqual([]);
  process.stdout.write(`${standInShare(front.requests)}\n`);
});

it('puts the ProblemChild bundle there, whose script makes the features that its model names', async () => {
  const [front, folder] = [await started(), bundle(problem)];
  const ended = await mldr(folder, front.url, { command: 'deploy', directory: problem });
  expect(textOf(ended)).toContain('4 added · deployment 1');
  const script = { script: { id: 'ml_problemchild_features_script' } };
  const begun = { command_line: 'cmd.exe /c whoami', parent: { name: 'winword.exe' } };
  const { body } = await ask(front, 'POST', '/_ingest/pipeline/_simulate', {
    pipeline: { processors: [script] },
    docs: [{ _source: { process: begun } }],
  });
  expect(sourceOf(body)).toMatchObject({ problemchild_length: 17, problemchild_parents: 1 });
  expect(front.problems).toEqual([]);
});
