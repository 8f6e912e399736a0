import { expect, it, onTestFinished } from 'vitest';
import { render } from '../../../src/reporters/reporter.ts';
import { superuser } from '../../elastic-server/access.ts';
import { call } from '../../kibana-server/call.ts';
import { startKibana } from '../../kibana-server/server.ts';
import { kibanaView, newKibanaState } from '../../kibana-server/state.ts';
import { cluster, example, mldr, onTarget, textOf, work } from './cluster.ts';

const deploy = { command: 'deploy', directory: example } as const;
const known = { ELASTIC_USERNAME: superuser.name, ELASTIC_PASSWORD: superuser.password ?? '' };
const field = 'ml_is_dga.malicious_prediction';

async function started(version = '8.17.2') {
  const [server, folder] = [await cluster(), work({ name: example })];
  const kibana = await startKibana({ state: newKibanaState('soc'), version });
  onTestFinished(() => kibana.close());
  const create = (space: string, id: string, title: string) =>
    call(kibana, 'POST', `${space}/api/data_views/data_view`, { data_view: { id, title } });
  await create('', 'logs-*', 'logs-*');
  await create('', 'v2', 'packetbeat-*');
  await create('/s/soc', 'soc-view', 'packetbeat-*');
  const env = { ...known, KIBANA_URL: kibana.url };
  return { server, folder, kibana, env };
}

it.each(['8.17.2', '8.2.0'])(
  '%s: looks up the fields of the views that are named, and says which are there',
  async (version) => {
    const { server, folder, kibana, env } = await started(version);
    const asked = { ...deploy, 'refresh-data-view': ['logs-*', 'packetbeat-*'] };
    const before = kibanaView(kibana.state);
    const early = await mldr(folder, server.url, asked, env);
    expect(early).toMatchObject({ exit: 0 });
    expect(textOf(early)).toContain(`> data view  logs-*  fields looked up anew; not in its indices yet: ${field}`);
    expect(textOf(early)).toContain('--refresh-data-view <id or title>');
    kibana.state.fieldsOf = () => ['@timestamp', field, 'ml_is_dga.malicious_probability'];
    // Nothing is deployed anew, and the views are asked all the same.
    const late = await mldr(folder, server.url, asked, env);
    expect(late).toMatchObject({ exit: 0, report: { deployment: { state: 'unchanged' } } });
    expect(textOf(late)).toContain(
      `packetbeat-*  fields looked up anew, it has ${field}, ml_is_dga.malicious_probability`,
    );
    if (!('report' in late)) throw late;
    expect(JSON.parse(await render('json', late.report)).result.refreshed).toMatchObject([
      { id: 'logs-*', has: { length: 2 }, lacks: [] },
      { id: 'v2', title: 'packetbeat-*' },
    ]);
    expect(kibanaView(kibana.state)).toEqual(before);
    expect(kibana.problems).toEqual([]);
  },
);

it('asks in the space that is named, and nothing in a dry run', async () => {
  const { server, folder, kibana, env } = await started();
  const asked = { ...deploy, 'refresh-data-view': ['packetbeat-*'], space: 'soc' };
  await mldr(folder, server.url, { ...asked, 'dry-run': true }, env);
  // Those by which the test made the views.
  expect(kibana.requests.filter(({ method }) => method === 'POST')).toHaveLength(3);
  await mldr(folder, server.url, asked, env);
  expect(kibana.requests.at(-1)?.path).toBe('/s/soc/api/data_views/data_view/soc-view');
});

it.each([
  [
    'a view that is not there',
    ['packetbeat'],
    {},
    'data-view-unknown',
    'Name one that is there: `logs-*`, `packetbeat-*`',
  ],
  [
    'a Kibana that is not named',
    ['logs-*'],
    { KIBANA_URL: '' },
    'target-invalid',
    'Set KIBANA_URL or pass --kibana-url',
  ],
] as const)('refuses %s before anything is written', async (_, views, env, code, message) => {
  const { server, folder, env: usual } = await started();
  const before = onTarget(server);
  const ended = await mldr(folder, server.url, { ...deploy, 'refresh-data-view': views }, { ...usual, ...env });
  expect(ended).toMatchObject({ code });
  expect(textOf(ended)).toContain(message);
  expect(onTarget(server)).toEqual(before);
});

it('refuses a Kibana without their API', async () => {
  const { server, folder, env } = await started('7.17.29');
  const ended = await mldr(folder, server.url, { ...deploy, 'refresh-data-view': ['logs-*'] }, env);
  expect(ended).toMatchObject({ code: 'target-refused' });
  expect(textOf(ended)).toContain('Kibana 7.17.29');
});

it('a view that cannot be refreshed leaves the release there, and says so', async () => {
  const { server, folder, kibana, env } = await started();
  // Status, list, and then the view.
  kibana.faults.set(kibana.requests.length + 2, '403');
  const ended = await mldr(folder, server.url, { ...deploy, 'refresh-data-view': ['v2'] }, env);
  expect(ended).toMatchObject({ code: 'refresh-failed', exit: 3 });
  expect(textOf(ended)).toContain('The release is there, and the data view `packetbeat-*` is not refreshed');
  expect(await mldr(folder, server.url, { command: 'status' }, env)).toMatchObject({ exit: 0 });
  expect(await mldr(folder, server.url, { ...deploy, 'refresh-data-view': ['v2'] }, env)).toMatchObject({ exit: 0 });
});
