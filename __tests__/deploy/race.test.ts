import { describe, expect, it } from 'vitest';
import { repairDeployment } from '../../src/deploy/repair.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import { Failure } from '../../src/errors.ts';
import { failureOf } from '../contracts/assets.ts';
import { deploy, deployer, inhabited, plan, removal, request } from './releases.ts';
import { attempt, repair } from './scenarios.ts';
import { recordsOf, snapshot, type World } from './world.ts';
import { desiredObject } from './world-objects.ts';

/** A world with a deployment that died at a request. */
async function left(at: number): Promise<World> {
  const world = inhabited();
  const { killed } = await attempt(world, new Map([[at, 'killed-after']]), (client) => deploy(client, request(1)));
  expect(killed).toBe(true);
  return world;
}

/** The newest record as another process would have written it. */
function rewritten(world: World, change: Partial<Deployment>): void {
  const [newest] = recordsOf(world);
  if (newest === undefined) throw new Error('no record');
  const { version } = world.records.get(newest.number) ?? { version: 0 };
  world.records.set(newest.number, { version, text: JSON.stringify({ ...newest, ...change }) });
}

describe('two deployments at once', () => {
  it('end as one of them, whatever the order of their requests', async () => {
    const expected = inhabited();
    await deploy(expected.open(), request(1));
    const codes = new Set<string>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const world = inhabited();
      const pace = (factor: number) => {
        let turn = seed * factor;
        return () => {
          turn = (turn * 48_271) % 2_147_483_647;
          return turn % 7;
        };
      };
      const runs = [7, 13].map((factor) =>
        deploy(world.open(new Map(), pace(factor)), request(1), { run: `run-${factor}` }).catch(
          (error: unknown) => error,
        ),
      );
      const results = await Promise.all(runs);
      const failures = results.filter((result) => result instanceof Failure);
      expect(failures.length).toBeLessThanOrEqual(1);
      for (const { code } of failures) codes.add(code);
      expect(snapshot(world)).toEqual(snapshot(expected));
      expect(recordsOf(world).map(({ state }) => state)).toEqual(['done']);
    }
    expect([...codes].toSorted()).toEqual(expect.arrayContaining(['deployment-held']));
    expect([...codes].every((code) => /^(deployment-held|deployment-unfinished|target-changed)$/.test(code))).toBe(
      true,
    );
  });
});

