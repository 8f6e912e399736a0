import { appendFileSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultLimits as limits } from '../../../src/domain/limits.ts';
import { verifyRelease } from '../../../src/publish/verify.ts';
import { openDirectoryStore } from '../../../src/stores/directory/directory.ts';
import { createRandom } from '../../random.ts';
import { detections, dga, mldr, temporary, workFolder } from '../mldr.ts';
import { contents } from '../snapshot.ts';
import { start } from '../started.ts';
import { type Moment, type Observation, observed, type Stage, stages } from './observed.ts';

/** Moments in each stage: most of them at calls of the file system, some at any time in between. */
const perStage = 29;
const atCalls = 22;
const least = 20;
const total = 200;

const random = createRandom(20261122);
const bundle = `examples/${dga}`;
const scratch = temporary();
let template = '';
let whole: Observation;
let earlier: Record<string, string> = {};
const histogram: Record<string, number> = {};
const faults: string[] = [];
let count = 0;

/** A store with a release in it, and a bundle to publish that takes several writes. */
beforeAll(async () => {
  template = workFolder(dga, detections);
  const noise = random.bytes(300_000).toString('base64');
  appendFileSync(join(template, bundle, 'README.md'), noise);
  expect(mldr(template, ['release', `examples/${detections}`])).toMatchObject({ code: 0 });
  earlier = contents(join(template, 'releases', detections));
  const folder = copy('whole');
  whole = await observed(folder, bundle);
  expect(whole).toMatchObject({ code: 0, killedIn: undefined });
});

function copy(name: string): string {
  const folder = join(scratch, name);
  cpSync(template, folder, { recursive: true });
  return folder;
}

/** Calls spread evenly over a stage, each once; then moments by time. */
function momentsOf(stage: Stage): Moment[] {
  const calls = whole.calls[stage] ?? 0;
  const chosen = new Set(Array.from({ length: atCalls }, (_, at) => 1 + Math.floor((at * calls) / atCalls)));
  const byCall = [...chosen].map((call) => ({ stage, call }));
  return [...byCall, ...Array.from({ length: perStage - byCall.length }, () => byTime(stage))];
}

function byTime(stage: Stage): Moment {
  const duration = whole.durations[stage] ?? 0;
  return { stage, afterMilliseconds: (duration * random.below(1000)) / 1000 };
}

/** Kills one release, looks at the store, releases again, and looks once more. */
async function attempt(moment: Moment): Promise<void> {
  count += 1;
  const folder = copy(`${count}`);
  const { killedIn = 'the end' } = await observed(folder, bundle, moment);
  histogram[killedIn] = (histogram[killedIn] ?? 0) + 1;
  const store = join(folder, 'releases');
  const complain = (what: string) => faults.push(`${JSON.stringify(moment)}, killed in ${killedIn}: ${what}`);

  const names = readdirSync(store).filter((name) => !name.startsWith('.'));
  const published = names.includes(dga);
  if (names.some((name) => name !== dga && name !== detections)) complain(`the store shows ${names.join(', ')}`);
  if (JSON.stringify(contents(join(store, detections))) !== JSON.stringify(earlier)) complain('an earlier one changed');
  if (published) await requireSound(store, complain);
  if (published && ['read', 'check', 'plan', 'claim', 'put'].includes(killedIn)) complain('published too early');
  if (!published && ['verify', 'the end'].includes(killedIn)) complain('it is not there');

  const again = await start(folder, ['release', bundle]).ended;
  const said = published ? `✓ unchanged ${dga}` : `✓ published ${dga}`;
  if (again.code !== 0 || !again.stdout.includes(said)) complain(`again: ${again.code} ${again.stderr}${again.stdout}`);
  await requireSound(store, complain);
  // What was written aside for a claim is swept when it is old enough to be nobody's.
  const left = ['.claims', '.drafts'].flatMap((name) => readdirSync(join(store, name)));
  if (!published && left.some((name) => !name.startsWith('.aside-'))) complain(`left behind: ${left.join(', ')}`);
  rmSync(folder, { recursive: true, force: true });
}

async function requireSound(store: string, complain: (what: string) => void): Promise<void> {
  try {
    const { problems } = await verifyRelease(openDirectoryStore(store), dga, { limits });
    if (problems.length > 0) complain(problems.join(' '));
  } catch (error) {
    complain(String(error));
  }
}

/** Two at a time: the machine that runs this has two cores at least, and half of each run is waiting for the disk. */
async function attemptAll(moments: readonly Moment[]): Promise<void> {
  const queue = [...moments];
  const worker = async (): Promise<void> => {
    for (let moment = queue.shift(); moment !== undefined; moment = queue.shift()) await attempt(moment);
  };
  await Promise.all([worker(), worker()]);
}

const short = (stage: Stage): number => Math.max(0, least - (histogram[stage] ?? 0));
const killed = (): number => stages.reduce((sum, stage) => sum + (histogram[stage] ?? 0), 0);

describe('a release that is killed', () => {
  test('at any of 200 moments leaves the store complete or unchanged, and a second run succeeds', async () => {
    // In turns, so that a machine that slows down does so for every stage.
    const lists = stages.map(momentsOf);
    await attemptAll(Array.from({ length: perStage }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat());
    // A moment by time may hit the next stage: those that are missing are made up for.
    for (let round = 0; round < 10 && (killed() < total || stages.some(short)); round += 1) {
      const missing = stages.flatMap((stage) => Array.from({ length: short(stage) }, () => byTime(stage)));
      await attemptAll(missing.length > 0 ? missing : stages.map(byTime));
    }
    const lines = Object.entries(histogram).map(([stage, number]) => `  ${stage.padEnd(8)} ${number}`);
    process.stdout.write(`killed in ${killed()} moments, by stage:\n${lines.join('\n')}\n`);
    expect(faults).toEqual([]);
    expect(killed()).toBeGreaterThanOrEqual(total);
    expect(Object.fromEntries(stages.map((stage) => [stage, short(stage)]))).toEqual(
      Object.fromEntries(stages.map((stage) => [stage, 0])),
    );
  }, 600_000);
});
