import { afterEach, expect, it } from 'vitest';
import { superuser } from '../elastic-server/access.ts';
import { authorization } from '../elastic-server/ask.ts';
import { at, type JsonObject } from '../elastic-server/json.ts';
import { call, importFile } from './call.ts';
import { type KibanaOptions, type KibanaServer, startKibana } from './server.ts';
import { kibanaView, newKibanaState } from './state.ts';

const rules = '/api/detection_engine/rules';
const rule: JsonObject = {
  rule_id: 'r1',
  name: 'One',
  description: 'd',
  type: 'query',
  query: 'a:1',
  language: 'kuery',
  risk_score: 21,
  severity: 'low',
};
const learning: JsonObject = {
  rule_id: 'r2',
  name: 'Two',
  description: 'd',
  type: 'machine_learning',
  anomaly_threshold: 70,
  machine_learning_job_id: 'a-job',
  risk_score: 21,
  severity: 'low',
};
const list = { id: 'l', list_id: 'people', type: 'detection', namespace_type: 'single' };
let server: KibanaServer;

afterEach(() => server.close());

async function kibana(options: KibanaOptions = {}): Promise<void> {
  server = await startKibana(options);
}

it('refuses who is not known, who may not, and what has no kbn-xsrf', async () => {
  const reader = { ...superuser, name: 'reader', kibana: 'read' } as const;
  await kibana({ accounts: [superuser, reader] });
  expect((await fetch(`${server.url}/api/status`)).status).toBe(401);
  expect(await call(server, 'POST', rules, rule, reader)).toMatchObject({ status: 403, body: { error: 'Forbidden' } });
  expect((await call(server, 'GET', `${rules}/_find`, undefined, reader)).status).toBe(200);
  const bare = await fetch(`${server.url}${rules}?rule_id=r1`, {
    method: 'DELETE',
    headers: { authorization: authorization(superuser) },
  });
  expect([bare.status, await bare.json()]).toEqual([
    400,
    { statusCode: 400, error: 'Bad Request', message: 'Request must contain a kbn-xsrf header.' },
  ]);
});

it('says its version and how it is', async () => {
  await kibana({ version: '8.12.0' });
  server.state.status = 'degraded';
  expect((await call(server, 'GET', '/api/status')).body).toMatchObject({
    version: { number: '8.12.0' },
    status: { overall: { level: 'degraded' } },
  });
});

it('imports rules with the defaults of the server: on, and a list of jobs', async () => {
  await kibana();
  expect((await importFile(server, [rule, learning, { exported_count: 2 }])).body).toMatchObject({
    success: true,
    success_count: 2,
    rules_count: 2,
    errors: [],
  });
  expect((await call(server, 'GET', `${rules}?rule_id=r2`)).body).toMatchObject({
    ...learning,
    machine_learning_job_id: ['a-job'],
    enabled: true,
    actions: [],
    revision: 0,
  });
});

it('names each rule that it does not take', async () => {
  await kibana();
  await importFile(server, [rule]);
  const { body } = await importFile(server, [
    rule,
    { ...rule, rule_id: 'r3', severity: 'huge' },
    { ...learning, anomaly_threshold: 'high' },
    { ...rule, rule_id: 'r4', type: 'nothing' },
    { ...rule, rule_id: 'twice' },
    { ...rule, rule_id: 'twice' },
    { ...rule, rule_id: 'r5', actions: [{ id: 'c1', action_type_id: '.webhook', params: {} }] },
    '{"rule_id":',
    { ...rule, rule_id: 'r6' },
  ]);
  expect(body).toMatchObject({ success: false, success_count: 1 });
  const errors = at(body, 'errors') as readonly JsonObject[];
  expect(errors.map((one) => [one['rule_id'], at(one, 'error', 'status_code')])).toEqual([
    ['r1', 409],
    ['r3', 400],
    ['r2', 400],
    ['r4', 400],
    ['twice', 400],
    ['twice', 400],
    ['r5', 404],
    ['(unknown id)', 400],
  ]);
  expect([...(server.state.spaces.get('default')?.rules.keys() ?? [])]).toEqual(['r1', 'r6']);
});

