import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inputNames, reads } from '../../../src/inputs.ts';
import { render } from '../../../src/reporters/reporter.ts';
import schema from '../../../src/schemas/deployment-plan.json' with { type: 'json' };
import { changing } from '../../../src/target-inputs.ts';
import type { ElasticServer } from '../../elastic-server/server.ts';
import { stackView } from '../../elastic-server/stack.ts';
import { cluster, example, mldr, onTarget, second, textOf, work } from './cluster.ts';

const deploy = { command: 'deploy', directory: example } as const;
const later = { 'dry-run': true, 'plan-out': 'plan.json' } as const;
const apply = { command: 'apply', plan: 'plan.json' } as const;

/** A cluster, and a folder with a plan to put the example there. */
async function planned(): Promise<{ server: ElasticServer; folder: string; plan: string }> {
  const [server, folder] = [await cluster(), work({ name: example }, second)];
  expect(await mldr(folder, server.url, { ...deploy, ...later })).toMatchObject({ exit: 0 });
  return { server, folder, plan: join(folder, 'plan.json') };
}

it('a plan is applied as it is, and once', async () => {
  const { server, folder } = await planned();
  const done = await mldr(folder, server.url, apply);
  expect(done).toMatchObject({ exit: 0, report: { deployment: { state: 'done', release: example, number: 1 } } });
  const direct = await cluster();
  await mldr(folder, direct.url, deploy);
  expect(onTarget(server)).toEqual(onTarget(direct));
  const before = stackView(server.stack);
  const again = await mldr(folder, server.url, apply);
  expect(again).toMatchObject({ exit: 0, report: { deployment: { state: 'unchanged', number: 1 } } });
  expect(textOf(again)).toContain('The plan was applied already: deployment 1');
  expect(stackView(server.stack)).toEqual(before);
});

it('a dry run of a plan says whether it could be applied', async () => {
  const { server, folder } = await planned();
  const before = stackView(server.stack);
  const ended = await mldr(folder, server.url, { ...apply, 'dry-run': true });
  expect(textOf(ended)).toContain('5 to add · nothing was written');
  expect(stackView(server.stack)).toEqual(before);
});

it('an update, and going back, are applied too', async () => {
  const { server, folder } = await planned();
  await mldr(folder, server.url, apply);
  await mldr(folder, server.url, { ...deploy, directory: second.name, ...later });
  expect(await mldr(folder, server.url, apply)).toMatchObject({ exit: 0, report: { deployment: { number: 2 } } });
  await mldr(folder, server.url, { command: 'undeploy', ...later });
  expect(await mldr(folder, server.url, apply)).toMatchObject({ exit: 0, report: { deployment: { number: 3 } } });
  expect(server.stack.models.size).toBe(0);
  expect(textOf(await mldr(folder, server.url, apply))).toContain('deployment 3');
});

it('says the flags by which it does more than its steps tell, when it is made and when it is applied', async () => {
  const { server, folder } = await planned();
  const asked = { ...deploy, 'id-prefix': 'two-', overwrite: true, ...later } as const;
  expect(textOf(await mldr(folder, server.url, asked))).toMatch(/nothing was written · with --overwrite$/m);
  const done = await mldr(folder, server.url, apply);
  expect(textOf(done)).toMatch(/read back · with --overwrite$/m);
  if (!('report' in done)) throw done;
  expect(await render('summary', done.report)).toContain('with --overwrite');
});

it('a yanked release is allowed by whoever applies a plan, and never by the plan', async () => {
  const { server, folder, plan } = await planned();
  const text = readFileSync(plan, 'utf8');
  writeFileSync(plan, text.replace('"command": "deploy"', '"command": "deploy", "allow-yanked": true'));
  expect(await mldr(folder, server.url, apply)).toMatchObject({ code: 'plan-invalid' });
  writeFileSync(plan, text);
  expect(await mldr(folder, server.url, { ...apply, 'allow-yanked': true })).toMatchObject({ exit: 0 });
});

