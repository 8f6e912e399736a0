import { afterAll, beforeAll, expect, it } from 'vitest';
import { cluster, example, mldr, rows, work } from '../../commands/elastic/cluster.ts';
import { ask } from '../../elastic-server/ask.ts';
import { at } from '../../elastic-server/json.ts';
import {
  attachmentContract,
  custom,
  pipelinePath,
  templatePath,
} from '../../resources/elasticsearch/attachment-world.ts';
import { standInShare, startFront } from './front.ts';
import { type RealNode, startNode } from './node.ts';

let node: RealNode;

beforeAll(async () => {
  node = await startNode();
});

afterAll(() => node.close());

const golden = { 'dga_1000_1.0': rows };

async function started() {
  await node.reset();
  return startFront(node, { golden, accounts: 'off' });
}

attachmentContract('a real 7.10.2', started);

/** A request with a body to the letter, past every parser of ours. */
async function raw(method: string, path: string, body?: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${node.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  expect(answer.status).toBeLessThan(300);
  return await answer.text();
}

/** More than a double holds, and a fraction as it is written. */
const theirs = '{"set":{"field":"big","value":9007199254740993}},{"set":{"field":"exact","value":0.10}}';

it('data comes through a pipeline of people, of which not a digit changes, and the release goes again', async () => {
  const [front, folder] = [await started(), work({ name: example })];
  await raw('PUT', pipelinePath, `{"description":"theirs","version":9007199,"processors":[${theirs}]}`);
  await raw(
    'PUT',
    templatePath,
    '{"template":{"mappings":{"_meta":{"n":9007199254740993}}},"version":9007199254740993}',
  );
  const before = [await raw('GET', pipelinePath), await raw('GET', templatePath)];
  const deploy = { command: 'deploy', directory: example, attach: [custom] } as const;
  expect(await mldr(folder, front.url, deploy)).toMatchObject({ exit: 0 });
  const during = await raw('GET', pipelinePath);
  expect(during).toContain('9007199254740993');
  expect(during).toContain('"tag":"ml-detection-release:dns_enrich_pipeline"');
  const standing = [during, await raw('GET', templatePath)];
  expect(await mldr(folder, front.url, deploy)).toMatchObject({ report: { deployment: { state: 'unchanged' } } });
  expect([await raw('GET', pipelinePath), await raw('GET', templatePath)]).toEqual(standing);

  // What the index templates of Elastic Agent do: the component template beside the pipeline.
  const template = {
    index_patterns: ['logs-*'],
    composed_of: [custom],
    template: { settings: { 'index.default_pipeline': custom } },
  };
  await raw('PUT', '/_index_template/agent', JSON.stringify(template));
  const document = { dns: { question: { registered_domain: rows[2]?.domain ?? '' } } };
  await raw('POST', '/logs-dns/_doc/1?refresh=true', JSON.stringify(document));
  const stored = await raw('GET', '/logs-dns/_doc/1');
  expect(stored).toContain('"big":9007199254740993');
  expect(at(JSON.parse(stored), '_source', 'ml_is_dga')).toMatchObject({ malicious_prediction: 1 });
  const { body } = await ask(node, 'GET', '/logs-dns/_mapping/field/ml_is_dga.*');
  expect(JSON.stringify(body)).toContain('{"malicious_prediction":{"type":"long"}}');
  expect(JSON.stringify(body)).toContain('{"malicious_probability":{"type":"float"}}');
  expect(await mldr(folder, front.url, { command: 'undeploy' })).toMatchObject({ exit: 0 });
  expect([await raw('GET', pipelinePath), await raw('GET', templatePath)]).toEqual(before);
  process.stdout.write(`${standInShare(front.requests)}\n`);
  await front.close();
});

it('what people do there meanwhile stays, and what they use', async () => {
  const [front, folder] = [await started(), work({ name: example })];
  expect(await mldr(folder, front.url, { command: 'deploy', directory: example, attach: [custom] })).toMatchObject({
    exit: 0,
  });
  const { [custom]: made } = JSON.parse(await raw('GET', pipelinePath));
  const own = JSON.stringify(made.processors[0]);
  await raw('PUT', pipelinePath, `{"description":"by now theirs","processors":[${theirs},${own}]}`);
  const parts = { index_patterns: ['logs-*'], composed_of: [custom] };
  await raw('PUT', '/_index_template/agent', JSON.stringify(parts));
  expect(await mldr(folder, front.url, { command: 'status' })).toMatchObject({ exit: 0 });
  expect(await mldr(folder, front.url, { command: 'undeploy' })).toMatchObject({ exit: 0 });
  const left = `{"description":"by now theirs","processors":[${theirs.replace('0.10', '0.1')}]}`;
  expect(await raw('GET', pipelinePath)).toBe(`{"${custom}":${left}}`);
  // An index template needs it: no server takes it away, and nothing is in it any more.
  expect(JSON.parse(await raw('GET', templatePath)).component_templates).toEqual([
    { name: custom, component_template: { template: {} } },
  ]);
  await front.close();
});

it('asks the same in the same order of the stand-in', async () => {
  const [front, folder] = [await started(), work({ name: example })];
  const alone = await cluster({ golden, version: '7.10.2' });
  for (const server of [front, alone]) {
    await mldr(folder, server.url, { command: 'deploy', directory: example, attach: [custom] });
    await mldr(folder, server.url, { command: 'undeploy' });
  }
  const told = (server: typeof front | typeof alone) =>
    server.requests.map(({ method, path, status }) => [method, path, status]);
  expect(told(front)).toEqual(told(alone));
  await front.close();
});
