import { appendFileSync, cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { Failure } from '../../../src/errors.ts';
import { render } from '../../../src/reporters/reporter.ts';
import { ask } from '../../elastic-server/ask.ts';
import { at, type Json, type JsonObject, listOr } from '../../elastic-server/json.ts';
import type { ElasticServer } from '../../elastic-server/server.ts';
import { newIndex } from '../../elastic-server/stack.ts';
import { cluster, type Ended, example, mldr, onTarget, rows, second, textOf, work } from './cluster.ts';

const custom = 'logs-network_traffic.dns@custom';
const setup = { command: 'elastic setup-model', directory: example } as const;
const attached = { ...setup, attach: [custom] };
const detections = 'ML-experimental-detections-20261122-1';
const undeploy = { command: 'undeploy' } as const;
const theirs = { set: { field: 'theirs', value: 'kept' } };

/** The processors of people's pipeline. */
function processors({ stack }: ElasticServer, id = custom): readonly Json[] {
  return listOr(stack.pipelines.get(id)?.['processors']);
}

const call = (name: string) => ({
  pipeline: { name, ignore_missing_pipeline: true, tag: `ml-detection-release:${name}` },
});

it('adds one processor, maps the fields, and takes both away again', async () => {
  const [server, folder] = [await cluster(), work({ name: example }, second)];
  const empty = onTarget(server);
  expect(await mldr(folder, server.url, attached)).toMatchObject({ exit: 0 });
  expect(processors(server)).toEqual([call('dns_enrich_pipeline')]);
  const mapped = at(server.stack.componentTemplates.get(custom), 'template', 'mappings', 'properties', 'ml_is_dga');
  expect(mapped).toEqual({
    properties: { malicious_prediction: { type: 'long' }, malicious_probability: { type: 'float' } },
  });
  const document = { dns: { question: { registered_domain: rows[2]?.domain ?? '' } } };
  const { body } = await ask(server, 'POST', `/logs/_doc?pipeline=${encodeURIComponent(custom)}`, document);
  const { body: stored } = await ask(server, 'GET', `/logs/_doc/${at(body, '_id')}`);
  expect(at(stored, '_source', 'ml_is_dga')).toMatchObject({ malicious_prediction: 1 });
  expect(await mldr(folder, server.url, { command: 'status' })).toMatchObject({ exit: 0 });
  for (const again of [setup, attached]) {
    const before = [server.requests.length, onTarget(server)] as const;
    expect(await mldr(folder, server.url, again)).toMatchObject({ report: { deployment: { state: 'unchanged' } } });
    expect(server.requests.slice(before[0]).every(({ method }) => method === 'GET')).toBe(true);
    expect(onTarget(server)).toEqual(before[1]);
  }
  const first = server.requests.length;
  expect(await mldr(folder, server.url, { ...setup, directory: second.name })).toMatchObject({ exit: 0 });
  expect(processors(server)).toEqual([call('dns_enrich_pipeline')]);
  const written = server.requests.slice(first).filter(({ method }) => method === 'PUT');
  expect(written.some(({ path }) => path.includes('custom'))).toBe(false);
  server.stack.indices.delete('logs');
  const off = await mldr(folder, server.url, undeploy);
  expect(textOf(off)).toContain('8 removed');
  expect(onTarget(server)).toEqual(empty);
  expect(server.problems).toEqual([]);
});

it('leaves what people have in the pipeline, and what they put there afterwards', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const before = { description: 'ours of old', version: 3, processors: [theirs], on_failure: [theirs] };
  server.stack.pipelines.set(custom, before);
  await mldr(folder, server.url, attached);
  expect(server.stack.pipelines.get(custom)).toEqual({
    ...before,
    processors: [theirs, call('dns_enrich_pipeline')],
  });
  const later = { set: { field: 'later', value: 'kept too' } };
  const edited = { ...before, description: 'edited', processors: [later, call('dns_enrich_pipeline'), theirs] };
  server.stack.pipelines.set(custom, edited);
  expect(await mldr(folder, server.url, { command: 'status' })).toMatchObject({ exit: 0 });
  expect(await mldr(folder, server.url, attached)).toMatchObject({ report: { deployment: { state: 'unchanged' } } });
  expect(await mldr(folder, server.url, undeploy)).toMatchObject({ exit: 0 });
  expect(server.stack.pipelines.get(custom)).toEqual({ ...edited, processors: [later, theirs] });
});

it('a pipeline of ours to which people added is theirs afterwards; one that indices use stays, empty', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  await mldr(folder, server.url, { ...attached, attach: [custom, 'used@custom'] });
  const made = server.stack.pipelines.get(custom) ?? {};
  server.stack.pipelines.set(custom, { ...made, processors: [...processors(server), theirs] });
  server.stack.indices.set('logs', newIndex({ 'index.default_pipeline': 'used@custom' }, {}));
  expect(await mldr(folder, server.url, undeploy)).toMatchObject({ exit: 0 });
  expect(server.stack.pipelines.get(custom)).toEqual({ processors: [theirs] });
  expect(server.stack.pipelines.get('used@custom')).toEqual({ processors: [] });
});

