import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openDirectoryStore } from '../../../src/stores/directory/directory.ts';
import { codeOf, digestAt, publishAll, request, threeAssets } from '../../contracts/assets.ts';
import { bundledProgram, type Ended, runNode } from './processes.ts';
import { everything, fingerprint, temporaryFolder } from './temporary.ts';

const earlier = 'ML-DGA-20261101-1';
const name = 'ML-DGA-20261122-2';
const { three } = threeAssets('one');
const whole = ['SHA256SUMS', 'bundle.zip', 'least.txt', 'release.json'].map((file) => `${name}/${file}`);

/** A store with one release in it. */
async function furnished(): Promise<string> {
  const path = join(temporaryFolder(), 'releases');
  await publishAll(openDirectoryStore(path), request(earlier, 'run-0'), three);
  return path;
}

/** A copy of a store as it stands. */
function copied(from: string): string {
  const path = join(temporaryFolder(), 'releases');
  cpSync(from, path, { recursive: true, preserveTimestamps: true });
  return path;
}

/** After a crash: the store is unchanged or complete, and the next try, of another run, succeeds and leaves nothing. */
async function expectSound(path: string, before: readonly string[]): Promise<'unchanged' | 'complete'> {
  const store = openDirectoryStore(path);
  const details = await store.details(name);
  expect(fingerprint(join(path, earlier))).toEqual(before);
  expect(await store.claims()).toEqual([]);
  expect((await store.list()).map((release) => release.name)).toEqual(
    details === undefined ? [earlier] : [earlier, name],
  );
  if (details === undefined) {
    await publishAll(store, request(name, 'run-2'), three);
  } else {
    expect(await codeOf(store.begin(request(name, 'run-2')))).toBe('release-exists');
  }
  for (const asset of three) expect(await digestAt(store, name, asset.name)).toBe(asset.sha256);
  // A claim that was written aside and not named yet is left to a sweep.
  const left = everything(path).filter((file) => !file.startsWith('.claims/.aside-') && !file.startsWith(earlier));
  expect(left).toEqual(['.claims/', '.drafts/', `${name}/`, ...whole].sort());
  return details === undefined ? 'unchanged' : 'complete';
}

const program = bundledProgram('publish');

/** A store with one release, and with the claim and the draft of a process that was killed. */
async function crashedOnce(): Promise<string> {
  const path = await furnished();
  await killedIn(path, 'put', 0);
  return path;
}

describe('a process that is killed while it publishes', () => {
  it('leaves a name that its own run is told of, and that keeps nobody out', async () => {
    const store = openDirectoryStore(await crashedOnce());
    expect(await store.leftBy('run-1')).toEqual([name]);
    expect(await store.claims()).toEqual([]);
  });

  it.each([
    ['in a store in order', furnished],
    ['in the place of one that was killed before', crashedOnce],
  ])(
    '%s, leaves a sound store before each of its calls of the file system',
    async (_, start) => {
      const model = await start();
      const counting = await runNode(program(), [copied(model), name, 'run-1']);
      const calls = Number(/calls (\d+)/.exec(counting.stdout)?.[1]);
      expect(calls, counting.stderr).toBeGreaterThan(20);
      const outcomes: string[] = [];
      for (let at = 1; at <= calls; at++) {
        const path = copied(model);
        const before = fingerprint(join(path, earlier));
        const ended = await runNode(program(), [path, name, 'run-1'], { env: { ...process.env, KILL_AT: String(at) } });
        expect(ended.signal, ended.stderr).toBe('SIGKILL');
        outcomes.push(await expectSound(path, before));
      }
      // One moment divides them: all before it changed nothing, all after it published.
      expect(outcomes.toSorted().reverse()).toEqual(outcomes);
      expect(new Set(outcomes)).toEqual(new Set(['unchanged', 'complete']));
    },
    600_000,
  );

  it('leaves a sound store at a hundred seeded moments of its stages', async () => {
    // Each stage begins when the step before it is told.
    const stages = ['start', 'draft', 'put', 'put', 'seal'];
    const model = await furnished();
    const histogram = new Map<string, number>();
    for (let moment = 0; moment < 100; moment++) {
      const path = copied(model);
      const before = fingerprint(join(path, earlier));
      const [stage = '', delay] = [stages[moment % stages.length], (moment * 7919) % 8];
      const ended = await killedIn(path, stage, delay);
      const steps = ended.stdout.trimEnd().split('\n');
      const reached = steps.at(-1)?.split(' ')[0] ?? 'none';
      const outcome = await expectSound(path, before);
      const row = `after ${reached}: ${outcome}`;
      histogram.set(row, (histogram.get(row) ?? 0) + 1);
    }
    process.stdout.write(
      `${[...histogram]
        .sort()
        .map(([row, count]) => `${row} ${count}`)
        .join('\n')}\n`,
    );
    expect([...histogram.values()].reduce((sum, count) => sum + count, 0)).toBe(100);
  }, 600_000);

  it('leaves a draft that the next run goes on with, if it publishes the same bundle', async () => {
    const path = await crashedOnce();
    const same = await openDirectoryStore(path).begin(request(name, 'run-2'));
    expect([...same.present.keys()]).toContain('SHA256SUMS');
    expect(same.run).toBe('run-2');
  });

  it('leaves nothing to a run that publishes another bundle', async () => {
    const path = await crashedOnce();
    const other = openDirectoryStore(path);
    const draft = await other.begin(request(name, 'run-1', 'another bundle'));
    expect([...draft.present]).toEqual([]);
    await other.seal(draft, []);
    await other.abandon(draft);
    expect(everything(path).filter((file) => !file.startsWith(earlier))).toEqual(['.claims/', '.drafts/']);
  });
});

/** Kills a publishing process a few milliseconds after it told a step. */
async function killedIn(path: string, stage: string, delay: number): Promise<Ended> {
  let killing = false;
  return await runNode(program(), [path, name, 'run-1'], {}, async (line, child) => {
    if (killing || line.split(' ')[0] !== stage) return;
    killing = true;
    if (delay > 0) await setTimeout(delay);
    child.kill('SIGKILL');
  });
}
