import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { superuser } from '../../elastic-server/access.ts';
import { call, importFile } from '../../kibana-server/call.ts';
import { newKibanaState } from '../../kibana-server/state.ts';
import { textOf } from './cluster.ts';
import {
  detections,
  detectionsFolder,
  edit,
  learning,
  learningFile,
  predicted,
  predictedFile,
  probable,
  probableFile,
  type Stack,
  stack,
} from './detections.ts';

const upload = { command: 'elastic upload-rule' } as const;
const probableAt = join(detections, probableFile);
const learningAt = join(detections, learningFile);
const ids = (on: Stack, space = 'default') => [...(on.kibana.state.spaces.get(space)?.rules.keys() ?? [])].toSorted();

it('takes no file on its own that a release put there, and what came by file can be taken off', async () => {
  const on = await stack(detectionsFolder());
  await on.mldr({ command: 'deploy', directory: detections });
  const before = on.everything();
  for (const inputs of [
    { ...upload, file: [probableAt] },
    { command: 'elastic upload-job', file: [join(detections, 'experimental-rare-dga-domain.json')] },
  ] as const) {
    const refused = await on.mldr(inputs);
    expect(refused).toMatchObject({ code: 'held-by-release', exit: 1 });
    expect(textOf(refused)).toContain(`is of \`${detections}\``);
  }
  expect(on.everything()).toEqual(before);
  expect(await on.mldr({ command: 'undeploy' })).toMatchObject({ exit: 0 });
  expect(await on.mldr({ ...upload, file: [probableAt] })).toMatchObject({ exit: 0 });
  expect(ids(on)).toEqual([probable]);
  expect(await on.mldr({ command: 'undeploy', kind: 'rules' })).toMatchObject({ exit: 0 });
  expect(ids(on)).toEqual([]);
});

it('takes a file, a folder of files, a bundle, or a release, and takes nothing off', async () => {
  const on = await stack(detectionsFolder());
  expect(await on.mldr({ ...upload, file: [probableAt] })).toMatchObject({ exit: 0 });
  expect([ids(on), on.rule(probable)?.['enabled']]).toEqual([[probable], false]);
  mkdirSync(join(on.folder, 'mine'));
  writeFileSync(join(on.folder, 'mine', 'notes.txt'), 'no rule');
  const own = '[rule]\nname = "Mine"\nrule_id = "0f6a6a52-2f0c-4a0c-9d2e-3a6f9c1f1a09"\ntype = "query"\n';
  const rest = 'description = "d"\nquery = "a:1"\nindex = ["logs-dns-*"]\nrisk_score = 1\nseverity = "low"\n';
  writeFileSync(join(on.folder, 'mine', 'mine.toml'), own + rest);
  expect(await on.mldr({ ...upload, file: ['mine'], enable: true })).toMatchObject({ exit: 0 });
  expect(ids(on)).toHaveLength(2);
  expect(await on.mldr({ command: 'elastic upload-job', file: [detections] })).toMatchObject({ exit: 0 });
  expect(await on.mldr({ command: 'release', bundle: [detections], 'accept-warnings': true })).toMatchObject({
    exit: 0,
  });
  // A folder of that name would be taken for the bundle.
  renameSync(join(on.folder, detections), join(on.folder, 'elsewhere'));
  const released = { ...upload, file: [detections] };
  expect(await on.mldr(released)).toMatchObject({ exit: 0, report: { deployment: { release: detections } } });
  expect(ids(on)).toHaveLength(4);
  expect(await on.mldr({ command: 'status' })).toMatchObject({ exit: 0 });
  expect(await on.mldr({ ...upload, file: [join('elsewhere', 'README.md')] })).toMatchObject({ exit: 1 });
  mkdirSync(join(on.folder, 'empty'));
  expect(await on.mldr({ ...upload, file: ['empty'] })).toMatchObject({ code: 'usage' });
});

it('refuses a rule whose job is nowhere, with the one that is meant, at its place', async () => {
  const on = await stack(detectionsFolder());
  const refused = await on.mldr({ ...upload, file: [learningAt] });
  expect(refused).toMatchObject({ code: 'job-missing', exit: 1 });
  expect(textOf(refused)).toMatch(
    /:\d+:27: job `experimental-high-sum-dga-probability` is neither in what is deployed/,
  );
  expect(ids(on)).toEqual([]);
  expect(await on.mldr({ command: 'elastic upload-job', file: [detections] })).toMatchObject({ exit: 0 });
  expect(await on.mldr({ ...upload, file: [learningAt] })).toMatchObject({ exit: 0 });
  edit(on.folder, detections, learningFile, [
    '"experimental-high-sum-dga-probability"',
    '"experimental_high_sum_dga_probability"',
  ]);
  const near = await on.mldr({ ...upload, file: [learningAt] });
  expect(textOf(near)).toContain('Did you mean `experimental-high-sum-dga-probability`?');
  expect(await on.mldr({ ...upload, file: [learningAt], 'allow-missing-jobs': true })).toMatchObject({ exit: 0 });
  expect(on.rule(learning)).toMatchObject({ machine_learning_job_id: ['experimental_high_sum_dga_probability'] });
});

