import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDeployment } from '../../../src/deploy/record.ts';
import { unfinishedOf } from '../../../src/deploy/unfinished.ts';
import { openIndexJournal } from '../../../src/resources/elasticsearch/journal.ts';
import { journalContract, record } from '../../contracts/journal.ts';
import { pipelineHealthContract } from '../../contracts/pipeline-health.ts';
import { connected, person, stackContract, typeOn } from '../../resources/elasticsearch/stack-world.ts';
import { startFront } from './front.ts';
import { type RealNode, startNode } from './node.ts';

let node: RealNode;

beforeAll(async () => {
  node = await startNode();
});

afterAll(() => node.close());

async function started() {
  await node.reset();
  return startFront(node);
}

stackContract('a real 7.10.2', started);

pipelineHealthContract('a real 7.10.2', started);

journalContract('an index of a real 7.10.2', async () => {
  const front = await started();
  const elasticsearch = await connected(front);
  return { open: () => openIndexJournal(elasticsearch, isDeployment, unfinishedOf), close: () => front.close() };
});

describe('a real 7.10.2', () => {
  it('keeps a record with whatever keys, to the last character', async () => {
    const front = await started();
    const journal = openIndexJournal(await connected(front), isDeployment, unfinishedOf);
    const text = `{"":1," ":2,".":3,"a..b":4,"a.b":{"a.b":5},"deep":${'{"a":'.repeat(1500)}1${'}'.repeat(1500)}}`;
    const [, step] = record(1).steps;
    await journal.begin(record(1, { steps: [{ ...(step ?? expect.unreachable()), before: JSON.parse(text) }] }));
    const [read] = await journal.list();
    expect(JSON.stringify(read?.steps[0]?.before)).toBe(text);
    await front.close();
  });

  it('shows every sender of a pipeline', async () => {
    const front = await started();
    const put = (path: string, body: Parameters<typeof person>[3]) => person(front, 'PUT', path, body);
    const through = { settings: { 'index.default_pipeline': 'ours' } };
    await put('/_ingest/pipeline/ours', { processors: [] });
    await put('/hidden', { settings: { 'index.hidden': true, 'index.final_pipeline': 'ours' } });
    await put('/_index_template/composable', { index_patterns: ['a-*'], template: through });
    await put('/_component_template/part', { template: through });
    await put('/_template/old', { index_patterns: ['c-*'], ...through });
    const used = await (await typeOn(front, 'pipeline')).usedBy?.('ours');
    await person(front, 'DELETE', '/_template/old');
    await front.close();
    expect(used).toEqual([
      'index hidden',
      'index template composable',
      'component template part',
      'legacy template old',
    ]);
  });
});