it('writes over a rule with what the file says, and with nothing else', async () => {
  await kibana();
  await importFile(server, [list, { ...rule, exceptions_list: [list], tags: ['tuned'], enabled: false }]);
  const before = (await call(server, 'GET', `${rules}?rule_id=r1`)).body;
  expect(before).toMatchObject({ enabled: false, tags: ['tuned'], exceptions_list: [{ list_id: 'people' }] });
  expect((await importFile(server, [{ ...rule, name: 'New' }], { query: '?overwrite=true' })).body).toMatchObject({
    success: true,
  });
  const after = (await call(server, 'GET', `${rules}?rule_id=r1`)).body;
  expect(after).toMatchObject({ name: 'New', enabled: true, tags: [], exceptions_list: [], revision: 1 });
  expect(at(after, 'id')).toBe(at(before, 'id'));
  expect([...(server.state.spaces.get('default')?.exceptionLists.keys() ?? [])]).toEqual(['people']);
});

it('takes a reference to an exception list that is not there out of a rule, and says so', async () => {
  await kibana();
  const { body } = await importFile(server, [{ ...rule, exceptions_list: [list] }]);
  expect(body).toMatchObject({ success: false, success_count: 1, errors: [{ rule_id: 'r1' }] });
  expect((await call(server, 'GET', `${rules}?rule_id=r1`)).body).toMatchObject({ exceptions_list: [] });
});

it('keeps exception lists and connectors, unless they are to be written over', async () => {
  await kibana();
  const connector = { id: 'c1', type: 'action', attributes: { name: 'hook' } };
  await importFile(server, [list, connector]);
  const changed = [
    { ...list, description: 'new' },
    { ...connector, attributes: { name: 'other' } },
  ];
  expect((await importFile(server, changed)).body).toMatchObject({
    success: false,
    exceptions_errors: [{ list_id: 'people', error: { status_code: 409 } }],
    action_connectors_errors: [{ id: 'c1' }],
  });
  const query = '?overwrite_exceptions=true&overwrite_action_connectors=true';
  expect((await importFile(server, changed, { query })).body).toMatchObject({ success: true });
  expect((await call(server, 'GET', '/api/exception_lists?list_id=people')).body).toMatchObject({ description: 'new' });
});

it('imports no machine learning without its licence, and files by their ending only', async () => {
  await kibana();
  server.state.learns = false;
  expect((await importFile(server, [learning])).body).toMatchObject({ errors: [{ error: { status_code: 403 } }] });
  expect(await importFile(server, [rule], { name: 'rules.json' })).toMatchObject({
    status: 400,
    body: { message: 'Invalid file extension .json' },
  });
  expect((await call(server, 'POST', `${rules}/_import`, { file: 'x' })).status).toBe(400);
});

it('keeps spaces apart', async () => {
  await kibana({ state: newKibanaState('soc') });
  await importFile(server, [rule], { space: '/s/soc' });
  expect((await call(server, 'GET', `${rules}/_find`)).body).toMatchObject({ total: 0 });
  expect((await call(server, 'GET', `/s/soc${rules}/_find`)).body).toMatchObject({ total: 1 });
  expect((await call(server, 'GET', `/s/absent${rules}/_find`)).status).toBe(404);
  expect((await call(server, 'GET', '/api/spaces/space/soc')).body).toMatchObject({ id: 'soc' });
  expect((await call(server, 'GET', '/api/spaces/space/absent')).status).toBe(404);
  expect(Object.keys(kibanaView(server.state)['soc']?.['rules'] as object)).toEqual(['r1']);
});

it('finds rules by page and filter', async () => {
  await kibana();
  const many = Array.from({ length: 25 }, (_, number) => ({
    ...rule,
    rule_id: `id-${number}`,
    name: `Rule ${String(number).padStart(2, '0')}`,
    tags: number % 2 === 0 ? ['even'] : [],
  }));
  await importFile(server, many);
  expect((await call(server, 'GET', `${rules}/_find`)).body).toMatchObject({ page: 1, perPage: 20, total: 25 });
  const second = (await call(server, 'GET', `${rules}/_find?page=2&per_page=20`)).body;
  expect(at(second, 'data')).toHaveLength(5);
  const found = async (filter: string): Promise<unknown> =>
    at((await call(server, 'GET', `${rules}/_find?filter=${encodeURIComponent(filter)}`)).body, 'total');
  expect(await found('alert.attributes.params.ruleId: "id-3"')).toBe(1);
  expect(await found('alert.attributes.params.ruleId: ("id-3" or "id-4")')).toBe(2);
  expect(await found('alert.attributes.tags: "even" AND alert.attributes.enabled: true')).toBe(13);
  expect(server.problems).toEqual([]);
  expect(await found('alert.attributes.params.severity: "low"')).toBe(0);
  expect(server.problems).not.toEqual([]);
});

