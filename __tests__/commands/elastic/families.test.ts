import { expect, it, onTestFinished } from 'vitest';
import { superuser } from '../../elastic-server/access.ts';
import type { ElasticServer } from '../../elastic-server/server.ts';
import { newIndex, newStack } from '../../elastic-server/stack.ts';
import { startKibana } from '../../kibana-server/server.ts';
import { kibanaView, newKibanaState } from '../../kibana-server/state.ts';
import { cluster, mldr, onTarget, textOf } from './cluster.ts';
import { bundle, hosts, problem, put, urls } from './later.ts';

/** A stack with a basic licence, and the indices that the examples read. */
async function stack(): Promise<ElasticServer> {
  const server = await cluster({ stack: { ...newStack(), license: { type: 'basic', status: 'active' } } });
  for (const name of ['.alerts-security.alerts-default', 'filebeat-1']) {
    server.stack.indices.set(name, newIndex({}, {}));
  }
  return server;
}

const changes = (server: ElasticServer, from = 0) =>
  server.requests.slice(from).flatMap(({ method, path }) => {
    return method === 'GET' || path.includes('journal') ? [] : [`${method} ${path}`];
  });

const only = { only: 'model' } as const;

it('puts transforms there behind the scripts and the pipeline that they call, and takes them off before those', async () => {
  const [server, folder] = [await stack(), bundle(hosts)];
  const empty = onTarget(server);
  const deploy = { command: 'deploy', directory: hosts, ...only } as const;
  const ended = await mldr(folder, server.url, deploy);
  expect(ended).toMatchObject({ exit: 0, report: { deployment: { state: 'done' } } });
  const scripts = ['combine', 'init', 'map', 'reduce'].map((part) => {
    return `PUT /_scripts/ml_hostriskscore_${part}_script/aggs_${part}`;
  });
  expect(changes(server)).toEqual([
    scripts[0],
    scripts[1],
    'PUT /_scripts/ml_hostriskscore_levels_script/ingest',
    scripts[2],
    scripts[3],
    'PUT /_ingest/pipeline/ml_hostriskscore_ingest_pipeline',
    'PUT /_transform/ml_hostriskscore_pivot_transform',
    'PUT /_transform/ml_hostriskscore_latest_transform',
  ]);
  const first = server.requests.length;
  expect(await mldr(folder, server.url, deploy)).toMatchObject({ report: { deployment: { state: 'unchanged' } } });
  expect(changes(server, first)).toEqual([]);

  const started = await mldr(folder, server.url, { ...deploy, start: true });
  expect(textOf(started)).toMatch(/> transform {2}ml_hostriskscore_pivot_transform {2}started\n.*latest_transform/);
  expect([...server.stack.transforms.values()].map(({ status }) => status)).toEqual(['started', 'started']);

  const before = server.requests.length;
  expect(await mldr(folder, server.url, { command: 'undeploy', ...only })).toMatchObject({ exit: 0 });
  expect(onTarget(server)).toEqual(empty);
  expect(changes(server, before).filter((each) => !each.startsWith('DELETE /_scripts'))).toEqual([
    'POST /_transform/ml_hostriskscore_latest_transform/_stop',
    'DELETE /_transform/ml_hostriskscore_latest_transform',
    'POST /_transform/ml_hostriskscore_pivot_transform/_stop',
    'DELETE /_transform/ml_hostriskscore_pivot_transform',
    'DELETE /_ingest/pipeline/ml_hostriskscore_ingest_pipeline',
  ]);
  expect(server.problems).toEqual([]);
});

