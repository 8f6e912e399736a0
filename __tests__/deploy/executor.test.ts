import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/errors.ts';
import { failureOf } from '../contracts/assets.ts';
import { deploy, inhabited, removal, request } from './releases.ts';
import { recordsOf, snapshot } from './world.ts';

describe('a deployment', () => {
  it('puts everything there in order, proves before the switch, and does nothing a second time', async () => {
    const world = inhabited();
    const client = world.open();
    const steps: string[] = [];
    const done = await deploy(client, request(1), {
      onEvent: (event) => {
        if (event.type !== 'done') return;
        const { operation } = event;
        steps.push(`${operation.do} ${operation.do === 'prove' ? operation.proof : operation.object.id}`);
      },
    });
    expect(steps).toEqual([
      'create m1',
      'create ngrams1',
      'create inner1',
      'prove simulate',
      'create outer',
      'create job',
      'create rule',
    ]);
    expect(done?.state).toBe('done');
    expect(done?.objects.map(({ object }) => object.id)).toEqual(['m1', 'ngrams1', 'inner1', 'outer', 'job', 'rule']);
    const again = world.open();
    expect(await deploy(again, request(1))).toBeUndefined();
    expect(again.requests.filter((what) => !/^(read|list|users)/.test(what))).toEqual([]);
    expect(recordsOf(world)).toHaveLength(1);
  });

  it('switches to the next release, and leaves nothing of the last one', async () => {
    const world = inhabited();
    const before = snapshot(world);
    await deploy(world.open(), request(1));
    const first = snapshot(world);
    await deploy(world.open(), request(2, { overwrite: true }));
    expect([...world.objects.keys()].filter((key) => key.includes('1'))).toEqual([]);
    await deploy(world.open(), request(1, { action: 'rollback', overwrite: true }));
    expect(snapshot(world)).toEqual(first);
    await deploy(world.open(), removal());
    expect(snapshot(world)).toEqual(before);
    const nothing = world.open();
    expect(await deploy(nothing, removal())).toBeUndefined();
    expect(recordsOf(world).map(({ number, state }) => `${number} ${state}`)).toEqual([
      '4 done',
      '3 done',
      '2 done',
      '1 done',
    ]);
  });

  it('is undone where a proof fails', async () => {
    const world = inhabited();
    const before = snapshot(world);
    const proof = async () => {
      throw new Failure('proof-failed', 'Row 7 gives 0.2, not 0.9.');
    };
    const failure = await failureOf(deploy(world.open(), request(1), { proof }));
    expect(failure?.code).toBe('proof-failed');
    expect(failure?.message).toBe('Row 7 gives 0.2, not 0.9. What this deployment had changed was put back.');
    expect(snapshot(world)).toEqual(before);
    expect(recordsOf(world).map(({ state }) => state)).toEqual(['undone']);
  });
});
