import { expect, it, onTestFinished } from 'vitest';
import { startElastic } from '../../elastic-server/server.ts';
import { person, typeOn } from './stack-world.ts';

for (const version of ['8.17.2', '7.10.2']) {
  it(`names whoever sends documents through a pipeline on ${version}`, async () => {
    const server = await startElastic({ version });
    onTestFinished(() => server.close());
    const put = (path: string, body: Parameters<typeof person>[3]) => person(server, 'PUT', path, body);
    await put('/_ingest/pipeline/ours', { processors: [] });
    await put('/_ingest/pipeline/ours-2', { processors: [] });
    const call = { pipeline: { name: 'ours' } };
    const other = { pipeline: { name: 'ours-2' } };
    await put('/_ingest/pipeline/loops', { processors: [{ foreach: { field: 'a', processor: call } }] });
    await put('/_ingest/pipeline/fails', { processors: [{ set: { field: 'a', value: 1, on_failure: [call] } }] });
    await put('/_ingest/pipeline/ends', { processors: [], on_failure: [call] });
    await put('/_ingest/pipeline/others', { processors: [other, { set: { field: 'name', value: 'ours' } }] });
    const through = (kind: string, id = 'ours') => ({ settings: { [`index.${kind}_pipeline`]: id } });
    await put('/logs-default', through('default'));
    await put('/logs-final', through('final'));
    await put('/logs-other', through('default', 'ours-2'));
    // What stands behind a data stream is hidden.
    await put('/.ds-dns-000001', { settings: { index: { hidden: true, default_pipeline: 'ours' } } });
    await put('/_index_template/composable', { index_patterns: ['a-*'], template: through('final') });
    await put('/_index_template/another', { index_patterns: ['b-*'], template: through('final', 'ours-2') });
    await put('/_component_template/part', { template: through('default') });
    await put('/_component_template/bare', { template: {} });
    await put('/_template/old', { index_patterns: ['c-*'], ...through('default') });
    await put('/_template/older', { index_patterns: ['d-*'], settings: {} });
    const pipelines = await typeOn(server, 'pipeline');
    expect((await pipelines.usedBy?.('ours'))?.toSorted()).toEqual([
      'component template part',
      'index .ds-dns-000001',
      'index logs-default',
      'index logs-final',
      'index template composable',
      'legacy template old',
      'pipeline/ends',
      'pipeline/fails',
      'pipeline/loops',
    ]);
    expect(await pipelines.usedBy?.('nobody')).toEqual([]);
  });
}
