import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../elastic-server/json.ts';
import type { Recorded } from '../../elastic-server/loopback.ts';
import { importFile } from '../../kibana-server/call.ts';
import { textOf } from './cluster.ts';
import {
  detections,
  detectionsFolder,
  edit,
  later,
  laterRelease,
  learning,
  learningFile,
  probable,
  probableFile,
  type Stack,
  stack,
} from './detections.ts';

const deploy = { command: 'deploy', directory: detections } as const;
const update = { command: 'deploy', directory: later } as const;

/** A stack on which a person changes a rule right before it is looked at for the n-th time. */
async function meanwhile(change: JsonObject, look: number): Promise<Stack> {
  let looks: number | undefined;
  const on: Stack = await stack(detectionsFolder(), {
    async onRequest({ method, query }: Recorded) {
      if (looks === undefined || method !== 'GET' || !query.includes(probable)) return;
      looks += 1;
      if (looks === look) await on.person(probable, change);
    },
  });
  await on.mldr(deploy);
  laterRelease(on.folder);
  edit(on.folder, later, probableFile, ['severity = "medium"', 'severity = "high"']);
  looks = 0;
  return on;
}

it.each([2, 3])('keeps what a person switches between the plan and the write, at look %i', async (look) => {
  const on = await meanwhile({ enabled: true }, look);
  expect(await on.mldr(update)).toMatchObject({ exit: 0 });
  expect(on.rule(probable)).toMatchObject({ enabled: true, severity: 'high' });
});

it.each([2, 3])('gives up where a person tunes it between the plan and the write, at look %i', async (look) => {
  const on = await meanwhile({ interval: '1h' }, look);
  expect(await on.mldr(update)).toMatchObject({ code: 'target-changed', exit: 1 });
  expect(on.rule(probable)).toMatchObject({ interval: '1h', severity: 'medium' });
  expect(await on.mldr(update)).toMatchObject({ exit: 0 });
  expect(on.rule(probable)).toMatchObject({ interval: '1h', severity: 'high' });
});

it('names the rules that rest on a job which goes, and do not go with it', async () => {
  const on = await stack(detectionsFolder());
  await on.mldr(deploy);
  const job = 'experimental-high-sum-dga-probability';
  const { id: _, ...theirs } = { ...on.rule(learning), rule_id: 'theirs', name: 'Theirs' } as JsonObject;
  await importFile(on.kibana, [theirs]);
  const gone = { command: 'elastic delete-job', name: job, type: 'anomaly_detection', 'dry-run': true } as const;
  const dry = textOf(await on.mldr(gone));
  expect(dry).toMatch(
    new RegExp(`! job +${job} +goes, and finds nothing any more for rule .*${learning}.*\`theirs\` \\(Theirs\\)`),
  );
  const undeploy = textOf(await on.mldr({ command: 'undeploy' }));
  expect(undeploy).toContain('for rule `theirs` (Theirs)');
  expect(undeploy).not.toContain(`for rule \`${learning}\``);
});

it('says of each object from which release it is, where only some of a release was put there', async () => {
  const on = await stack(detectionsFolder());
  await on.mldr(deploy);
  laterRelease(on.folder);
  edit(on.folder, later, learningFile, ['interval = "15m"', 'interval = "10m"']);
  expect(await on.mldr({ ...update, only: 'rules' })).toMatchObject({ exit: 0 });
  const status = textOf(await on.mldr({ command: 'status' }));
  expect(status).toMatch(new RegExp(`rule ${learning} +${later} +ok`));
  expect(status).toMatch(new RegExp(`job experimental-rare-dga-domain +${detections} +ok`));
  expect(await on.mldr({ ...update, only: 'rules' })).toMatchObject({ report: { deployment: { state: 'unchanged' } } });
  const one = { command: 'elastic upload-rule', file: [join(later, probableFile)] } as const;
  expect(await on.mldr(one)).toMatchObject({ code: 'held-by-release' });
  expect(textOf(await on.mldr({ command: 'status' }))).toMatch(
    new RegExp(`job experimental-rare-dga-domain +${detections} +ok`),
  );
});
