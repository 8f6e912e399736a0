import { describe, expect, it } from 'vitest';
import { applyDeployment } from '../../src/deploy/executor.ts';
import { repairDeployment } from '../../src/deploy/repair.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import { Failure } from '../../src/errors.ts';
import { failureOf } from '../contracts/assets.ts';
import { deploy, deployer, inhabited, plan, removal, request } from './releases.ts';
import { attempt, repair } from './scenarios.ts';
import { recordsOf, snapshot, type World } from './world.ts';

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

  it('refuse a plan that another deployment came after', async () => {
    const world = inhabited();
    const client = world.open();
    const { plan: made } = await plan(client, request(1));
    await deploy(world.open(), request(1), { run: 'quicker' });
    await deploy(world.open(), removal(), { run: 'quicker' });
    const before = snapshot(world);
    const proofs = new Map([['simulate', async () => undefined]]);
    const { types, journal } = client;
    const applied = applyDeployment(made, {
      types,
      journal,
      who: deployer('late'),
      desired: request(1).desired,
      proofs,
    });
    const failure = await failureOf(applied);
    expect(failure?.code).toBe('target-changed');
    expect(failure?.message).toBe('Run `quicker` made deployment 1 since the plan was made.');
    expect(snapshot(world)).toEqual(before);
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
    if (expected === 'done') return expect(snapshot(world)).toEqual(snapshot(inhabited()));
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
});
