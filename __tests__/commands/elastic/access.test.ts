import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { superuser } from '../../elastic-server/access.ts';
import { cluster, example, mldr, textOf, work } from './cluster.ts';

const setup = { command: 'elastic setup-model', directory: example } as const;
const password = 'correct-horse-battery';
const elastic = { ...superuser, password };
const poor = { name: 'poor', password, cluster: ['monitor'], indices: [] };

it('asks as who it is told to be, by password or key, from the environment only', async () => {
  const apiKey = Buffer.from('key-id:key-secret-of-some-length').toString('base64');
  const [server, folder] = [await cluster({ accounts: [{ ...elastic, apiKey }] }), work({ name: example })];
  const { url } = server;
  const known = { ELASTIC_USERNAME: 'elastic', ELASTIC_PASSWORD: password };
  expect(await mldr(folder, url, setup, known)).toMatchObject({ exit: 0 });
  expect(await mldr(folder, url, { command: 'status' }, { ELASTIC_API_KEY: apiKey })).toMatchObject({ exit: 0 });
  expect(await mldr(folder, url, { command: 'status', user: 'elastic' }, { ELASTIC_PASSWORD: password })).toMatchObject(
    { exit: 0 },
  );
  const inside = url.replace('//', `//elastic:${password}@`);
  expect(await mldr(folder, inside, { command: 'status' })).toMatchObject({ exit: 0 });
  const flag = await mldr(folder, url, { command: 'status', 'elasticsearch-url': inside });
  expect(flag).toMatchObject({ code: 'usage' });
  expect(textOf(flag)).not.toContain(password);
});

it('tells who is not known from who may not, and never says the password', async () => {
  const [server, folder] = [await cluster({ accounts: [elastic, poor] }), work({ name: example })];
  const ask = (name: string, secret: string) =>
    mldr(folder, server.url, setup, { ELASTIC_USERNAME: name, ELASTIC_PASSWORD: secret });
  const wrong = await ask('elastic', 'a-wrong-password');
  expect(wrong).toMatchObject({ code: 'target-unauthorised', exit: 2 });
  expect(textOf(wrong)).not.toContain('a-wrong-password');
  const forbidden = await ask('poor', password);
  expect(forbidden).toMatchObject({ code: 'target-forbidden', exit: 2 });
  expect(textOf(forbidden)).toMatch(/is unauthorized for user \[poor\]/);
  expect([...server.stack.models.keys(), ...server.stack.scripts.keys(), ...server.stack.indices.keys()]).toEqual([]);
});

it('who may not write an index keeps the journal in a folder', async () => {
  const cluster_ = ['monitor', 'manage_ml', 'manage_pipeline', 'manage'];
  const little = {
    ...poor,
    cluster: cluster_,
    indices: [{ names: ['*'], privileges: ['view_index_metadata', 'monitor'] }],
  };
  const [server, folder] = [await cluster({ accounts: [little] }), work({ name: example })];
  const who = { ELASTIC_USERNAME: 'poor', ELASTIC_PASSWORD: password };
  const refused = await mldr(folder, server.url, setup, who);
  expect(refused).toMatchObject({ code: 'target-forbidden' });
  expect(server.stack.models.size).toBe(0);
  expect(textOf(await mldr(folder, server.url, { ...setup, state: 'dir:journal' }, who))).toContain('5 added');
  expect(server.stack.indices.size).toBe(0);
  expect(await mldr(folder, server.url, { command: 'status', state: 'dir:journal' }, who)).toMatchObject({ exit: 0 });
  expect(await mldr(folder, server.url, { command: 'undeploy', state: 'dir:journal' }, who)).toMatchObject({ exit: 0 });
  expect(server.stack.models.size).toBe(0);
});

it('says that nobody is there, that something else answers, and that it is not https', async () => {
  const folder = work({ name: example });
  const proxy = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Sign in</title>');
  });
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  const { port } = proxy.address() as AddressInfo;
  const cases = [
    ['http://127.0.0.1:1', 'target-unreachable', 'ECONNREFUSED'],
    [`http://127.0.0.1:${port}`, 'target-answer-invalid', 'text/html'],
    ['http://es.example:9200', 'target-invalid', 'is not https'],
    ['', 'target-invalid', 'ELASTICSEARCH_URL'],
  ] as const;
  const ended = await Promise.all(cases.map(([url]) => mldr(folder, url, setup)));
  for (const [index, [, code, text]] of cases.entries()) {
    expect(ended[index]).toMatchObject({ code, exit: 2 });
    expect(ended[index] && textOf(ended[index])).toContain(text);
  }
});

it('a release of the store is proven, by the digest of its manifest where one is given, before anybody is asked', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const { url } = server;
  const published = await mldr(folder, url, { command: 'release', bundle: [example], 'accept-warnings': true });
  if (!('report' in published)) throw published;
  const assets = published.report.subjects[0]?.release?.assets ?? [];
  const digest = assets.find(({ name }) => name.startsWith('manifest-'))?.sha256 ?? '';
  const deploy = (release: string, more = {}) => mldr(folder, url, { command: 'deploy', release, ...more });
  expect(await deploy(`${example}@sha256:${'0'.repeat(64)}`)).toMatchObject({ code: 'release-corrupt', exit: 1 });
  expect(await deploy(`${example}@sha256:beef`)).toMatchObject({ code: 'usage' });
  expect(await deploy('ML-DGA-20260101-1')).toMatchObject({ code: 'release-not-found' });
  const yanked = `[[yanked]]\ntag = "${example}"\ndigest = "${digest}"\nreason = "wrong labels"\n`;
  writeFileSync(join(folder, 'ml-detection-release.toml'), yanked);
  expect(await deploy(example)).toMatchObject({ code: 'release-yanked', exit: 1 });
  expect(server.requests).toEqual([]);
  expect(await deploy(`${example}@sha256:${digest}`, { 'allow-yanked': true })).toMatchObject({
    exit: 0,
    report: { deployment: { digest, release: example, state: 'done' } },
  });
  const zip = join(folder, 'releases', example, `${example}.zip`);
  writeFileSync(zip, 'PK', { flag: 'a' });
  const asked = server.requests.length;
  expect(await deploy(example, { 'allow-yanked': true })).toMatchObject({ code: 'release-corrupt', exit: 1 });
  expect(server.requests).toHaveLength(asked);
});
