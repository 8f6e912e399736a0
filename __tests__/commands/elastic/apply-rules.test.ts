import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { textOf } from './cluster.ts';
import {
  detections,
  detectionsFolder,
  edit,
  later,
  laterRelease,
  predicted,
  probable,
  probableFile,
  stack,
} from './detections.ts';

const plan = { command: 'deploy', directory: detections, 'dry-run': true, 'plan-out': 'plan.json' } as const;
const apply = { command: 'apply', plan: 'plan.json' } as const;

it('a plan with rules is applied to the Kibana that it was made for, and to no other', async () => {
  const on = await stack(detectionsFolder());
  const empty = on.everything();
  await on.mldr({ ...plan, enable: true });
  const file = join(on.folder, 'plan.json');
  const text = readFileSync(file, 'utf8');
  expect(JSON.parse(text).kibana).toBe(on.kibana.url);
  const other = await stack(detectionsFolder());
  const wrong = await on.mldr({ ...apply, 'kibana-url': other.kibana.url });
  expect(wrong).toMatchObject({ code: 'usage' });
  expect(textOf(wrong)).toContain(`The plan is for the Kibana ${on.kibana.url}, and this is ${other.kibana.url}.`);
  writeFileSync(file, text.replace(/^ {2}"kibana": .*\n/m, ''));
  expect(await on.mldr(apply)).toMatchObject({ code: 'usage' });
  expect([on.everything(), other.kibana.requests]).toEqual([empty, []]);
  writeFileSync(file, text);
  expect(await on.mldr(apply)).toMatchObject({ exit: 0, report: { deployment: { state: 'done' } } });
  expect(on.rule(predicted)).toMatchObject({ enabled: true });
  expect(await on.mldr(apply)).toMatchObject({ exit: 0, report: { deployment: { state: 'unchanged' } } });
});

it('a rule that people tuned since is another one than was agreed to', async () => {
  const on = await stack(detectionsFolder());
  await on.mldr({ command: 'deploy', directory: detections });
  laterRelease(on.folder);
  edit(on.folder, later, probableFile, ['risk_score = 47', 'risk_score = 48']);
  await on.mldr({ ...plan, directory: later });
  await on.person(probable, { interval: '20m' });
  const before = on.everything();
  const ended = await on.mldr(apply);
  expect(ended).toMatchObject({ code: 'target-changed', exit: 1 });
  expect(textOf(ended)).toContain(`\`rule/${probable}\`: changed on the target since`);
  expect(on.everything()).toEqual(before);
});
