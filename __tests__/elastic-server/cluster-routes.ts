import type { Exchange, Reply, Route } from './exchange.ts';
import type { Json, JsonObject } from './json.ts';
import type { Counts, Stack } from './stack.ts';

const clusterName = 'loopback';
const license = '00000000-0000-4000-8000-000000000001';

/** What a deployment asks about the cluster as a whole. */
export const clusterRoutes: readonly Route[] = [
  { method: 'GET', template: '/', action: 'cluster:monitor/main', answer: root },
  {
    method: 'GET',
    template: '/_license',
    action: 'cluster:monitor/xpack/license/get',
    query: ['accept_enterprise', 'local'],
    answer: readLicense,
  },
  {
    method: 'GET',
    template: '/_xpack',
    action: 'cluster:monitor/xpack/info',
    query: ['categories', 'accept_enterprise'],
    answer: readXpack,
  },
  { method: 'GET', template: '/_nodes', action: 'cluster:monitor/nodes/info', answer: nodes },
  { method: 'GET', template: '/_nodes/{filter}', action: 'cluster:monitor/nodes/info', answer: nodes },
  { method: 'GET', template: '/_nodes/stats/ingest', action: 'cluster:monitor/nodes/stats', answer: ingestStats },
  {
    method: 'GET',
    template: '/_cluster/health',
    action: 'cluster:monitor/health',
    query: ['wait_for_status', 'level', 'local'],
    answer: health,
  },
  {
    method: 'GET',
    template: '/_ml/info',
    action: 'cluster:monitor/xpack/ml/info/get',
    answer: ({ version, stack }) => ({
      status: 200,
      body: { defaults: {}, upgrade_mode: stack.upgradeMode, native_code: { version: version.number }, limits: {} },
    }),
  },
];

function root({ version }: Exchange): Reply {
  const body = {
    name: 'node-0',
    cluster_name: clusterName,
    cluster_uuid: 'kX9mN4mLSmKPtP3wzz1uUA',
    version: {
      number: version.number,
      ...(version.opensearch ? { distribution: 'opensearch' } : { build_flavor: 'default' }),
      build_type: 'tar',
      build_hash: '747e1cc71def077253878a59143c1f785afa92b9',
      build_date: '2021-01-13T00:42:12.435326Z',
      build_snapshot: false,
    },
    tagline: version.opensearch ? 'The OpenSearch Project: https://opensearch.org/' : 'You Know, for Search',
  };
  return { status: 200, body };
}

function readLicense({ stack }: Exchange): Reply {
  if (stack.license === undefined) return { status: 404, body: {} };
  const { type, status } = stack.license;
  const expiry = status === 'expired' ? '2020-01-01T00:00:00.000Z' : '2099-01-01T00:00:00.000Z';
  const body = {
    license: {
      status,
      uid: license,
      type,
      issue_date: '2019-01-01T00:00:00.000Z',
      issue_date_in_millis: Date.parse('2019-01-01T00:00:00.000Z'),
      ...(type === 'basic' ? {} : { expiry_date: expiry, expiry_date_in_millis: Date.parse(expiry) }),
      issued_to: clusterName,
      issuer: 'elasticsearch',
      start_date_in_millis: -1,
    },
  };
  return { status: 200, body };
}

function readXpack({ stack }: Exchange): Reply {
  const { type = 'basic', status = 'expired' } = stack.license ?? {};
  const body = {
    build: { hash: '747e1cc71def077253878a59143c1f785afa92b9', date: '2021-01-13T00:42:12.435326Z' },
    license: { uid: license, type, mode: type, status },
    features: {
      ml: { ...stack.machineLearning, available: stack.machineLearning.available && mayLearn(stack.license) },
    },
    tagline: 'You know, for X',
  };
  return { status: 200, body };
}

/** Whether a licence has machine learning in it. */
export function mayLearn(license: { readonly type: string; readonly status: string } | undefined): boolean {
  return license?.status === 'active' && ['trial', 'platinum', 'enterprise'].includes(license.type);
}

function nodes({ stack, version, params }: Exchange): Reply {
  const count = Math.max(1, stack.mlNodes);
  const rows = Array.from({ length: count }, (_, number): [string, Json] => {
    const learns = number < stack.mlNodes;
    return [
      `node-id-${number}`,
      {
        name: `node-${number}`,
        host: '127.0.0.1',
        ip: '127.0.0.1',
        version: version.number,
        roles: ['data', 'ingest', 'master', ...(learns ? ['ml'] : [])].sort(),
        attributes: learns ? { 'ml.machine_memory': '17179869184', 'xpack.installed': 'true' } : {},
      },
    ];
  });
  const shown = params['filter'] === 'ml:true' ? rows.slice(0, stack.mlNodes) : rows;
  const total = { total: shown.length, successful: shown.length, failed: 0 };
  return { status: 200, body: { _nodes: total, cluster_name: clusterName, nodes: Object.fromEntries(shown) } };
}

/** Counts of a pipeline or a model in the shape of the statistics. */
export function shownCounts({ count, failed }: Counts): JsonObject {
  return { count, time_in_millis: 0, current: 0, failed };
}

function ingestStats({ stack }: Exchange): Reply {
  const none: Counts = { count: 0, failed: 0, missing: 0 };
  const pipelines = [...stack.pipelines.keys()].map((id): [string, Json] => [
    id,
    { ...shownCounts(stack.pipelineCounts.get(id) ?? none), processors: processorStats(stack, id) },
  ]);
  const all = [...stack.pipelineCounts.values()];
  const total = {
    count: all.reduce((sum, { count }) => sum + count, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    missing: 0,
  };
  const ingest = { total: shownCounts(total), pipelines: Object.fromEntries(pipelines) };
  const body = {
    _nodes: { total: 1, successful: 1, failed: 0 },
    cluster_name: clusterName,
    nodes: { 'node-id-0': { name: 'node-0', ingest } },
  };
  return { status: 200, body };
}

function processorStats({ processorCounts }: Stack, id: string): Json[] {
  return [...(processorCounts.get(id) ?? [])].map(([name, counts]) => ({
    [name]: { type: name.replace(/:.*/, ''), stats: shownCounts(counts) },
  }));
}

function health({ stack, query }: Exchange): Reply {
  const order = ['red', 'yellow', 'green'];
  const late = order.indexOf(stack.health) < order.indexOf(query.get('wait_for_status') ?? 'red');
  const body = {
    cluster_name: clusterName,
    status: stack.health,
    timed_out: late,
    number_of_nodes: Math.max(1, stack.mlNodes),
    number_of_data_nodes: 1,
    active_primary_shards: stack.indices.size,
    active_shards: stack.indices.size,
    unassigned_shards: stack.health === 'green' ? 0 : 1,
    active_shards_percent_as_number: stack.health === 'green' ? 100 : 66.7,
  };
  return { status: late ? 408 : 200, body };
}
