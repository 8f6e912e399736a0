import { describe, expect, it } from 'vitest';
import { deploy, request } from './releases.ts';
import { attempt, completed, repair, type Scenario, scenarios } from './scenarios.ts';
import { type Fault, faults, recordsOf, snapshot, type World } from './world.ts';

/** What must hold after any run, whatever met it; a repair may still be due. */
async function expectWhole(scenario: Scenario, world: World, before: string[], after: string[]): Promise<string[]> {
  await repair(world.open());
  expect(await repair(world.open())).toBe('nothing');
  const now = snapshot(world);
  expect([before, after]).toContainEqual(now);
  expect(['done', 'undone', undefined]).toContain(recordsOf(world)[0]?.state);
  expect(now.filter(isTheirs)).toEqual(before.filter(isTheirs));
  // And the same again, without faults: complete, and then nothing more to do.
  await deploy(world.open(), scenario.wanted);
  expect(snapshot(world)).toEqual(after);
  expect(await deploy(world.open(), scenario.wanted)).toBeUndefined();
  return now;
}

describe.each(scenarios)('$title', (scenario) => {
  it.each(faults)('is whole where any one request is %s', async (fault) => {
    const { target: after, requests } = await completed(scenario);
    expect(requests).toBeGreaterThan(20);
    for (let at = 1; at <= requests; at += 1) {
      const world = await scenario.make();
      const before = snapshot(world);
      const { failure, killed, client } = await attempt(world, new Map([[at, fault]]), (one) =>
        deploy(one, scenario.wanted),
      );
      expect(client.requests.length).toBeGreaterThanOrEqual(at);
      expect(killed).toBe(fault.startsWith('killed'));
      // Undone by itself, or finished all the same; never more than the record is left to the repair.
      if (!killed) expect(snapshot(world), `${fault} at ${at}`).toEqual(failure === undefined ? after : before);
      expect(failure?.exit).not.toBe(3);
      await expectWhole(scenario, world, before, after);
    }
  });

  it('is whole where two requests fail, or the repair is killed too', async () => {
    const { target: after, requests } = await completed(scenario);
    const random = sequence(scenario.title.length);
    let incomplete = 0;
    for (let run = 0; run < 100; run += 1) {
      const world = await scenario.make();
      const before = snapshot(world);
      const first = 1 + (random() % requests);
      const pair = new Map([
        [first, fault(random())],
        [first + 1 + (random() % 12), fault(random())],
      ]);
      const { failure, killed } = await attempt(world, pair, (one) => deploy(one, scenario.wanted));
      if (failure?.code === 'deployment-incomplete') {
        incomplete += 1;
        expect(failure.help.split('\n').at(-1)).toBe('mldr repair --target t');
      } else if (!killed) expect([before, after]).toContainEqual(snapshot(world));
      const repairs = new Map([[1 + (random() % 20), fault(random())]]);
      await attempt(world, repairs, (one) => repair(one));
      await expectWhole(scenario, world, before, after);
    }
    expect(incomplete).toBeGreaterThan(0);
  });

  it('goes on after a kill where the same release is asked for', async () => {
    const { target: after, requests } = await completed(scenario);
    for (let at = 1; at <= requests; at += 1) {
      for (const fault of ['killed-before', 'killed-after'] as const) {
        const world = await scenario.make();
        await attempt(world, new Map([[at, fault]]), (one) => deploy(one, scenario.wanted));
        const begun = recordsOf(world)[0]?.state === 'running';
        const outcome = await repair(world.open(), { ...request(1), ...scenario.wanted });
        if (!begun) expect(outcome).toBe('nothing');
        else if (scenario.wanted.digest !== undefined) {
          expect(outcome).toBe('finished');
          expect(snapshot(world)).toEqual(after);
        }
      }
    }
  });
});

function isTheirs(line: string): boolean {
  return /^\w+\/theirs /.test(line);
}

function fault(number: number): Fault {
  return faults[number % faults.length] ?? 'refused';
}

/** Numbers that look random and are the same every time (Park and Miller's generator). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
}
