import { expect, it } from 'vitest';
import { Failure } from '../../../src/errors.ts';
import type { Inputs } from '../../../src/inputs.ts';
import { superuser } from '../../elastic-server/access.ts';
import type { ElasticServer } from '../../elastic-server/server.ts';
import { stackView } from '../../elastic-server/stack.ts';
import { type Bundle, cluster, example, mldr, onTarget, second, textOf, work } from './cluster.ts';

const password = ['correct', 'horse', 'battery'].join('-');
const known = { ELASTIC_USERNAME: 'elastic', ELASTIC_PASSWORD: password };
const accounts = [
  { ...superuser, password },
  { name: 'poor', password, cluster: ['monitor', 'read_pipeline', 'manage_ml'] },
];

/** One way in which a deployment cannot be, and what whoever asked for it is told. */
interface Trouble {
  /** What is wrong with the second release. */
  readonly change?: Bundle['change'];
  readonly server?: (server: ElasticServer) => void;
  readonly env?: Readonly<Record<string, string>>;
  readonly inputs?: Partial<Inputs>;
  readonly url?: string;
  /** Code of the failure, or the check that rejects the release; and how the run ends. */
  readonly code: string;
  readonly exit: 1 | 2;
  /** What happened to which datum, and what to do. */
  readonly says: readonly RegExp[];
}

const script = 'dga_ngrams_create';
const off = (...checks: readonly string[]) => ({ severity: checks.map((check) => `${check}=note`) });

const troubles: Readonly<Record<string, Trouble>> = {
  'nobody listens': {
    url: 'http://127.0.0.1:1',
    code: 'target-unreachable',
    exit: 2,
    says: [/GET \/ at http:\/\/127\.0\.0\.1:1: .*ECONNREFUSED/, /Check its address/],
  },
  'a wrong password': {
    env: { ELASTIC_PASSWORD: 'another-one' },
    code: 'target-unauthorised',
    exit: 2,
    says: [/HTTP 401: security_exception: unable to authenticate user \[elastic\]/, /Check ELASTIC_API_KEY/],
  },
  'one who may not': {
    env: { ELASTIC_USERNAME: 'poor' },
    code: 'target-forbidden',
    exit: 2,
    says: [/HTTP 403: security_exception: action \[.+\] is unauthorized for user \[poor\]/, /mldr doctor/],
  },
  'a basic licence': {
    server: ({ stack }) => Object.assign(stack, { license: { type: 'basic', status: 'active' } }),
    code: 'target-licence',
    exit: 2,
    says: [/is `basic`, which runs no trained model/, /start_trial/],
  },
  'a red cluster': {
    server: ({ stack }) => Object.assign(stack, { health: 'red' }),
    code: 'target-failed',
    exit: 2,
    says: [
      /HTTP 503: unavailable_shards_exception.* The cluster at .* is red/,
      /Mend the cluster.*allocation\/explain/,
    ],
  },
  'a script that does not compile': {
    change: [['ngrams_create', '{\\n  ctx.put', '{\\n  ctx = ;ctx.put']],
    inputs: off('pipeline-script-not-known'),
    code: 'script-refused',
    exit: 1,
    says: [/dga_1001_1\.0_ngrams_create\.json:\d+:\d+: `.*` does not compile/, /Correct the place named/],
  },
  'a pipeline that names a missing script': {
    change: [['ingest_pipeline2', script, 'dga_ngram_create']],
    code: 'reference-unresolved',
    exit: 1,
    says: [/`dga_ngram_create` is used here, and nothing in the bundle defines it/],
  },
  'the same, where nobody wanted to know': {
    change: [['ingest_pipeline2', script, 'dga_ngram_create']],
    inputs: off('reference-unresolved', 'pipeline-script-not-known'),
    code: 'target-refused',
    exit: 2,
    says: [/dga_1001_1\.0_ingest_pipeline2\.json: .*dga_ngram_create/, /See what it says/],
  },
  'a model that a server refuses': {
    change: [['model', '"tags"', '"surprise":1,"tags"']],
    code: 'model-body-refused',
    exit: 1,
    says: [/`surprise`/],
  },
  'such a model, where nobody wanted to know': {
    change: [['model', '"tags"', '"surprise":1,"tags"']],
    inputs: off('model-body-refused'),
    code: 'target-refused',
    exit: 2,
    says: [/dga_1001_1\.0_model\.json: The model `dga_1001_1\.0`: .*unknown field \[surprise\]/, /See what it says/],
  },
};