describe('is refused, and nothing is written,', () => {
  it('where it was made behind a deployment that there is not', async () => {
    const { server, folder, plan } = await planned();
    writeFileSync(plan, readFileSync(plan, 'utf8').replace('"after": 0', '"after": 999'));
    const refused = await mldr(folder, server.url, apply);
    expect(refused).toMatchObject({ code: 'target-changed', exit: 1 });
    expect(textOf(refused)).toContain('was made behind deployment 999, and the newest here is 0');
    expect(server.stack.models.size).toBe(0);
  });

  it('where somebody changed an object meanwhile', async () => {
    const { server, folder } = await planned();
    await mldr(folder, server.url, apply);
    await mldr(folder, server.url, { ...deploy, directory: second.name, overwrite: true, ...later });
    const outer = server.stack.pipelines.get('dns_enrich_pipeline');
    server.stack.pipelines.set('dns_enrich_pipeline', { ...outer, description: 'mine' });
    const before = stackView(server.stack);
    const ended = await mldr(folder, server.url, apply);
    expect(ended).toMatchObject({ code: 'target-changed', exit: 1 });
    expect(textOf(ended)).toContain('`pipeline/dns_enrich_pipeline`: changed on the target since');
    expect(stackView(server.stack)).toEqual(before);
  });

  it('where an object appeared', async () => {
    const { server, folder } = await planned();
    const [other, elsewhere] = [await cluster(), work({ name: example })];
    await mldr(elsewhere, other.url, deploy);
    const model = other.stack.models.get('dga_1000_1.0');
    if (model !== undefined) server.stack.models.set('dga_1000_1.0', model);
    const ended = await mldr(folder, server.url, apply);
    expect(ended).toMatchObject({ code: 'target-changed' });
    expect(textOf(ended)).toContain('`model/dga_1000_1.0`: to be added in the plan, to be kept now');
  });

  it('where another release was deployed meanwhile', async () => {
    const { server, folder } = await planned();
    await mldr(folder, server.url, { ...deploy, directory: second.name });
    const ended = await mldr(folder, server.url, apply);
    expect(ended).toMatchObject({ code: 'target-changed', exit: 1 });
    expect(textOf(ended)).toContain(`\`${second.name}\` (deployment 1) was deployed`);
  });

  it('where it was applied, and another release came after it', async () => {
    const { server, folder } = await planned();
    await mldr(folder, server.url, apply);
    await mldr(folder, server.url, { ...deploy, directory: second.name });
    expect(textOf(await mldr(folder, server.url, apply))).toContain(`\`${second.name}\` (deployment 2)`);
  });

  it('where the release has other bytes', async () => {
    const { server, folder } = await planned();
    const file = join(folder, example, 'dga_1000_1.0_ingest_pipeline1.json');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
    const ended = await mldr(folder, server.url, apply);
    expect(ended).toMatchObject({ code: 'target-changed' });
    expect(textOf(ended)).toContain('digest: ');
    expect(server.stack.models.size).toBe(0);
  });

  it('where it is for another target', async () => {
    const [{ folder }, other] = [await planned(), await cluster()];
    const ended = await mldr(folder, other.url, apply);
    expect(ended).toMatchObject({ code: 'usage' });
    expect(textOf(ended)).toContain('The plan is for the target http://');
    expect(other.stack.models.size).toBe(0);
  });

  it.each([
    [
      'a step less',
      /\{\s*"do": "create",\s*"object": \{\s*"type": "model"[^}]*\}[^}]*\}\s*\},/,
      '',
      'not mentioned in the plan',
    ],
    [
      'another digest',
      /"digest": "[0-9a-f]{64}",(?=\s*"requires")/,
      `"digest": "${'0'.repeat(64)}",`,
      'another body in the plan',
    ],
    ['another step', /"do": "create"/, '"do": "keep"', 'to be kept in the plan, to be added now'],
    [
      'another release',
      /"release": "[^"]*"/,
      '"release": "ML-DGA-20261122-9"',
      'release: `ML-DGA-20261122-9` in the plan',
    ],
    ['another prefix', /"prefix": ""/, '"prefix": "x"', 'prefix: `x` in the plan'],
  ])('where somebody wrote %s into it', async (_, from, to, message) => {
    const { server, folder, plan } = await planned();
    const text = readFileSync(plan, 'utf8');
    writeFileSync(plan, text.replace(from, to));
    expect(readFileSync(plan, 'utf8')).not.toBe(text);
    const ended = await mldr(folder, server.url, apply);
    expect(ended).toMatchObject({ code: 'target-changed', exit: 1 });
    expect(textOf(ended)).toContain(message);
    expect(server.stack.models.size).toBe(0);
  });
});

it.each([
  [
    'an address',
    '"asked": {',
    '"asked": {\n"elasticsearch-url": "https://evil.example",',
    'plan.json:LINE:1: The key `elasticsearch-url` is not known here.',
  ],
  ['a command', '"command": "deploy"', '"command": "init"', 'must be equal to one of the allowed values'],
  ['a journal', '"after": 0', '"after": -1', 'must be >= 0'],
  ['a flag of another type', '"directory": "', '"overwrite": "yes", "directory": "', 'must be boolean'],
  ['a key twice', '"after": 0', '"after": 0, "after": 1', 'plan.json:'],
  ['half of itself', '"operations": [', '', 'plan.json:'],
])('a file with %s is no plan, and no server is asked', async (_, from, to, message) => {
  const { server, folder, plan } = await planned();
  const text = readFileSync(plan, 'utf8');
  writeFileSync(plan, text.replace(from, to));
  const asked = server.requests.length;
  const ended = await mldr(folder, server.url, apply);
  expect(ended).toMatchObject({ code: 'plan-invalid', exit: 2 });
  const line =
    readFileSync(plan, 'utf8')
      .split('\n')
      .findIndex((each) => each.includes('elasticsearch-url')) + 1;
  expect(textOf(ended)).toContain(message.replace('LINE', String(line)));
  expect(server.requests.length).toBe(asked);
});

it('a plan holds what decides, and neither addresses of people nor secrets', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const secret = ['hidden', 'word'].join('-');
  const env = { ELASTIC_USERNAME: 'somebody', ELASTIC_PASSWORD: secret };
  await mldr(folder, server.url, { ...deploy, ...later, 'id-prefix': 'x.', user: 'somebody', timeout: '30' }, env);
  const text = readFileSync(join(folder, 'plan.json'), 'utf8');
  expect(JSON.parse(text).asked).toEqual({ command: 'deploy', directory: example, 'id-prefix': 'x.' });
  expect(text).not.toContain(secret);
});

// Each new flag is to be thought of: does a plan say it, or whoever applies the plan?
it('every input of a command that changes a target decides, or is for whoever applies', () => {
  const deciding = Object.keys(schema.properties.asked.properties);
  const own = inputNames.filter((name) => changing.some((command) => reads(command, name)) && !deciding.includes(name));
  const ofRun = ['repair', 'take-over', 'plan-out'];
  const missing = own.filter((name) => !reads('apply', name) && !ofRun.includes(name));
  expect(missing).toEqual([]);
  expect([...schema.properties.asked.properties.command.enum].toSorted()).toEqual([...changing].toSorted());
});
