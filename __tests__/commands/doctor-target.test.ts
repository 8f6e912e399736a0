import { appendFileSync, cpSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Inputs } from '../../src/inputs.ts';
import { neededPrivileges, roleOf } from '../../src/resources/elasticsearch/privileges.ts';
import type { Condition } from '../../src/stores/preflight.ts';
import { type Account, superuser } from '../elastic-server/access.ts';
import type { ElasticOptions, ElasticServer } from '../elastic-server/server.ts';
import { type Stack, stackView } from '../elastic-server/stack.ts';
import { startKibana } from '../kibana-server/server.ts';
import { cluster, example, mldr, second, textOf, work } from './elastic/cluster.ts';
import { type Told, told } from './told.ts';

const password = ['correct', 'horse', 'battery'].join('-');

/** One who has exactly the role that doctor proposes, without some of its privileges. */
function account(without: readonly string[] = [], journal = true): Account {
  const wanted = neededPrivileges(journal).filter(({ privilege, on }) => !without.includes(`${privilege}${on ?? ''}`));
  return { name: 'deployer', password, roles: ['ml_detection_release'], ...roleOf(wanted) };
}

interface Visit {
  readonly server: ElasticServer;
  doctor(inputs?: Omit<Inputs, 'command'>, env?: Record<string, string>): Promise<Told>;
}

async function visit(options: ElasticOptions = { accounts: [account()] }): Promise<Visit> {
  const [server, folder] = [await cluster(options), work()];
  const known = { ELASTIC_USERNAME: 'deployer', ELASTIC_PASSWORD: password };
  return {
    server,
    doctor: async (inputs = {}, env = {}) => {
      const before = JSON.stringify(stackView(server.stack));
      const said = await told({ command: 'doctor', 'elasticsearch-url': server.url, ...inputs }, folder, {
        ...known,
        ...env,
      });
      expect(JSON.stringify(stackView(server.stack))).toBe(before);
      expect(said.text).not.toContain(password);
      expect(server.problems).toEqual([]);
      return said;
    },
  };
}

/** Mark and subject of every row, as a person sees them. */
function rows({ text }: Told): string[] {
  return text.split('\n').flatMap((line) => /^[✓!✗?] [A-Za-z]+/.exec(line)?.[0] ?? []);
}

function conditions({ result }: Told): readonly Condition[] {
  return (result as { conditions: readonly Condition[] }).conditions;
}

it('finds everything in place, with exactly the role that it proposes, and changes nothing', async () => {
  const { server, doctor } = await visit();
  const said = await doctor();
  expect(said.exit).toBe(0);
  expect(rows(said)).toEqual(['✓ server', '✓ user', '✓ privileges', '✓ licence', '✓ nodes', '✓ cluster', '✓ journal']);
  expect(said.text).toContain(`Elasticsearch 8.17.2 answers at ${server.url}.`);
  expect(said.text).toContain('Everything is there to deploy: 7 in place.');
  const changing = server.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('_has_privileges'));
  expect(changing).toEqual([]);
});

it('that role is enough to deploy, update, watch and take off, jobs too', async () => {
  const [server, folder] = [await cluster({ accounts: [account()] }), work({ name: example }, second)];
  const known = { ELASTIC_USERNAME: 'deployer', ELASTIC_PASSWORD: password };
  const stories: readonly Inputs[] = [
    { command: 'deploy', directory: example },
    { command: 'deploy', directory: second.name },
    { command: 'status', health: true },
    { command: 'undeploy' },
  ];
  for (const inputs of stories) expect(await mldr(folder, server.url, inputs, known)).toMatchObject({ exit: 0 });
});

