import { expect, it } from 'vitest';
import { newIndex } from '../../elastic-server/stack.ts';
import { cluster, example, mldr, onTarget, second, textOf, work } from './cluster.ts';

const setup = { command: 'elastic setup-model', directory: example } as const;
const nothing = { command: 'elastic remove-model' } as const;

it('takes off what it put there, the outer pipeline first; again, it says that nothing is there', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const empty = onTarget(server);
  await mldr(folder, server.url, setup);
  const first = server.requests.length;
  const ended = await mldr(folder, server.url, nothing);
  expect(ended).toMatchObject({ exit: 0, report: { deployment: { state: 'done', action: 'undeploy' } } });
  expect(onTarget(server)).toEqual(empty);
  const gone = server.requests.slice(first).filter(({ method }) => method === 'DELETE');
  expect(gone.map(({ path, query }) => `${path}${query}`)).toEqual([
    '/_ingest/pipeline/dns_enrich_pipeline',
    '/_ingest/pipeline/dns_dga_inference_enrich_pipeline',
    '/_scripts/dga_ngrams_transform_delete',
    '/_scripts/dga_ngrams_create',
    '/_ml/trained_models/dga_1000_1.0',
  ]);
  const again = await mldr(folder, server.url, nothing);
  expect(again).toMatchObject({ exit: 0 });
  expect(textOf(again)).toContain('nothing of ours is there. Nothing was changed.');
});

it('refuses while an index or a template sends its documents through a pipeline, and names them', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  await mldr(folder, server.url, setup);
  server.stack.indices.set('logs-dns', newIndex({ 'index.default_pipeline': 'dns_enrich_pipeline' }, {}));
  const template = { settings: { index: { final_pipeline: 'dns_enrich_pipeline' } } };
  server.stack.indexTemplates.set('beats', { index_patterns: ['beats-*'], template });
  const before = onTarget(server);
  const ended = await mldr(folder, server.url, nothing);
  expect(ended).toMatchObject({ code: 'target-used', exit: 1 });
  expect(textOf(ended)).toContain('`index logs-dns`');
  expect(textOf(ended)).toContain('`index template beats`');
  expect(onTarget(server)).toEqual(before);
});

it('a release that is not there is said, and is no failure', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  await mldr(folder, server.url, setup);
  const before = onTarget(server);
  const ended = await mldr(folder, server.url, { command: 'undeploy', release: 'ML-DGA-20250101-1' });
  expect(ended).toMatchObject({ exit: 0 });
  expect(textOf(ended)).toContain('`ML-DGA-20250101-1` is not there (there is `ML-DGA-20261122-2`)');
  expect(onTarget(server)).toEqual(before);
});

it('what another tool put there goes only by its bundle and --overwrite', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  await mldr(folder, server.url, setup);
  server.stack.indices.delete('ml-detection-release-journal');
  const before = onTarget(server);
  expect(textOf(await mldr(folder, server.url, nothing))).toContain('nothing of ours is there');
  const named = { ...nothing, directory: example };
  const refused = await mldr(folder, server.url, named);
  expect(onTarget(server)).toEqual(before);
  expect(refused).toMatchObject({ code: 'target-foreign' });
  expect(await mldr(folder, server.url, { ...named, overwrite: true })).toMatchObject({ exit: 0 });
  expect([server.stack.models.size, server.stack.scripts.size, server.stack.pipelines.size]).toEqual([0, 0, 0]);
});

it('goes back to the release before, and forth again, by what the journal says and the store holds', async () => {
  const [server, folder] = [await cluster(), work({ name: example }, second)];
  const url = server.url;
  for (const bundle of [example, second.name]) {
    expect(await mldr(folder, url, { command: 'release', bundle: [bundle], 'accept-warnings': true })).toMatchObject({
      exit: 0,
    });
    expect(await mldr(folder, url, { command: 'deploy', release: bundle })).toMatchObject({ exit: 0 });
  }
  const back = await mldr(folder, url, { command: 'rollback' });
  expect(back).toMatchObject({ exit: 0, report: { deployment: { action: 'rollback', release: example } } });
  expect([...server.stack.models.keys()]).toEqual(['dga_1000_1.0']);
  expect(await mldr(folder, url, { command: 'rollback' })).toMatchObject({ code: 'nothing-before', exit: 1 });
  expect(await mldr(folder, url, { command: 'status' })).toMatchObject({ exit: 0 });
});
