import { expect, it } from 'vitest';
import { canonicalJson } from '../../../src/domain/canonical-json.ts';
import type { Value } from '../../../src/domain/document.ts';
import { Failure } from '../../../src/errors.ts';
import type { Inputs } from '../../../src/inputs.ts';
import type { Fault } from '../../elastic-server/faults.ts';
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
  probableFile,
  type Stack,
  stack,
} from './detections.ts';

/** A few at a time: each of them is two servers of its own. */
const width = 16;

const install: Inputs = { command: 'deploy', directory: detections };
const alone: Inputs = { command: 'elastic upload-rule', file: [detections] };
const update: Inputs = { command: 'deploy', directory: later };

interface Trouble {
  readonly at: 'elastic' | 'kibana';
  readonly number: number;
  readonly fault: Fault;
}

const every: readonly Fault[] = ['kill-before', 'kill-after', 'reset-before', 'reset-after', '503-after', 'html'];

/** With the faults of Kibana's requests, and those of Elasticsearch's, of which other tests try more. */
const stories: readonly (readonly [string, readonly Inputs[], Inputs, readonly Fault[], readonly Fault[]])[] = [
  ['a first installation', [], install, every, ['kill-after']],
  ['an update of rules that people tuned', [install], update, ['kill-before', 'kill-after', 'html'], ['reset-after']],
  ['a removal', [install], { command: 'undeploy' }, ['kill-after', 'reset-after'], ['kill-before']],
  ['rules alone', [], { ...alone, 'allow-missing-jobs': true }, ['kill-after', 'html'], []],
];

it.each(stories)(
  '%s that fails at any request of either server leaves both as before or complete',
  async (_, first, then, atKibana, atElastic) => {
    const folder = detectionsFolder();
    laterRelease(folder);
    edit(folder, later, learningFile, ['interval = "15m"', 'interval = "10m"'], ['"Experimental", ', '"Beta", ']);
    edit(folder, later, probableFile, ['severity = "medium"', 'severity = "high"']);
    const whole = await played(folder, first, then);
    const cases: Trouble[] = [
      ...whole.kibana.flatMap((number) => atKibana.map((fault) => ({ at: 'kibana' as const, number, fault }))),
      ...whole.elastic.flatMap((number) => atElastic.map((fault) => ({ at: 'elastic' as const, number, fault }))),
    ];
    const wrong: string[] = [];
    const next = cases.values();
    const worker = async (): Promise<void> => {
      for (const trouble of next) {
        const { ends, between, repaired } = await played(folder, first, then, trouble);
        const good = [whole.before, whole.after];
        // A client that was killed puts nothing back: its repair does.
        const settled =
          trouble.fault.startsWith('kill') || between.includes('deployment-incomplete') || good.includes(ends);
        if (settled && good.includes(repaired)) continue;
        wrong.push(`${trouble.at} ${trouble.number} ${trouble.fault}: ${between}`);
      }
    };
    await Promise.all(Array.from({ length: width }, worker));
    process.stdout.write(`${cases.length} cases\n`);
    expect(wrong).toEqual([]);
  },
  300_000,
);

/** What people make of the rules that stand there. */
async function tune(on: Stack): Promise<void> {
  if (on.rule(learning) === undefined) return;
  await on.person(learning, { enabled: true, anomaly_threshold: 85, tags: ['Experimental', 'Ours'] });
  await on.person(predicted, { note: 'ask Ann' });
}

/** Plays a story, with a fault at a request of its last part, and repairs what it left. */
async function played(folder: string, first: readonly Inputs[], then: Inputs, trouble?: Trouble) {
  const on = await stack(folder);
  for (const story of first) expect(await on.mldr(story)).toMatchObject({ exit: 0 });
  if (then.command === 'deploy') await tune(on);
  const state = (): string => canonicalJson(on.everything() as Value);
  const before = state();
  const starts = { elastic: on.elastic.requests.length, kibana: on.kibana.requests.length };
  if (trouble !== undefined) on[trouble.at].faults.set(starts[trouble.at] + trouble.number, trouble.fault);
  const ended = await on.mldr(then);
  for (const server of [on.elastic, on.kibana]) {
    server.faults.clear();
    server.revive();
  }
  const [elastic, kibana] = (['elastic', 'kibana'] as const).map((name) =>
    on[name].requests.slice(starts[name]).map((_, index) => index),
  ) as [number[], number[]];
  const ends = state();
  const between = ended instanceof Failure ? textOf(ended) : 'done';
  expect(await on.mldr({ command: then.command, repair: true })).toMatchObject({ exit: 0 });
  const repaired = state();
  await Promise.all([on.elastic.close(), on.kibana.close()]);
  return { before, after: repaired, elastic, kibana, ends, between, repaired };
}