it.each([
  ['manage', 'scripts are stored'],
  ['view_index_metadata*', 'it is seen which indices send through a pipeline'],
  ['writeml-detection-release-journal', 'the journal is kept'],
])(
  'without %s names it, what it is for, and the role; and deploying or taking off fails',
  async (privilege, purpose) => {
    const { server, doctor } = await visit({ accounts: [account([privilege])] });
    const said = await doctor();
    expect(said.exit).toBe(1);
    const [lacking] = conditions(said).filter(({ subject }) => subject === 'privileges');
    expect(lacking).toMatchObject({ state: 'missing', code: 'target-forbidden' });
    expect(lacking?.message).toContain(purpose);
    const role =
      /PUT \/_security\/role\/ml_detection_release\n([\s\S]*?)\nOr a key/.exec(lacking?.help ?? '')?.[1] ?? '';
    expect(JSON.parse(role)).toEqual(roleOf(neededPrivileges(true)));
    const [folder, known] = [work({ name: example }), { ELASTIC_USERNAME: 'deployer', ELASTIC_PASSWORD: password }];
    const ended = [
      await mldr(folder, server.url, { command: 'deploy', directory: example }, known),
      await mldr(folder, server.url, { command: 'undeploy' }, known),
    ];
    expect(ended.map(textOf).join('\n')).toContain('target-forbidden');
  },
);

it('without scripts the role does without `manage`', async () => {
  const [server, folder] = [await cluster({ accounts: [account(['manage'])] }), work()];
  const detections = 'ML-experimental-detections-20261122-1';
  cpSync(join('examples', detections), join(folder, detections), { recursive: true });
  const known = { ELASTIC_USERNAME: 'deployer', ELASTIC_PASSWORD: password };
  const stories: readonly Inputs[] = [
    { command: 'deploy', directory: detections, only: 'jobs' },
    { command: 'status', health: true },
    { command: 'undeploy' },
  ];
  for (const inputs of stories) expect(await mldr(folder, server.url, inputs, known)).toMatchObject({ exit: 0 });
});

it('asks for no journal where that is a folder', async () => {
  const { doctor } = await visit({ accounts: [account([], false)] });
  expect(await doctor()).toMatchObject({ exit: 1 });
  expect(await doctor({ state: 'dir:journal' })).toMatchObject({ exit: 0 });
});

it('tells one who may not even ask all that is missing at once, and nothing twice', async () => {
  const { doctor } = await visit({ accounts: [{ name: 'deployer', password, cluster: [] }] });
  const said = await doctor();
  expect(said.exit).toBe(1);
  expect(rows(said)).toEqual(['✗ server', '✓ user', '✗ privileges']);
  const some = await visit({ accounts: [account(['manage', 'manage_ml', 'readml-detection-release-journal'])] });
  expect(rows(await some.doctor())).not.toContain('? journal');
});

it('proposes a key to one who may do everything, and names a server that asks nobody', async () => {
  const all = await visit({ accounts: [{ ...superuser, name: 'deployer', password }] });
  const said = await all.doctor();
  expect(said.exit).toBe(0);
  expect(said.text).toMatch(/! user .*may do everything/);
  const [asker] = conditions(said).filter(({ subject }) => subject === 'user');
  const key = /POST \/_security\/api_key\n([\s\S]*)$/.exec(asker?.help ?? '')?.[1] ?? '';
  expect(JSON.parse(key)).toEqual({
    name: 'ml-detection-release',
    role_descriptors: { ml_detection_release: roleOf(neededPrivileges(true)) },
  });
  const off = await (await visit({ accounts: 'off' })).doctor();
  expect(rows(off)).toContain('! user');
  expect(rows(off)).not.toContain('✗ privileges');
});

const troubles: readonly (readonly [string, Partial<Stack>, string, number, RegExp])[] = [
  ['a basic licence', { license: { type: 'basic', status: 'active' } }, '✗ licence', 1, /start_trial/],
  ['an expired one', { license: { type: 'trial', status: 'expired' } }, '✗ licence', 1, /expired/],
  ['a red cluster', { health: 'red' }, '✗ cluster', 1, /allocation\/explain/],
  ['a yellow cluster', { health: 'yellow' }, '✓ cluster', 0, /yellow/],
  ['no node that learns', { mlNodes: 0 }, '! nodes', 0, /no job is opened/],
  ['an upgrade', { upgradeMode: true }, '✗ nodes', 1, /set_upgrade_mode/],
];

it.each(troubles)('says of %s what it means and what to do', async (_, change, row, exit, text) => {
  const { server, doctor } = await visit();
  Object.assign(server.stack, change);
  const said = await doctor();
  expect(said).toMatchObject({ exit });
  expect(rows(said)).toContain(row);
  expect(said.text).toMatch(text);
});