it('puts another transform in the place of one that runs, and lets it run again', async () => {
  const [server, folder] = [await stack(), bundle(hosts)];
  const next = 'ML-HostRiskScore-20261123-2';
  put(folder, hosts, next, ['ml_hostriskscore_pivot_transform.json', '"max": 999', '"max": 500']);
  await mldr(folder, server.url, { command: 'deploy', directory: hosts, start: true, ...only });
  const ended = await mldr(folder, server.url, { command: 'deploy', directory: next, ...only });
  expect(ended).toMatchObject({ exit: 0, report: { deployment: { state: 'done' } } });
  const pivot = server.stack.transforms.get('ml_hostriskscore_pivot_transform');
  expect(pivot?.status).toBe('started');
  expect(JSON.stringify(pivot?.config)).toContain('"max":500');
  const status = await mldr(folder, server.url, { command: 'status' });
  expect(textOf(status)).toContain('transform ml_hostriskscore_pivot_transform');
  expect(textOf(status)).not.toContain('changed by hand');
});

it('executes an enrich policy before the pipeline that uses it, and puts a changed one beside it', async () => {
  const server = await cluster();
  server.stack.indices.set('filebeat-1', newIndex({}, {}));
  const folder = bundle(urls);
  const next = 'ML-URLSpoof-20261123-2';
  put(folder, urls, next, ['url_spoofing_enrichment_policy.json', '"threatintel.indicator.type"', '"event.dataset"']);
  await mldr(folder, server.url, { command: 'deploy', directory: urls });
  const order = changes(server).filter((each) => /_enrich|_ingest/.test(each));
  expect(order).toEqual([
    'PUT /_enrich/policy/url_spoofing_enrichment_policy',
    'POST /_enrich/policy/url_spoofing_enrichment_policy/_execute',
    'PUT /_ingest/pipeline/ml_urlspoof_inference_pipeline',
  ]);
  const first = server.requests.length;
  await mldr(folder, server.url, { command: 'deploy', directory: next });
  const [policy = ''] = [...server.stack.enrichPolicies.keys()];
  expect([...server.stack.enrichPolicies.keys()]).toHaveLength(1);
  expect(policy).toMatch(/^url_spoofing_enrichment_policy__[0-9a-f]{8}$/);
  expect(JSON.stringify(server.stack.pipelines.get('ml_urlspoof_inference_pipeline'))).toContain(`"${policy}"`);
  expect(changes(server, first)).toEqual([
    `PUT /_enrich/policy/${policy}`,
    `POST /_enrich/policy/${policy}/_execute`,
    'PUT /_ingest/pipeline/ml_urlspoof_inference_pipeline',
    'DELETE /_enrich/policy/url_spoofing_enrichment_policy',
  ]);
  expect(server.problems).toEqual([]);
});

it('puts everything back where a policy finds nothing to read', async () => {
  const server = await cluster();
  const empty = onTarget(server);
  const ended = await mldr(bundle(urls), server.url, { command: 'deploy', directory: urls });
  expect(textOf(ended)).toContain('no such index [filebeat-*]');
  expect(textOf(ended)).toContain('What this deployment had changed was put back.');
  expect(onTarget(server)).toEqual(empty);
});

it('switches an inner pipeline with the one that data comes to, and needs a licence where there is a model', async () => {
  const [server, folder] = [await cluster(), bundle(problem)];
  const next = 'ML-ProblemChild-20261123-2';
  put(folder, problem, next, ['ml_problemchild_inference_pipeline.json', 'removes the features again', 'cleans up']);
  await mldr(folder, server.url, { command: 'deploy', directory: problem });
  expect([...server.stack.pipelines.keys()]).toEqual([
    'ml_problemchild_inference_pipeline',
    'ml_problemchild_ingest_pipeline',
  ]);
  await mldr(folder, server.url, { command: 'deploy', directory: next });
  const ids = [...server.stack.pipelines.keys()];
  expect(ids.map((id) => id.replace(/__[0-9a-f]{8}$/, '__'))).toEqual([
    'ml_problemchild_ingest_pipeline',
    'ml_problemchild_inference_pipeline__',
  ]);
  const ended = await mldr(folder, (await stack()).url, { command: 'deploy', directory: problem });
  expect(ended).toMatchObject({ code: 'target-licence' });
});