it('creates, changes in part, replaces and removes a rule', async () => {
  await kibana();
  expect((await call(server, 'POST', rules, rule)).status).toBe(200);
  expect((await call(server, 'POST', rules, rule)).status).toBe(409);
  const patched = await call(server, 'PATCH', rules, { rule_id: 'r1', enabled: false, tags: ['x'], nope: 1 });
  expect(patched.body).toMatchObject({ enabled: false, tags: ['x'], query: 'a:1', revision: 1 });
  expect(patched.body).not.toHaveProperty('nope');
  expect((await call(server, 'PATCH', rules, { rule_id: 'r1', severity: 'huge' })).status).toBe(400);
  expect((await call(server, 'PATCH', rules, { rule_id: 'absent', enabled: false })).body).toEqual({
    message: 'rule_id: "absent" not found',
    status_code: 404,
  });
  expect((await call(server, 'PUT', rules, rule)).body).toMatchObject({ enabled: true, tags: [], revision: 2 });
  expect((await call(server, 'DELETE', `${rules}?rule_id=r1`)).body).toMatchObject({ rule_id: 'r1' });
  expect((await call(server, 'DELETE', `${rules}?rule_id=r1`)).status).toBe(404);
});

it('exports rules as lines with a last one that counts them', async () => {
  await kibana();
  await importFile(server, [rule, learning]);
  const { body } = await call(server, 'POST', `${rules}/_export`, {
    objects: [{ rule_id: 'r2' }, { rule_id: 'gone' }],
  });
  const lines = String(body).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as JsonObject)).toMatchObject([
    { rule_id: 'r2' },
    { exported_count: 1, missing_rules: [{ rule_id: 'gone' }] },
  ]);
});

it.each([
  ['8.17.2', 200],
  ['8.2.0', 400],
])(
  '%s: shows a data view with the fields that its indices have; what changes nothing is %i',
  async (version, status) => {
    await kibana({ version });
    const views = '/api/data_views/data_view';
    await call(server, 'POST', views, { data_view: { id: 'v1', title: 'packetbeat-*' } });
    expect((await call(server, 'GET', '/api/data_views')).body).toMatchObject({
      data_view: [{ id: 'v1', title: 'packetbeat-*' }],
    });
    server.state.fieldsOf = () => ['host.name'];
    const fields = Object.keys(at((await call(server, 'GET', `${views}/v1`)).body, 'data_view', 'fields') as object);
    expect(fields).toEqual(['host.name']);
    const same = { data_view: { title: 'packetbeat-*' }, refresh_fields: true };
    expect((await call(server, 'POST', `${views}/v1`, same)).status).toBe(status);
    expect((await call(server, 'POST', `${views}/v1`, { data_view: { name: 'mine' } })).status).toBe(200);
    expect((await call(server, 'POST', `${views}/v1`, { refresh_fields: true })).status).toBe(400);
    expect((await call(server, 'POST', `${views}/v1`, { data_view: { x: 1 } })).status).toBe(400);
    expect(server.state.spaces.get('default')?.dataViews.get('v1')?.changes).toBe(1);
    expect((await call(server, 'GET', `${views}/absent`)).status).toBe(404);
  },
);

it('has no data views before 8', async () => {
  await kibana({ version: '7.17.29' });
  expect((await call(server, 'GET', '/api/data_views')).status).toBe(404);
});

it.each([
  ['7.17.29', false],
  ['8.17.2', true],
])('%s: takes a rule with a field that it does not know: %s', async (version, taken) => {
  await kibana({ version });
  expect((await importFile(server, [{ ...rule, nope: 1 }])).body).toMatchObject({ success: taken });
  for (const kept of server.state.spaces.get('default')?.rules.values() ?? []) expect(kept).not.toHaveProperty('nope');
});

it('has the faults of a loopback server', async () => {
  await kibana();
  server.faults.set(0, '503-after').set(1, 'reset-before');
  expect(await importFile(server, [rule])).toMatchObject({ status: 503, body: { error: 'Service Unavailable' } });
  await expect(importFile(server, [learning])).rejects.toThrow();
  expect([...(server.state.spaces.get('default')?.rules.keys() ?? [])]).toEqual(['r1']);
});
