import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cluster, example, onTarget, work } from '../commands/elastic/cluster.ts';
import { job } from './job.ts';

const plan = {
  command: 'deploy',
  directory: example,
  store: 'dir:releases',
  'dry-run': 'true',
  'plan-out': 'plan.json',
};
const apply = { command: 'apply', plan: 'plan.json', store: 'dir:releases' };

test('one job plans a deployment, and another one applies it, with outputs and a table in the summary', async () => {
  const server = await cluster();
  const [folder, empty] = [work({ name: example }), onTarget(server)];
  const secret = ['key', 'of', 'staging'].join('-');
  const env = { ELASTICSEARCH_URL: server.url, ELASTIC_API_KEY: Buffer.from(`id:${secret}`).toString('base64') };
  const planned = await job(folder, plan, env).run('index');
  expect(planned).toMatchObject({ code: 0 });
  expect(planned.given).toContain('### What would change');
  expect(planned.given).toContain('| model | dga&#95;1000&#95;1.0 | **add** |');
  expect(planned.given).toMatch(/^deployment(?:=|<<\S+\n)planned$/m);
  expect(onTarget(server)).toEqual(empty);
  const done = await job(folder, apply, env).run('index');
  expect(done).toMatchObject({ code: 0 });
  expect(done.given).toContain('| model | dga&#95;1000&#95;1.0 | **added** |');
  expect(done.given).toMatch(/^deployment(?:=|<<\S+\n)done$/m);
  expect(done.given).toMatch(new RegExp(`^deployed-release(?:=|<<\\S+\\n)${example}$`, 'm'));
  expect(server.stack.models.size).toBe(1);
  const again = await job(folder, apply, env).run('index');
  expect(again).toMatchObject({ code: 0 });
  expect(again.given).toMatch(/^deployment(?:=|<<\S+\n)unchanged$/m);
  for (const { given } of [planned, done, again]) expect(given).not.toContain(env.ELASTIC_API_KEY);
});

test('a pull request from a fork applies no plan', async () => {
  const server = await cluster();
  const [folder, empty] = [work({ name: example }), onTarget(server)];
  const env = { ELASTICSEARCH_URL: server.url };
  expect(await job(folder, plan, env).run('index')).toMatchObject({ code: 0 });
  mkdirSync(join(folder, 'runner'), { recursive: true });
  const event = join(folder, 'runner', 'event.json');
  writeFileSync(event, JSON.stringify({ pull_request: { head: { repo: { full_name: 'stranger/detections' } } } }));
  const fork = { ...env, GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event };
  const ended = await job(folder, apply, fork).run('index');
  expect(ended.given).toContain('A pull request from a fork changes no target: this is a dry run.');
  expect(onTarget(server)).toEqual(empty);
});

test('a plan outside the workspace is not read', async () => {
  const server = await cluster();
  const ended = await job(
    work({ name: example }),
    { ...apply, plan: '/etc/hostname' },
    { ELASTICSEARCH_URL: server.url },
  ).run('index');
  expect(ended).toMatchObject({ code: 2 });
  expect(ended.given).toContain('lies outside the workspace');
});