it('puts dashboards into the space that is named, behind what they show, and takes them off again', async () => {
  const [server, kibana, folder] = [await stack(), await startKibana({ state: newKibanaState('soc') }), bundle(hosts)];
  onTestFinished(() => kibana.close());
  const { name: username, password = '' } = superuser;
  const env = { KIBANA_URL: kibana.url, ELASTIC_USERNAME: username, ELASTIC_PASSWORD: password };
  kibana.state.migrate = (type, attributes) =>
    type === 'dashboard' ? { ...attributes, panelsJSON: '[]' } : attributes;
  const [empty, nothing] = [kibanaView(kibana.state), onTarget(server)];
  const deploy = { command: 'deploy', directory: hosts, space: 'soc' } as const;
  const ended = await mldr(folder, server.url, deploy, env);
  expect(ended).toMatchObject({ exit: 0, report: { deployment: { state: 'done', changes: { length: 11 } } } });
  const { savedObjects } = kibana.state.spaces.get('soc') ?? expect.unreachable();
  expect([...savedObjects.keys()]).toEqual([
    'index-pattern/ml-host-risk-score-latest',
    'search/ml-host-risk-score-hosts',
    'dashboard/ml-host-risk-score',
  ]);
  // Kibana migrated one of them: the journal knows that the release did not change it.
  const again = await mldr(folder, server.url, deploy, env);
  expect(again).toMatchObject({ exit: 0, report: { deployment: { state: 'unchanged' } } });
  const standing = savedObjects.get('dashboard/ml-host-risk-score') ?? expect.unreachable();
  savedObjects.set('dashboard/ml-host-risk-score', { ...standing, attributes: { title: 'Mine' } });
  const refused = await mldr(folder, server.url, deploy, env);
  expect(textOf(refused)).toContain('saved-object/soc/dashboard/ml-host-risk-score');
  expect(textOf(refused)).toContain('changed by hand');
  expect(await mldr(folder, server.url, { ...deploy, overwrite: true }, env)).toMatchObject({ exit: 0 });
  const gone = await mldr(folder, server.url, { command: 'undeploy', space: 'soc' }, env);
  expect(gone).toMatchObject({ exit: 0 });
  expect(kibanaView(kibana.state)).toEqual(empty);
  expect(onTarget(server)).toEqual(nothing);
  expect([...server.problems, ...kibana.problems]).toEqual([]);
});

it('puts everything back, on both servers, where Kibana does not take an object', async () => {
  const [server, kibana] = [await stack(), await startKibana()];
  onTestFinished(() => kibana.close());
  const folder = bundle(
    hosts,
    [
      'ml_hostriskscore_dashboards.ndjson',
      '"search","id":"ml-host-risk-score-hosts","attributes"',
      '"lens","id":"ml-host-risk-score-hosts","attributes"',
    ],
    [
      'ml_hostriskscore_dashboards.ndjson',
      '"type":"search","id":"ml-host-risk-score-hosts","name":"1:panel_1"',
      '"type":"search","id":"elsewhere","name":"1:panel_1"',
    ],
  );
  const { name: username, password = '' } = superuser;
  const env = { KIBANA_URL: kibana.url, ELASTIC_USERNAME: username, ELASTIC_PASSWORD: password };
  const [before, nothing] = [kibanaView(kibana.state), onTarget(server)];
  const severity = ['reference-unresolved=note'];
  const ended = await mldr(folder, server.url, { command: 'deploy', directory: hosts, severity }, env);
  expect(textOf(ended)).toContain(
    'ml_hostriskscore_dashboards.ndjson: The saved object `dashboard/ml-host-risk-score`',
  );
  expect(textOf(ended)).toContain('`search/elsewhere` is not there');
  expect(textOf(ended)).toContain('What this deployment had changed was put back.');
  expect(kibanaView(kibana.state)).toEqual(before);
  expect(onTarget(server)).toEqual(nothing);
});