it.each(Object.entries(troubles))(
  '%s: says what and what to do, and the target stays as it was',
  async (_, trouble) => {
    const server = await cluster({ accounts });
    const change = [...(second.change ?? []), ...(trouble.change ?? [])];
    const folder = work({ name: example }, { ...second, change });
    const run = (inputs: Inputs, url = server.url, env = {}) => mldr(folder, url, inputs, { ...known, ...env });
    expect(await run({ command: 'deploy', directory: example })).toMatchObject({ exit: 0 });
    const before = onTarget(server);
    trouble.server?.(server);
    const deploy: Inputs = { command: 'deploy', directory: second.name, ...trouble.inputs };
    const ended = await run(deploy, trouble.url ?? server.url, trouble.env);
    expect(ended).toMatchObject({ exit: trouble.exit });
    const found =
      ended instanceof Failure ? [ended.code] : ended.report.subjects.flatMap(({ diagnostics }) => diagnostics);
    expect(JSON.stringify(found)).toContain(trouble.code);
    for (const words of trouble.says) expect(textOf(ended)).toMatch(words);
    expect(onTarget(server)).toEqual(before);
    expect(server.problems).toEqual([]);
    // And nothing of it is in the way of whoever comes next.
    Object.assign(server.stack, { health: 'green', license: { type: 'platinum', status: 'active' } });
    expect(await run({ command: 'status' })).toMatchObject({ exit: 0 });
    expect(await run({ command: 'undeploy' })).toMatchObject({ exit: 0 });
  },
);

it('an earlier deployment that was left half-way: nothing is changed, the repair is named, and puts everything back', async () => {
  const server: ElasticServer = await cluster({
    accounts,
    // The one who deploys dies right behind the model of the second release.
    onRequest: ({ method, path, number }) => {
      if (method === 'PUT' && path.endsWith('/dga_1001_1.0')) server.faults.set(number + 1, 'kill-before');
    },
  });
  const folder = work({ name: example }, second);
  const run = (inputs: Inputs) => mldr(folder, server.url, inputs, known);
  expect(await run({ command: 'deploy', directory: example })).toMatchObject({ exit: 0 });
  const before = onTarget(server);
  await run({ command: 'deploy', directory: second.name });
  server.faults.clear();
  server.revive();
  const half = stackView(server.stack);
  expect(onTarget(server)).not.toEqual(before);
  for (const command of ['deploy', 'undeploy', 'rollback'] as const) {
    const ended = await run({ command, ...(command === 'deploy' ? { directory: second.name } : {}) });
    expect(ended).toMatchObject({ code: 'deployment-unfinished', exit: 2 });
    expect(textOf(ended)).toMatch(new RegExp(`Nothing was changed now.*\\nmldr ${command} .*--repair`));
  }
  expect(stackView(server.stack)).toEqual(half);
  expect(await run({ command: 'status' })).toMatchObject({ exit: 4 });
  expect(await run({ command: 'deploy', repair: true })).toMatchObject({ exit: 0 });
  expect(onTarget(server)).toEqual(before);
});

it('a cluster that turns red half-way leaves what the repair puts back when it is mended', async () => {
  let mended = false;
  const server: ElasticServer = await cluster({
    accounts,
    onChange: () => {
      if (!mended && server.stack.scripts.size > 0) server.stack.health = 'red';
    },
  });
  const folder = work({ name: example });
  const run = (inputs: Inputs) => mldr(folder, server.url, inputs, known);
  const empty = onTarget(server);
  const ended = await run({ command: 'deploy', directory: example });
  expect(ended).toMatchObject({ code: 'deployment-incomplete', exit: 3 });
  expect(textOf(ended)).toMatch(/is red \(shards without a node: 1\)[\s\S]*mldr deploy .*--repair/);
  mended = true;
  server.stack.health = 'green';
  expect(await run({ command: 'deploy', repair: true })).toMatchObject({ exit: 0 });
  expect(onTarget(server)).toEqual(empty);
});
