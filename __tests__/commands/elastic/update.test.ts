import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { cluster, example, mldr, onTarget, rows, second, textOf, work } from './cluster.ts';

const domain = rows[2]?.domain ?? '';
const document = JSON.stringify({ dns: { question: { registered_domain: domain } } });

/** Golden rows that tell the models apart. */
const apart = {
  'dga_1000_1.0': rows,
  'dga_1001_1.0': rows.map((row) => ({ ...row, malicious_probability: row.malicious_probability / 2 })),
};

it('while a release is exchanged, every document is wholly of the old one or wholly of the new one', async () => {
  const [server, folder] = [await cluster({ golden: apart }), work({ name: example }, second)];
  await mldr(folder, server.url, { command: 'deploy', directory: example });
  const send = async (number: number): Promise<void> => {
    const address = `${server.url}/logs/_create/${number}?pipeline=dns_enrich_pipeline`;
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(address, { method: 'PUT', headers, body: document })).status).toBe(201);
  };
  let [sent, going] = [0, true];
  const indexing = (async () => {
    for (; going; sent += 1) await send(sent);
  })();
  await sleep(50);
  const ended = await mldr(folder, server.url, { command: 'deploy', directory: second.name });
  await sleep(50);
  going = false;
  await indexing;
  expect(ended).toMatchObject({ exit: 0 });
  const seen = [...(server.stack.indices.get('logs')?.documents.values() ?? [])].map(({ source }) =>
    JSON.stringify(source['ml_is_dga']),
  );
  expect(seen).toHaveLength(sent);
  expect([...new Set(seen)].map((text) => JSON.parse(text)).map(({ model_id: id, ...rest }) => [id, rest])).toEqual([
    ['dga_1000_1.0', expect.objectContaining({ malicious_probability: 0.99 })],
    ['dga_1001_1.0', expect.objectContaining({ malicious_probability: 0.495 })],
  ]);
  expect(seen.toSorted()).toEqual(seen);
});

it('a changed script gets an id of its own, one write is the switch, and the old ones go behind it', async () => {
  const [server, folder] = [await cluster(), work({ name: example }, second)];
  await mldr(folder, server.url, { command: 'deploy', directory: example });
  const first = server.requests.length;
  const ended = await mldr(folder, server.url, { command: 'deploy', directory: second.name });
  expect(textOf(ended)).toContain('+ "name": "dns_dga_inference_enrich_pipeline__');
  const writes = server.requests.slice(first).filter(({ method, path }) => method !== 'GET' && !/journal/.test(path));
  const paths = writes.map(({ method, path }) => `${method} ${path.replace(/__[\da-f]{8}/, '__V')}`);
  expect(paths).toEqual([
    'PUT /_ml/trained_models/dga_1001_1.0',
    'PUT /_scripts/dga_ngrams_create__V/ingest',
    'PUT /_ingest/pipeline/dns_dga_inference_enrich_pipeline__V',
    'POST /_ingest/pipeline/_simulate',
    'PUT /_ingest/pipeline/dns_enrich_pipeline',
    'POST /_ingest/pipeline/dns_enrich_pipeline/_simulate',
    'DELETE /_ingest/pipeline/dns_dga_inference_enrich_pipeline',
    'DELETE /_scripts/dga_ngrams_create',
    'DELETE /_ml/trained_models/dga_1000_1.0',
  ]);
});

it('a lower release needs --allow-downgrade', async () => {
  const [server, folder] = [await cluster(), work({ name: example }, second)];
  await mldr(folder, server.url, { command: 'deploy', directory: second.name });
  const before = onTarget(server);
  const down = { command: 'deploy', directory: example } as const;
  expect(await mldr(folder, server.url, down)).toMatchObject({ code: 'downgrade-refused', exit: 1 });
  expect(onTarget(server)).toEqual(before);
  expect(await mldr(folder, server.url, { ...down, 'allow-downgrade': true })).toMatchObject({ exit: 0 });
  expect([...server.stack.models.keys()]).toEqual(['dga_1000_1.0']);
});

it('never overwrites what somebody else put there without being told to, and saves it then', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const foreign = { lang: 'painless', source: 'ctx.theirs = true' };
  server.stack.scripts.set('dga_ngrams_create', foreign);
  const before = onTarget(server);
  const setup = { command: 'elastic setup-model', directory: example } as const;
  const refused = await mldr(folder, server.url, setup);
  expect(refused).toMatchObject({ code: 'target-foreign', exit: 1 });
  expect(textOf(refused)).toContain('`script/dga_ngrams_create`: somebody else put another one there');
  expect(onTarget(server)).toEqual(before);
  expect(await mldr(folder, server.url, { ...setup, overwrite: true })).toMatchObject({ exit: 0 });
  const journal = server.stack.indices.get('ml-detection-release-journal')?.documents;
  expect(JSON.stringify([...(journal?.values() ?? [])])).toContain('ctx.theirs = true');
});

it('what was changed by hand is said, and is no reason to lose it', async () => {
  const [server, folder] = [await cluster(), work({ name: example }, second)];
  await mldr(folder, server.url, { command: 'deploy', directory: example });
  server.stack.pipelines.set('dns_enrich_pipeline', { processors: [{ set: { field: 'by', value: 'hand' } }] });
  const status = await mldr(folder, server.url, { command: 'status' });
  expect(status).toMatchObject({ exit: 4, report: { outcome: 'failed' } });
  expect(textOf(status)).toMatch(/^pipeline dns_enrich_pipeline +ML-DGA-20261122-2 {2}changed by hand$/m);
  const before = onTarget(server);
  const update = { command: 'deploy', directory: second.name } as const;
  expect(await mldr(folder, server.url, update)).toMatchObject({ code: 'target-foreign', exit: 1 });
  expect(onTarget(server)).toEqual(before);
  expect(await mldr(folder, server.url, { ...update, overwrite: true })).toMatchObject({ exit: 0 });
  expect(await mldr(folder, server.url, { command: 'elastic status' })).toMatchObject({ exit: 0 });
});