it('tells the wrong password, the stranger who answers, and nobody', async () => {
  const { doctor } = await visit();
  const wrong = await doctor({}, { ELASTIC_PASSWORD: 'wrong-one' });
  expect(wrong).toMatchObject({ exit: 1 });
  expect(conditions(wrong)).toMatchObject([{ subject: 'server', state: 'missing', code: 'target-unauthorised' }]);
  expect(await doctor({ 'elasticsearch-url': 'http://127.0.0.1:1' })).toMatchObject({ exit: 2 });
  expect(await doctor({ 'elasticsearch-url': 'http://es.example' })).toMatchObject({
    exit: 2,
    failure: { code: 'target-invalid' },
  });
  expect(await doctor({ 'delete-draft': ['x'] })).toMatchObject({ exit: 2, failure: { code: 'usage' } });
  const other = createServer((request, response) => {
    const version = { number: '2.19.1', distribution: 'opensearch' };
    response.writeHead(request.url === '/' ? 200 : 404).end(request.url === '/' ? JSON.stringify({ version }) : '{}');
  });
  await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const said = await doctor({ 'elasticsearch-url': url });
  expect(said).toMatchObject({ exit: 1 });
  expect(said.text).toMatch(/✗ server +OpenSearch 2\.19\.1 answers/);
});

it('is too old before 7.10', async () => {
  const { doctor } = await visit({ accounts: [account()], version: '7.9.3' });
  const said = await doctor();
  expect(said).toMatchObject({ exit: 1 });
  expect(said.text).toMatch(/✗ server +Elasticsearch 7\.9\.3 .* came with 7\.10/);
});

it('finds a deployment that was left, with the command that repairs it', async () => {
  const server: ElasticServer = await cluster({
    onRequest: ({ method, path, number }) => {
      if (method === 'PUT' && path.startsWith('/_ml/')) server.faults.set(number + 1, 'kill-before');
    },
  });
  const folder = work({ name: example });
  await mldr(folder, server.url, { command: 'deploy', directory: example });
  server.faults.clear();
  server.revive();
  const said = await told({ command: 'doctor', 'elasticsearch-url': server.url }, folder);
  expect(said).toMatchObject({ exit: 1 });
  expect(conditions(said).find(({ subject }) => subject === 'journal')).toMatchObject({
    state: 'missing',
    code: 'deployment-unfinished',
    help: expect.stringContaining(`\nmldr deploy --elasticsearch-url ${server.url} --repair`),
  });
});

it('asks Kibana too where it is named', async () => {
  const { doctor } = await visit();
  const kibana = await startKibana({ accounts: [account()] });
  onTestFinished(() => kibana.close());
  const said = await doctor({ 'kibana-url': kibana.url });
  expect(rows(said)).toContain('✓ Kibana');
  expect(said.exit).toBe(0);
  const closed = await startKibana({ accounts: [{ ...account(), kibana: 'none' }] });
  onTestFinished(() => closed.close());
  const refused = await doctor({ 'kibana-url': closed.url });
  expect(rows(refused)).toContain('✗ Kibana');
  expect(refused.text).toContain('Security with All');
  expect(await doctor({ 'kibana-url': kibana.url, space: 'nowhere' })).toMatchObject({ exit: 1 });
  expect(await doctor({ 'kibana-url': 'http://127.0.0.1:1' })).toMatchObject({ exit: 2 });
});

it('asks a target of the configuration by its name, with its own key', async () => {
  const apiKey = Buffer.from('key-id:key-secret-of-some-length').toString('base64');
  const [server, folder] = [await cluster({ accounts: [{ ...account(), apiKey }] }), work()];
  const file = join(folder, 'ml-detection-release.toml');
  appendFileSync(file, `[targets.staging]\nelasticsearch-url = "${server.url}"\n`);
  const ask = (target: string) => told({ command: 'doctor', target }, folder, { ELASTIC_API_KEY_STAGING: apiKey });
  const said = await ask('staging');
  expect(said).toMatchObject({ exit: 0 });
  expect(said.text).toContain('An API key of `deployer`.');
  expect(await ask('production')).toMatchObject({ exit: 2, failure: { help: expect.stringContaining('staging') } });
});