describe('a deployment that was left', () => {
  it('keeps others from beginning, and names the run, its start and the command', async () => {
    const world = await left(20);
    const failure = await failureOf(deploy(world.open(), request(2)));
    expect(failure?.code).toBe('deployment-unfinished');
    expect(failure?.message).toMatch(
      /^Deployment 1 \(deploy of `ML-DGA-20261122-1`\) by run `run` on `.+`, begun at 2026-11-22T10/,
    );
    expect(failure?.help.split('\n').at(-1)).toBe('mldr repair --target t');
  });

  it.each([
    ['alive', { pid: process.ppid, start: undefined }, 600, 'deployment-held'],
    ['dead', { pid: 2 ** 22 + 1, start: '1' }, 0, 'done'],
    ['on another machine, and was heard of a minute ago', { host: 'elsewhere' }, 1, 'deployment-held'],
    ['on another machine, and silent for long', { host: 'elsewhere' }, 15, 'done'],
    ['on another machine, with a clock that is ahead', { host: 'elsewhere' }, -5, 'deployment-held'],
  ])('may be repaired or not where its process is %s', async (_, other, minutes, expected) => {
    const world = await left(20);
    const { process: self, now } = deployer('later');
    const writtenAt = new Date(now().getTime() - minutes * 60_000).toISOString();
    rewritten(world, { process: { ...self, ...other }, writtenAt });
    const before = snapshot(world);
    const failure = await failureOf(repair(world.open()));
    expect(failure?.code ?? 'done').toBe(expected);
    if (expected === 'done') {
      expect(recordsOf(world)[0]?.process).toEqual(JSON.parse(JSON.stringify(self)));
      return expect(snapshot(world)).toEqual(snapshot(inhabited()));
    }
    expect((await failureOf(plan(world.open(), request(1))))?.code).toBe(expected);
    expect(snapshot(world)).toEqual(before);
    const { types, journal } = world.open();
    await repairDeployment({ types, journal, who: deployer('person'), takeOver: true });
    expect(snapshot(world)).toEqual(snapshot(inhabited()));
  });

  it('is not gone on with for another release, but put back', async () => {
    const world = await left(20);
    expect(await repair(world.open(), request(2))).toBe('undone');
    expect(snapshot(world)).toEqual(snapshot(inhabited()));
  });

  it('is lost to whoever had it, once it was taken over', async () => {
    const world = inhabited();
    const proof = async () => {
      await repair(world.open());
    };
    const failure = await failureOf(deploy(world.open(), request(1), { proof }));
    expect(failure?.code).toBe('deployment-lost');
    expect(snapshot(world)).toEqual(snapshot(inhabited()));
    expect(recordsOf(world).map(({ state }) => state)).toEqual(['undone']);
  });

  it('is lost to whoever had it, once it was gone on with, and what came of it stays', async () => {
    const world = inhabited();
    const proof = async () => {
      await repair(world.open(), request(1));
      throw new Failure('proof-failed', 'No.');
    };
    const expected = inhabited();
    await deploy(expected.open(), request(1));
    const failure = await failureOf(deploy(world.open(), request(1), { proof }));
    expect(failure?.code).toBe('deployment-lost');
    expect(snapshot(world)).toEqual(snapshot(expected));
  });

  it('is taken over before anything else is done', async () => {
    const world = await left(12);
    const resuming = world.open(new Map([[3, 'killed-before']]));
    await repair(resuming, request(1)).catch(() => undefined);
    expect(resuming.requests.slice(0, 2)).toEqual(['list', 'write running']);
    const undoing = world.open();
    await repair(undoing);
    expect(undoing.requests.slice(0, 2)).toEqual(['list', 'write undoing']);
  });

  it('is put back and no more than that, once undoing has begun', async () => {
    const world = inhabited();
    await deploy(
      world.open(),
      request(1, { desired: [desiredObject('model', 'x', { bulky: true }), ...request(1).desired] }),
    );
    await attempt(world, new Map([[60, 'killed-before']]), (client) => deploy(client, removal()));
    const [newest] = recordsOf(world);
    const steps = newest?.steps.map((step) => {
      const last = step.operation.do === 'remove' && step.operation.object.id === 'x';
      return last ? { ...step, state: 'begun' as const } : step;
    });
    rewritten(world, { state: 'undoing', ...(steps === undefined ? {} : { steps }) });
    world.objects.delete('model/x');
    const { types, journal } = world.open();
    const repaired = await repairDeployment({ types, journal, who: deployer('later') });
    expect(repaired.outcome).toBe('undone');
    expect(repaired.left).toEqual([
      { object: { type: 'model', id: 'x' }, why: 'what stood there is too large for the journal' },
    ]);
  });

  it('knows a body by its digest where that is too large for the journal', async () => {
    const world = inhabited();
    const large = desiredObject('script', 'large', { numbers: Array.from({ length: 5000 }, (_, index) => index) });
    const wanted = request(1, { desired: [large], proofs: [] });
    const { requests } = await attempt(inhabited(), new Map(), (client) => deploy(client, wanted)).then(
      ({ client }) => client,
    );
    const created = requests.indexOf('create script/large') + 1;
    await attempt(world, new Map([[created, 'killed-after']]), (client) => deploy(client, wanted));
    expect(recordsOf(world)[0]?.steps[0]?.wanted).toBeUndefined();
    expect(await repair(world.open())).toBe('undone');
    expect(snapshot(world)).toEqual(snapshot(inhabited()));
  });
});