it('says why Kibana does not take a rule, at its file, and puts back what went before', async () => {
  const on = await stack(detectionsFolder());
  const empty = on.everything();
  edit(on.folder, detections, probableFile, ['risk_score = 47', 'interval = "soon"\nrisk_score = 47']);
  const refused = await on.mldr({ command: 'deploy', directory: detections });
  expect(refused).toMatchObject({ code: 'target-refused', exit: 2 });
  expect(textOf(refused)).toContain(`${probableFile}: The rule \`${probable}\` is not taken: interval: must match`);
  expect(textOf(refused)).toContain('put back');
  expect(on.everything()).toEqual(empty);
});

it('leaves the rules of others alone, and those that come with Kibana in any case', async () => {
  const on = await stack(detectionsFolder());
  const theirs = { rule_id: probable, name: 'Theirs', description: 'd', type: 'query', query: 'x:1' };
  await importFile(on.kibana, [{ ...theirs, risk_score: 1, severity: 'low', setup: 'mine' }]);
  const before = on.everything();
  expect(await on.mldr({ ...upload, file: [probableAt] })).toMatchObject({ code: 'target-foreign', exit: 1 });
  expect(on.everything()).toEqual(before);
  const taken = await on.mldr({ ...upload, file: [probableAt], overwrite: true });
  expect(textOf(taken)).toContain('somebody else put another one there; saved');
  expect(on.rule(probable)).toMatchObject({ name: expect.stringContaining('High DGA'), setup: 'mine', enabled: true });
  await importFile(on.kibana, [{ ...theirs, rule_id: predicted, risk_score: 1, severity: 'low' }]);
  const rules = on.kibana.state.spaces.get('default')?.rules;
  rules?.set(predicted, { ...rules.get(predicted), immutable: true });
  const refused = await on.mldr({ ...upload, file: [join(detections, predictedFile)], overwrite: true });
  expect(refused).toMatchObject({ code: 'target-unchangeable' });
  expect(textOf(refused)).toContain('`Theirs` is one of the rules that come with Kibana');
});

it('goes to the space that is named, under a prefix that is given, and is taken off from there', async () => {
  const on = await stack(detectionsFolder());
  const empty = on.everything();
  const soc = { command: 'deploy', directory: detections, space: 'soc', 'id-prefix': 'team-' } as const;
  expect(await on.mldr(soc)).toMatchObject({ exit: 0 });
  expect([ids(on), ids(on, 'soc')]).toEqual([[], [learning, predicted, probable].map((id) => `team-${id}`)]);
  expect(on.rule(`team-${learning}`, 'soc')).toMatchObject({
    machine_learning_job_id: ['team-experimental-high-sum-dga-probability'],
  });
  expect(await on.mldr({ ...soc, space: 'default' })).toMatchObject({ exit: 0 });
  expect([ids(on).length, ids(on, 'soc').length]).toEqual([3, 3]);
  const status = await on.mldr({ command: 'status' });
  expect(textOf(status)).toContain(`rule soc/team-${probable}`);
  expect(await on.mldr({ command: 'undeploy', 'id-prefix': 'team-', only: 'rules', space: 'default' })).toMatchObject({
    exit: 0,
  });
  expect([ids(on).length, ids(on, 'soc').length]).toEqual([0, 3]);
  expect(await on.mldr({ command: 'undeploy', 'id-prefix': 'team-' })).toMatchObject({ exit: 0 });
  expect(on.everything()).toEqual(empty);
  expect(await on.mldr({ ...soc, space: 'absent' })).toMatchObject({ code: 'target-invalid' });
});

it('tells who may not write rules', async () => {
  const reader = { ...superuser, kibana: 'read' } as const;
  const on = await stack(detectionsFolder(), { accounts: [reader], state: newKibanaState('soc') });
  const refused = await on.mldr({ ...upload, file: [probableAt] });
  expect(refused).toMatchObject({ code: 'target-forbidden' });
  expect(textOf(refused)).toContain('securitySolution');
  expect(ids(on)).toEqual([]);
});

it('replaces a rule whose type changed only when it is told to, and switches no rule on by that', async () => {
  const on = await stack(detectionsFolder());
  await on.mldr({ ...upload, file: [probableAt] });
  edit(
    on.folder,
    detections,
    probableFile,
    ['type = "query"', 'type = "eql"'],
    ['language = "kuery"', 'language = "eql"'],
  );
  edit(on.folder, detections, probableFile, ['"ml_is_dga.malicious_probability > 0.98"', '"any where true"']);
  const refused = await on.mldr({ ...upload, file: [probableAt] });
  expect(textOf(refused)).toMatch(/target-unchangeable.*it can only be replaced \(it differs in .*`type`/s);
  expect(await on.mldr({ ...upload, file: [probableAt], overwrite: true })).toMatchObject({ exit: 0 });
  expect(on.rule(probable)).toMatchObject({ type: 'eql', enabled: false });
});

it('corrects a server that switches rules on by an import', async () => {
  const on = await stack(detectionsFolder());
  const { rules } = on.kibana.state.spaces.get('default') ?? {};
  const set = rules?.set.bind(rules);
  let imports = 0;
  if (rules !== undefined && set !== undefined) {
    rules.set = (id, rule) => {
      imports += 1;
      return set(id, imports === 1 ? { ...rule, enabled: true } : rule);
    };
  }
  expect(await on.mldr({ ...upload, file: [probableAt] })).toMatchObject({ exit: 0 });
  expect([imports, on.rule(probable)?.['enabled']]).toEqual([2, false]);
  expect((await call(on.kibana, 'GET', `/api/detection_engine/rules?rule_id=${probable}`)).status).toBe(200);
});
