import { expect, it } from 'vitest';
import type { JsonObject } from '../../elastic-server/json.ts';
import { textOf } from './cluster.ts';
import {
  detections,
  detectionsFolder,
  edit,
  later,
  laterRelease,
  learning,
  learningFile,
  predicted,
  probable,
  probableFile,
  stack,
} from './detections.ts';

const deploy = { command: 'deploy', directory: detections } as const;
const update = { command: 'deploy', directory: later } as const;

it('puts jobs there and then rules, which are off; again nothing; and takes all of it off', async () => {
  const on = await stack(detectionsFolder());
  const empty = on.everything();
  const done = await on.mldr(deploy);
  expect(done).toMatchObject({ exit: 0, report: { deployment: { state: 'done', release: detections } } });
  const sent = on.elastic.requests.length + on.kibana.requests.length;
  expect(done).toMatchObject({ report: { deployment: { requests: sent } } });
  expect(textOf(done)).toMatch(/Elasticsearch [\d.]+, \w+, Kibana 8\.17\.2 · before: nothing/);
  expect(textOf(done)).toContain('Experimental: DNS Request with High DGA Probability, off');
  const [job, feed, rule] = ['job', 'datafeed', 'rule'].map((type) =>
    textOf(done)
      .split('\n')
      .findIndex((line) => line.startsWith(`  + ${type} `)),
  );
  expect([job, feed, rule]).toEqual([job, feed, rule].toSorted((a, b) => (a ?? 0) - (b ?? 0)));
  for (const id of [learning, predicted, probable]) expect(on.rule(id)).toMatchObject({ enabled: false });
  expect(on.rule(learning)).toMatchObject({ anomaly_threshold: 70, interval: '15m', tags: expect.any(Array) });
  expect(on.rule(learning)).not.toHaveProperty('meta');
  expect(await on.mldr({ command: 'status' })).toMatchObject({ exit: 0 });
  const since = on.kibana.requests.length;
  expect(await on.mldr(deploy)).toMatchObject({ exit: 0, report: { deployment: { state: 'unchanged' } } });
  expect(on.kibana.requests.slice(since).filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(await on.mldr({ command: 'undeploy' })).toMatchObject({ exit: 0 });
  expect(on.everything()).toEqual(empty);
});

it('switches new rules on where it is asked to, and old ones never', async () => {
  const on = await stack(detectionsFolder());
  await on.mldr({ ...deploy, enable: true });
  expect(on.rule(predicted)).toMatchObject({ enabled: true });
  await on.person(predicted, { enabled: false });
  laterRelease(on.folder);
  edit(on.folder, later, probableFile, ['risk_score = 47', 'risk_score = 48']);
  await on.mldr({ ...update, enable: true });
  expect([on.rule(predicted)?.['enabled'], on.rule(probable)?.['enabled']]).toEqual([false, true]);
});

it('says what to do where there are rules and no Kibana, and leaves rules alone where they are not named', async () => {
  const on = await stack(detectionsFolder());
  const empty = on.everything();
  const without = { KIBANA_URL: '' };
  const refused = await on.mldr(deploy, without);
  expect(refused).toMatchObject({ code: 'target-invalid', exit: 2 });
  expect(textOf(refused)).toMatch(/KIBANA_URL.*--only model,jobs/);
  expect(on.everything()).toEqual(empty);
  expect(await on.mldr({ ...deploy, only: 'jobs' }, without)).toMatchObject({ exit: 0 });
  expect(on.elastic.stack.jobs.size).toBe(2);
  expect(await on.mldr({ ...deploy, only: 'rules' })).toMatchObject({ exit: 0 });
  expect(on.kibana.state.spaces.get('default')?.rules.size).toBe(3);
  const blind = await on.mldr({ command: 'status' }, without);
  expect(blind).toMatchObject({ exit: 2 });
  expect(textOf(blind)).toMatch(new RegExp(`rule ${learning} .* not looked at`));
  expect(await on.mldr({ command: 'undeploy', only: 'model,jobs' }, without)).toMatchObject({ exit: 0 });
  expect([on.elastic.stack.jobs.size, on.kibana.state.spaces.get('default')?.rules.size]).toEqual([0, 3]);
  expect(await on.mldr({ command: 'undeploy' }, without)).toMatchObject({ code: 'target-invalid' });
  expect(await on.mldr({ command: 'undeploy', only: 'rules' })).toMatchObject({ exit: 0 });
  expect(on.everything()).toEqual(empty);
  expect(await on.mldr({ ...deploy, only: 'rules,models' })).toMatchObject({ code: 'usage' });
  expect(textOf(await on.mldr({ ...deploy, only: 'model' }))).toContain('holds nothing of `--only model`');
});

it('keeps what people set and tuned, takes what the release changed, and says so', async () => {
  const on = await stack(detectionsFolder());
  await on.mldr(deploy);
  const list = { id: 'l', list_id: 'people', type: 'detection', namespace_type: 'single' };
  const space = on.kibana.state.spaces.get('default');
  space?.exceptionLists.set('people', list);
  space?.connectors.set('hook', { id: 'hook' });
  const theirs: JsonObject = {
    enabled: true,
    exceptions_list: [list],
    actions: [{ id: 'hook', action_type_id: '.webhook', params: {} }],
  };
  await on.person(learning, { ...theirs, anomaly_threshold: 85, tags: ['Experimental', 'Ours'], note: 'ask Ann' });
  const drift = await on.mldr({ command: 'status' });
  expect(drift).toMatchObject({ exit: 4 });
  expect(textOf(drift)).toMatch(
    new RegExp(`rule ${learning} .* changed by hand +Experimental ML: .*: .*anomaly_threshold 70 → 85`),
  );
  laterRelease(on.folder);
  edit(on.folder, later, learningFile, ['interval = "15m"', 'interval = "10m"'], ['"Experimental", ', '"Beta", ']);
  const dry = await on.mldr({ ...update, 'dry-run': true });
  expect(textOf(dry)).toMatch(new RegExp(`! rule +${learning} +keeps .*\`anomaly_threshold\`.*as people have it`));
  expect(await on.mldr(update)).toMatchObject({ exit: 0 });
  expect(on.rule(learning)).toMatchObject({
    ...theirs,
    anomaly_threshold: 85,
    note: 'ask Ann',
    interval: '10m',
    tags: ['Ours', 'Beta'],
  });
  expect(await on.mldr({ command: 'status' })).toMatchObject({ exit: 0 });
  expect(await on.mldr(update)).toMatchObject({ report: { deployment: { state: 'unchanged' } } });
});

it('plans nothing where both changed the same, names the place, and with --overwrite takes the release', async () => {
  const on = await stack(detectionsFolder());
  await on.mldr(deploy);
  await on.person(probable, { query: 'ml_is_dga.malicious_probability > 0.99', enabled: true });
  laterRelease(on.folder);
  edit(on.folder, later, probableFile, ['probability > 0.98', 'probability > 0.97']);
  edit(on.folder, later, learningFile, ['interval = "15m"', 'interval = "10m"']);
  const before = on.everything();
  const refused = await on.mldr(update);
  expect(refused).toMatchObject({ code: 'rule-conflict', exit: 1 });
  expect(textOf(refused)).toContain(`${probableFile}:14:9: \`query\` of rule \`${probable}\` was`);
  expect(textOf(refused)).toMatch(/0\.98.*release makes it .*0\.97.*people made it .*0\.99/);
  expect(on.everything()).toEqual(before);
  const done = await on.mldr({ ...update, overwrite: true });
  expect(textOf(done)).toContain('`query` as the release has it, although people changed it too; saved');
  expect(on.rule(probable)).toMatchObject({ query: 'ml_is_dga.malicious_probability > 0.97', enabled: true });
  const [journal] = [...on.elastic.stack.indices.values()].map(({ documents }) =>
    JSON.stringify([...documents.values()]),
  );
  expect(journal).toContain('probability > 0.99');
});

it('takes no space for another one, and tells of Elasticsearch where Kibana does not answer', async () => {
  const on = await stack(detectionsFolder());
  for (const space of ['../x', 'soc/', 'Soc']) {
    expect(await on.mldr({ ...deploy, space })).toMatchObject({ code: 'target-invalid' });
    expect(await on.mldr({ command: 'undeploy', space })).toMatchObject({ code: 'target-invalid' });
  }
  await on.mldr(deploy);
  const seen = await on.mldr({ command: 'status' }, { KIBANA_URL: 'http://127.0.0.1:1' });
  expect(seen).toMatchObject({ exit: 2 });
  expect(textOf(seen)).toMatch(/job experimental-high-sum-dga-probability +\S+ +ok/);
  expect(textOf(seen)).toContain('what is in Kibana was not looked at: ');
});

it('goes back to the release before, with what people set', async () => {
  const on = await stack(detectionsFolder());
  laterRelease(on.folder);
  edit(on.folder, later, learningFile, ['anomaly_threshold = 70', 'anomaly_threshold = 75']);
  for (const bundle of [detections, later]) {
    const released = await on.mldr({ command: 'release', bundle: [bundle], 'accept-warnings': true });
    expect(released).toMatchObject({ exit: 0 });
    expect(await on.mldr({ command: 'deploy', release: bundle })).toMatchObject({ exit: 0 });
  }
  await on.person(learning, { enabled: true, interval: '20m' });
  expect(await on.mldr({ command: 'rollback' })).toMatchObject({ exit: 0 });
  expect(on.rule(learning)).toMatchObject({ anomaly_threshold: 70, enabled: true, interval: '20m' });
});
