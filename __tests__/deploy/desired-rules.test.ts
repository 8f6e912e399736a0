import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { desiredRules, jobsOf, type RuleOptions } from '../../src/deploy/desired-rules.ts';
import { defaultLimits } from '../../src/domain/limits.ts';
import type { DesiredObject } from '../../src/domain/resource.ts';
import { ruleKey, rulePlace } from '../../src/domain/rule-key.ts';
import { readBundle } from '../../src/formats/bundle/read.ts';
import { builtInKinds, kindOfName } from '../../src/kinds/kinds.ts';
import { codeOf } from '../contracts/assets.ts';

const example = 'ML-experimental-detections-20261122-1';
const [first, second, third] = [1, 2, 3].map((n) => `0f6a6a52-2f0c-4a0c-9d2e-3a6f9c1f1a0${n}`);
const job = 'experimental-high-sum-dga-probability';
const learningFile = 'experimental_ml_high_sum_dga_probability.toml';

async function desired(
  options: Partial<RuleOptions> = {},
  edit: (text: string) => string = (text) => text,
): Promise<DesiredObject[]> {
  const folder = mkdtempSync(join(tmpdir(), 'desired-rules-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(resolve('examples', example), join(folder, example), { recursive: true });
  const path = join(folder, example, learningFile);
  writeFileSync(path, edit(readFileSync(path, 'utf8')));
  const kindOf = (name: string) => kindOfName(name, builtInKinds);
  const bundle = await readBundle(join(folder, example), { limits: defaultLimits, kindOf });
  return desiredRules([bundle], { prefix: '', space: 'default', enable: false, ...options });
}

it('are the tables `rule` of the files, off, and rest on the jobs of the bundle', async () => {
  const rules = await desired();
  expect(rules.map(({ id, file }) => [id, file])).toEqual([
    [first, learningFile],
    [second, 'experimental_dns_request_predicted_dga.toml'],
    [third, 'experimental_dns_request_high_dga_probability.toml'],
  ]);
  const [learning, query] = rules;
  expect(learning).toMatchObject({ dependsOn: [{ type: 'job', id: job }], body: { enabled: false, rule_id: first } });
  expect(learning?.wants).not.toHaveProperty('enabled');
  expect(learning?.body).not.toHaveProperty('maturity');
  expect(query?.dependsOn).toEqual([]);
  expect((await desired({ enable: true })).every(({ body }) => JSON.stringify(body).includes('"enabled":true'))).toBe(
    true,
  );
});

it('get a prefix with the jobs of the bundle, and keep the jobs that are elsewhere', async () => {
  const own = `["${job}", "another-job"]`;
  const [learning] = await desired({ prefix: 'team-', space: 'soc' }, (text) => text.replace(`"${job}"`, own));
  expect(learning).toMatchObject({
    id: `soc/team-${first}`,
    named: first,
    dependsOn: [{ type: 'job', id: `team-${job}` }],
    body: { rule_id: `team-${first}` },
  });
  expect(jobsOf(learning?.wants ?? null)).toEqual([`team-${job}`, 'another-job']);
});

it('cannot be two of one id', async () => {
  const twice = desired({}, (text) => text.replace(String(first), String(second)));
  expect(await codeOf(twice)).toBe('objects-collide');
});

it.each([
  ['default', 'a-rule', 'a-rule'],
  ['soc', 'a-rule', 'soc/a-rule'],
  ['soc', 'a/b', 'soc/a/b'],
  ['default', 'a/b', 'default/a/b'],
])('in %s the rule %s is %s, and the other way round', (space, ruleId, key) => {
  expect(ruleKey({ space, ruleId })).toBe(key);
  expect(rulePlace(key)).toEqual({ space, ruleId });
});
