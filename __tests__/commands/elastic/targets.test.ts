import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { render } from '../../../src/reporters/reporter.ts';
import { type Account, superuser } from '../../elastic-server/access.ts';
import { cluster, example, mldr, second, textOf, work } from './cluster.ts';

/** An API key as it is sent, and who has it. */
function account(name: string): Account & { readonly apiKey: string } {
  return { ...superuser, name, apiKey: Buffer.from(`${name}:secret-of-${name}`).toString('base64') };
}

/** Two clusters with keys of their own, and a configuration that names both. */
async function twoTargets() {
  const [blue, green] = [account('blue'), account('green')];
  const [staging, prod] = [await cluster({ accounts: [blue] }), await cluster({ accounts: [green] })];
  const folder = work({ name: example }, second);
  const table = (name: string, url: string) => `[targets.${name}]\nelasticsearch-url = "${url}"\n`;
  appendFileSync(
    join(folder, 'ml-detection-release.toml'),
    `${table('staging', staging.url)}${table('prod', prod.url)}`,
  );
  const env = { ELASTIC_API_KEY_STAGING: blue.apiKey, ELASTIC_API_KEY_PROD: green.apiKey, ELASTICSEARCH_URL: '' };
  return { staging, prod, folder, env };
}

it('a deployment goes to the target that is named, with its own key', async () => {
  const { staging, prod, folder, env } = await twoTargets();
  const setup = { command: 'deploy', directory: example, target: 'staging' } as const;
  const ended = await mldr(folder, '', setup, env);
  expect(ended).toMatchObject({ exit: 0, report: { deployment: { named: 'staging', state: 'done' } } });
  expect(textOf(ended)).toContain(`staging · ${staging.url}`);
  expect(staging.stack.models.size).toBe(1);
  expect(prod.requests).toEqual([]);
  // A plain key may be anybody's: beside a target's own it goes nowhere.
  const { ELASTIC_API_KEY_STAGING: key, ...others } = env;
  const wrong = await mldr(folder, '', setup, { ...others, ELASTIC_API_KEY: env.ELASTIC_API_KEY_PROD });
  expect(wrong).toMatchObject({ code: 'target-unauthorised' });
  expect(await mldr(folder, '', setup, { ...others, ELASTIC_API_KEY: key })).toMatchObject({ exit: 0 });
});

it('status without a target tells of all, and goes on where one is out of reach', async () => {
  const { staging, prod, folder, env } = await twoTargets();
  await mldr(folder, '', { command: 'deploy', directory: example, target: 'staging' }, env);
  await mldr(folder, '', { command: 'deploy', directory: second.name, target: 'prod' }, env);
  const fine = await mldr(folder, '', { command: 'status' }, env);
  expect(fine).toMatchObject({ exit: 0 });
  expect(textOf(fine)).toMatch(/staging {2}model dga_1000_1\.0 +ML-DGA-20261122-2 {2}ok/);
  expect(textOf(fine)).toMatch(/prod +model dga_1001_1\.0 +ML-DGA-20261123-3 {2}ok/);
  staging.stack.scripts.delete('dga_ngrams_create');
  const drifted = await mldr(folder, '', { command: 'status' }, env);
  expect(drifted).toMatchObject({ exit: 4 });
  if (!('report' in drifted)) throw drifted;
  expect(await render('summary', drifted.report)).toMatch(/^## Not all that was deployed is as it was left/);
  expect(await mldr(folder, '', { command: 'status', target: 'prod' }, env)).toMatchObject({ exit: 0 });
  await prod.close();
  const half = await mldr(folder, '', { command: 'status' }, env);
  expect(half).toMatchObject({ exit: 4 });
  expect(textOf(half)).toContain('prod · not seen: ');
  const blind = await mldr(folder, '', { command: 'status' }, { ...env, ELASTIC_API_KEY_STAGING: 'nobody' });
  expect(blind).toMatchObject({ exit: 2 });
});

it('a release is promoted by one line, and what is not there yet is said', async () => {
  const { folder, env } = await twoTargets();
  const publish = { 'accept-warnings': true, store: 'dir:releases' };
  for (const name of [example, second.name]) {
    await mldr(folder, '', { command: 'release', bundle: [name], ...publish }, env);
  }
  const pin = (release: string) =>
    appendFileSync(join(folder, 'ml-detection-release.toml'), `release = "${release}"\n`);
  pin(example);
  const before = await mldr(folder, '', { command: 'status', target: 'prod' }, env);
  expect(textOf(before)).toContain(`\`${example}\` is pinned for it, and not there`);
  expect(before).toMatchObject({ exit: 4 });
  const done = await mldr(folder, '', { command: 'deploy', target: 'prod' }, env);
  expect(done).toMatchObject({ exit: 0, report: { deployment: { release: example } } });
  expect(textOf(await mldr(folder, '', { command: 'status', target: 'prod' }, env))).not.toContain('pinned');
  expect(await mldr(folder, '', { command: 'deploy', target: 'produ' }, env)).toMatchObject({ code: 'usage' });
  const configuration = join(folder, 'ml-detection-release.toml');
  const text = readFileSync(configuration, 'utf8');
  writeFileSync(configuration, text.replace(`"${example}"`, `"${example}@sha256:${'1'.repeat(64)}"`));
  const other = await mldr(folder, '', { command: 'status', target: 'prod' }, env);
  expect(other).toMatchObject({ exit: 4 });
  expect(textOf(other)).toContain('with another digest than the one that is there');
});
