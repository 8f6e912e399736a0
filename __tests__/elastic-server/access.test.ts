import { afterEach, expect, it } from 'vitest';
import { type Account, superuser } from './access.ts';
import { ask } from './ask.ts';
import { at } from './json.ts';
import { type ElasticOptions, type ElasticServer, startElastic } from './server.ts';

const reader: Account = {
  name: 'reader',
  roles: ['viewer'],
  apiKey: Buffer.from('key-1:very-secret').toString('base64'),
  cluster: ['monitor', 'read_pipeline'],
  indices: [{ names: ['mldr-*'], privileges: ['read'] }],
};
const pipeline = { processors: [] };
let server: ElasticServer;

afterEach(() => server.close());

async function elastic(options: ElasticOptions = {}): Promise<void> {
  server = await startElastic({ accounts: [superuser, reader], ...options });
}

it('answers 401 without credentials, and with wrong ones', async () => {
  await elastic();
  const missing = await fetch(server.url);
  expect(missing.status).toBe(401);
  expect(missing.headers.get('www-authenticate')).toContain('Basic realm="security"');
  expect(await missing.json()).toMatchObject({
    error: {
      type: 'security_exception',
      reason: 'missing authentication credentials for REST request [/]',
      header: { 'WWW-Authenticate': ['Basic realm="security" charset="UTF-8"', 'Bearer realm="security"', 'ApiKey'] },
    },
    status: 401,
  });
  const wrong = await ask(server, 'GET', '/', undefined, { ...superuser, password: 'wrong' });
  expect(wrong).toMatchObject({
    status: 401,
    body: { error: { reason: 'unable to authenticate user [elastic] for REST request [/]' } },
  });
});

it('answers 403 with the action and the privileges that would do', async () => {
  await elastic();
  expect((await ask(server, 'GET', '/_ingest/pipeline', undefined, reader)).status).toBe(404);
  const refused = await ask(server, 'PUT', '/_ingest/pipeline/p', pipeline, reader);
  expect(refused).toMatchObject({
    status: 403,
    body: {
      error: {
        type: 'security_exception',
        reason:
          'action [cluster:admin/ingest/pipeline/put] is unauthorized for API key id [key-1] of user [reader], this action is granted by the cluster privileges [manage_ingest_pipelines,manage_pipeline,manage,all]',
      },
    },
  });
  expect(server.stack.pipelines.size).toBe(0);
});

it('answers 403 about indices with their names', async () => {
  await elastic();
  await ask(server, 'PUT', '/mldr-a', {});
  expect((await ask(server, 'POST', '/mldr-a/_search', {}, reader)).status).toBe(200);
  const refused = await ask(server, 'PUT', '/mldr-a/_create/1', {}, reader);
  expect(at(refused.body, 'error', 'reason')).toContain('on indices [mldr-a]');
  expect((await ask(server, 'POST', '/other/_search', {}, reader)).status).toBe(403);
});

it('names no privileges on 7.10.2', async () => {
  await elastic({ version: '7.10.2' });
  const refused = await ask(server, 'PUT', '/_scripts/a', { script: {} }, reader);
  expect(at(refused.body, 'error', 'reason')).toMatch(/is unauthorized for API key id \[key-1\] of user \[reader\]$/);
});

it('says who asks, and which privileges he has', async () => {
  await elastic();
  expect((await ask(server, 'GET', '/_security/_authenticate', undefined, reader)).body).toMatchObject({
    username: 'reader',
    authentication_type: 'api_key',
    api_key: { id: 'key-1' },
  });
  const asked = {
    cluster: ['monitor', 'monitor_ml', 'manage_ml'],
    index: [{ names: ['mldr-journal', 'other'], privileges: ['read', 'write'] }],
  };
  expect((await ask(server, 'POST', '/_security/user/_has_privileges', asked, reader)).body).toEqual({
    username: 'reader',
    has_all_requested: false,
    cluster: { monitor: true, monitor_ml: true, manage_ml: false },
    index: { 'mldr-journal': { read: true, write: false }, other: { read: false, write: false } },
    application: {},
  });
  expect((await ask(server, 'POST', '/_security/user/_has_privileges', asked)).body).toMatchObject({
    has_all_requested: true,
  });
});

it.each([
  ['basic', 'active', 403],
  ['gold', 'active', 403],
  ['platinum', 'expired', 403],
  ['trial', 'active', 400],
  ['enterprise', 'active', 400],
])('a licence %s that is %s answers %i to an empty model', async (type, status, answer) => {
  await elastic();
  server.stack.license = { type, status };
  const { status: given, body } = await ask(server, 'PUT', '/_ml/trained_models/a', {});
  expect(given).toBe(answer);
  if (answer === 403) expect(at(body, 'error', 'license.expired.feature')).toBe('ml');
  expect((await ask(server, 'GET', '/_license')).body).toMatchObject({ license: { type, status } });
  expect((await ask(server, 'GET', '/_xpack')).body).toMatchObject({
    features: { ml: { available: answer === 400, enabled: true } },
  });
});

it('has no licence while its master changes', async () => {
  await elastic();
  server.stack.license = undefined;
  expect((await ask(server, 'GET', '/_license')).status).toBe(404);
});

it('has no operations of machine learning where it is switched off', async () => {
  await elastic();
  server.stack.machineLearning = { available: true, enabled: false };
  expect((await ask(server, 'GET', '/_ml/trained_models')).status).toBe(400);
});

it('waits in vain for a health that does not come', async () => {
  await elastic();
  server.stack.health = 'red';
  expect(await ask(server, 'GET', '/_cluster/health?wait_for_status=yellow&timeout=1s')).toMatchObject({
    status: 408,
    body: { status: 'red', timed_out: true },
  });
});