it('a processor that people changed is theirs to decide on', async () => {
  const [server, folder] = [await cluster(), work({ name: example }, second)];
  await mldr(folder, server.url, attached);
  const { pipeline } = call('dns_enrich_pipeline');
  const changed: JsonObject = { processors: [{ pipeline: { ...pipeline, if: 'ctx.dns != null' } }] };
  server.stack.pipelines.set(custom, changed);
  expect(await mldr(folder, server.url, { command: 'status' })).toMatchObject({ exit: 4 });
  const update = await mldr(folder, server.url, { ...setup, directory: second.name });
  expect(update).toMatchObject({ code: 'target-foreign' });
  expect(textOf(update)).toContain(`attachment/${custom}/dns_enrich_pipeline\`: changed by hand since`);
  const off = await mldr(folder, server.url, undeploy);
  expect(textOf(off)).toContain('stays: changed by hand');
  // What calls the pipeline keeps it there, and all that it needs.
  expect([server.stack.pipelines.get(custom), server.stack.pipelines.size]).toEqual([changed, 3]);
  expect(await mldr(folder, server.url, { ...undeploy, overwrite: true })).toMatchObject({ exit: 0 });
});

it('several models stand in one pipeline, and each goes alone', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  await mldr(folder, server.url, attached);
  await mldr(folder, server.url, { ...attached, 'id-prefix': 'b_' });
  expect(processors(server)).toEqual([call('dns_enrich_pipeline'), call('b_dns_enrich_pipeline')]);
  expect(await mldr(folder, server.url, undeploy)).toMatchObject({ exit: 0 });
  expect(processors(server)).toEqual([call('b_dns_enrich_pipeline')]);
  expect(server.stack.componentTemplates.size).toBe(1);
  expect(await mldr(folder, server.url, { ...undeploy, 'id-prefix': 'b_' })).toMatchObject({ exit: 0 });
  expect([server.stack.pipelines.size, server.stack.componentTemplates.size]).toEqual([0, 0]);
});

it('what is named is what is attached', async () => {
  const [server, folder] = [await cluster({ version: '7.10.2' }), work({ name: example })];
  await mldr(folder, server.url, attached);
  expect(processors(server)).toEqual([
    { pipeline: { name: 'dns_enrich_pipeline', tag: 'ml-detection-release:dns_enrich_pipeline' } },
  ]);
  const other = await mldr(folder, server.url, { ...attached, attach: ['logs-zeek.dns@custom'] });
  expect(other).toMatchObject({ exit: 0 });
  expect([...server.stack.pipelines.keys()].filter((id) => id.endsWith('@custom'))).toEqual(['logs-zeek.dns@custom']);
  expect([...server.stack.componentTemplates.keys()]).toEqual(['logs-zeek.dns@custom']);
  expect(server.problems).toEqual([]);
});

it('`none` lets all go, and a rollback keeps what is attached', async () => {
  const [server, folder] = [await cluster(), work({ name: example }, second)];
  for (const bundle of [example, second.name]) {
    await mldr(folder, server.url, { command: 'release', bundle: [bundle], 'accept-warnings': true });
    expect(await mldr(folder, server.url, { command: 'deploy', release: bundle, attach: [custom] })).toMatchObject({
      exit: 0,
    });
  }
  expect(await mldr(folder, server.url, { command: 'rollback' })).toMatchObject({ exit: 0 });
  expect(processors(server)).toEqual([call('dns_enrich_pipeline')]);
  expect(await mldr(folder, server.url, { ...setup, attach: ['none'] })).toMatchObject({ exit: 0 });
  expect([server.stack.pipelines.size, server.stack.componentTemplates.size]).toEqual([2, 0]);
});

it('a target says what is attached there, and its other releases have no pipeline', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const settings = `[targets.lab]\nelasticsearch-url = "${server.url}"\nattach = ["${custom}"]\n`;
  appendFileSync(join(folder, 'ml-detection-release.toml'), settings);
  cpSync(resolve('examples', detections), join(folder, detections), { recursive: true });
  const jobs = { command: 'deploy', directory: detections, only: 'jobs' } as const;
  expect(await mldr(folder, '', { ...setup, target: 'lab' })).toMatchObject({ exit: 0 });
  expect(processors(server)).toEqual([call('dns_enrich_pipeline')]);
  expect(await mldr(folder, '', { ...jobs, target: 'lab' })).toMatchObject({ exit: 0 });
  expect(processors(server)).toEqual([call('dns_enrich_pipeline')]);
  expect(await mldr(folder, server.url, { ...jobs, attach: [custom] })).toMatchObject({ code: 'usage' });
});

