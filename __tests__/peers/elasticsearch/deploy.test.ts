import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { cluster, example, mldr, rows, second, textOf, work } from '../../commands/elastic/cluster.ts';
import { ask } from '../../elastic-server/ask.ts';
import { at } from '../../elastic-server/json.ts';
import { standInShare, startFront } from './front.ts';
import { type RealNode, startNode } from './node.ts';

let node: RealNode;

beforeAll(async () => {
  node = await startNode();
});

afterAll(() => node.close());

/** Golden rows that tell the two models apart. */
const golden = {
  'dga_1000_1.0': rows,
  'dga_1001_1.0': rows.map((row) => ({ ...row, malicious_probability: row.malicious_probability / 2 })),
};

async function started() {
  await node.reset();
  const front = await startFront(node, { golden, accounts: 'off' });
  onTestFinished(() => front.close());
  return front;
}

it('installs, exchanges and takes off a release on Elasticsearch 7.10.2', async () => {
  const [front, folder] = [await started(), work({ name: example }, second)];
  const empty = { script: {}, pipeline: {}, model: {} };
  expect(await front.view()).toMatchObject(empty);
  const first = await mldr(folder, front.url, { command: 'elastic setup-model', directory: example });
  expect(textOf(first)).toContain('5 added · deployment 1');
  expect(front.requests.length).toBeLessThanOrEqual(30);
  const document = { dns: { question: { registered_domain: rows[2]?.domain ?? '' } } };
  const index = async (): Promise<void> =>
    void (await ask(front, 'POST', '/logs/_doc?pipeline=dns_enrich_pipeline', document));
  await index();
  let going = true;
  const indexing = (async () => {
    while (going) await index();
  })();
  const update = await mldr(folder, front.url, { command: 'deploy', directory: second.name });
  going = false;
  await indexing;
  await index();
  expect(textOf(update)).toContain('3 added, 1 changed, 3 removed, 1 unchanged · deployment 2');
  const view = await front.view();
  const seen = Object.entries(view['document'] ?? {}).filter(([key]) => key.startsWith('logs/'));
  const results = new Set(seen.map(([, source]) => JSON.stringify(at(source, 'ml_is_dga'))));
  expect([...results].map((text) => JSON.parse(text)).sort(byModel)).toEqual([
    { malicious_prediction: 1, malicious_probability: 0.99, model_id: 'dga_1000_1.0' },
    { malicious_prediction: 1, malicious_probability: 0.495, model_id: 'dga_1001_1.0' },
  ]);
  // Not one document failed while the release was exchanged, as the node counted itself.
  const watched = await mldr(folder, front.url, { command: 'status', health: true });
  expect(watched).toMatchObject({ exit: 0 });
  expect(textOf(watched)).toMatch(/pipeline dns_enrich_pipeline +\S+ +healthy +[\d,]+ documents, 0 failures/);
  const off = await mldr(folder, front.url, { command: 'undeploy' });
  expect(textOf(off)).toContain('5 removed · deployment 3');
  const { script, pipeline, model } = await front.view();
  expect({ script, pipeline, model }).toEqual(empty);
  process.stdout.write(`${standInShare(front.requests)}\n`);
});

it('shows where a script does not compile by the words of a real compiler, and leaves nothing', async () => {
  const change = [['ngrams_create', '{\\n  ctx.put', '{\\n  ctx = ;ctx.put']] as const;
  const [front, folder] = [await started(), work({ name: example, change })];
  const severity = ['pipeline-script-not-known=note'];
  const ended = await mldr(folder, front.url, { command: 'deploy', directory: example, severity });
  expect(ended).toMatchObject({ code: 'script-refused' });
  expect(textOf(ended)).toMatch(/dga_1000_1\.0_ngrams_create\.json:\d+:\d+: `dga_ngrams_create` does not compile/);
  const { script, pipeline, model } = await front.view();
  expect({ script, pipeline, model }).toEqual({ script: {}, pipeline: {}, model: {} });
});

it('says the same in the same order to the stand-in', async () => {
  const [front, folder] = [await started(), work({ name: example }, second)];
  const alone = await cluster({ golden, version: '7.10.2' });
  for (const server of [front, alone]) {
    for (const directory of [example, second.name]) await mldr(folder, server.url, { command: 'deploy', directory });
    await mldr(folder, server.url, { command: 'undeploy' });
  }
  const told = (server: typeof front | typeof alone) =>
    server.requests.map(({ method, path, status }) => [method, path, status]);
  expect(told(front)).toEqual(told(alone));
});

function byModel(a: { model_id: string }, b: { model_id: string }): number {
  return a.model_id < b.model_id ? -1 : 1;
}