it('a plan that was agreed to connects what it says, once nobody has touched our part', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  server.stack.pipelines.set(custom, { processors: [theirs] });
  await mldr(folder, server.url, { ...attached, 'dry-run': true, 'plan-out': 'plan.json' });
  const edited = { description: 'edited meanwhile', processors: [theirs, theirs] };
  server.stack.pipelines.set(custom, edited);
  expect(await mldr(folder, server.url, { command: 'apply', plan: 'plan.json' })).toMatchObject({ exit: 0 });
  expect(server.stack.pipelines.get(custom)).toEqual({
    ...edited,
    processors: [theirs, theirs, call('dns_enrich_pipeline')],
  });
});

it('a template of ours that an index template needs by now stays, empty', async () => {
  const [server, folder] = [await cluster({ version: '7.10.2' }), work({ name: example })];
  await mldr(folder, server.url, attached);
  server.stack.indexTemplates.set('agent', { index_patterns: ['logs-*'], composed_of: [custom] });
  expect(await mldr(folder, server.url, undeploy)).toMatchObject({ exit: 0 });
  expect(server.stack.componentTemplates.get(custom)).toEqual({ template: {} });
});

const managed = { processors: [], _meta: { managed: true, managed_by: 'fleet' } };

it.each([
  ['logs-network_traffic.dns-1.2.3', 'target-unchangeable', 'is managed by fleet, which writes it anew'],
  ['logs-*@custom', 'usage', 'it holds "*"'],
  ['../x@custom', 'usage', 'it holds "/"'],
  ['dns_dga_inference_enrich_pipeline', 'usage', 'a pipeline of the release itself'],
])('refuses %s before anything is written', async (name, code, message) => {
  const [server, folder] = [await cluster(), work({ name: example })];
  server.stack.pipelines.set('logs-network_traffic.dns-1.2.3', managed);
  const before = onTarget(server);
  const ended = await mldr(folder, server.url, { ...setup, attach: [name] });
  expect(ended).toMatchObject({ code });
  expect(textOf(ended)).toContain(message);
  expect(onTarget(server)).toEqual(before);
});

it('a field that people map otherwise is theirs, unless they agree', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const template = {
    template: {
      mappings: { properties: { ml_is_dga: { properties: { malicious_prediction: { type: 'keyword' } } } } },
    },
  };
  server.stack.componentTemplates.set(custom, template);
  const before = onTarget(server);
  const refused = await mldr(folder, server.url, attached);
  expect(refused).toMatchObject({ code: 'target-foreign' });
  expect(textOf(refused)).toContain(`mapping/${custom}/ml_is_dga.malicious_prediction`);
  expect(onTarget(server)).toEqual(before);
  expect(await mldr(folder, server.url, { ...attached, overwrite: true })).toMatchObject({ exit: 0 });
});

it('says what is left to do, to people and to machines, with the ids that stand there', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const plain = await mldr(folder, server.url, { ...setup, 'id-prefix': 'a_' });
  expect(textOf(plain)).toContain('output.elasticsearch:\n        pipeline: a_dns_enrich_pipeline');
  expect(textOf(plain)).toContain(`--attach ${custom}`);
  const ended = await mldr(folder, server.url, attached);
  expect(textOf(ended)).toContain('POST /logs-network_traffic.dns-default/_rollover');
  const { report } = reportOf(ended);
  expect(await render('markdown', report)).toContain('pipeline: dns_enrich_pipeline');
  const [subject] = JSON.parse(await render('json', report)).subjects;
  expect(subject.deployment.next[0]).toEqual({
    text: 'Where a Beat brings the data, send it through the pipeline, in packetbeat.yml',
    lines: ['output.elasticsearch:', '  pipeline: dns_enrich_pipeline'],
  });
});

function reportOf(ended: Ended) {
  if (ended instanceof Failure) throw ended;
  return ended;
}

it('a pipeline of another release of ours is none to attach to, nor is one of a line back', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  expect(await mldr(folder, server.url, { command: 'deploy', directory: example })).toMatchObject({ exit: 0 });
  const before = onTarget(server);
  const beside = { command: 'deploy', directory: example, 'id-prefix': 'e-' } as const;
  const refused = await mldr(folder, server.url, { ...beside, attach: ['dns_enrich_pipeline'] });
  expect(refused).toMatchObject({ code: 'usage' });
  expect(textOf(refused)).toContain(`\`--attach dns_enrich_pipeline\` names a pipeline of \`${example}\`.`);
  expect(onTarget(server)).toEqual(before);
  expect(await mldr(folder, server.url, beside)).toMatchObject({ exit: 0 });
  const back = { command: 'deploy', directory: example, attach: ['e-dns_enrich_pipeline'] } as const;
  expect(textOf(await mldr(folder, server.url, back))).toContain(`\`${example}\`, under the prefix \`e-\`.`);
  expect(await mldr(folder, server.url, { command: 'status' })).toMatchObject({ exit: 0 });
});
