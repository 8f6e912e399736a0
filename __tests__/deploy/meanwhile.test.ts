import { describe, expect, it } from 'vitest';
import type { Leftover } from '../../src/deploy/execution.ts';
import { Failure } from '../../src/errors.ts';
import { failureOf } from '../contracts/assets.ts';
import { deploy, inhabited, removal, request } from './releases.ts';
import { recordsOf, snapshot, type World } from './world.ts';
import { desiredObject } from './world-objects.ts';

/** Deploys, with something that people do during its proof; then the proof fails. */
async function disturbed(
  world: World,
  disturb: () => void,
): Promise<{ failure: Failure | undefined; left: Leftover[] }> {
  const left: Leftover[] = [];
  const proof = async () => {
    disturb();
    throw new Failure('proof-failed', 'No.');
  };
  const onEvent = (event: { type: string } | ({ type: 'left' } & Leftover)) => {
    if ('why' in event) left.push({ object: event.object, why: event.why });
  };
  return { failure: await failureOf(deploy(world.open(), request(1), { proof, onEvent })), left };
}

describe('what people do meanwhile', () => {
  it('stays when the deployment is undone, and is said', async () => {
    const world = inhabited();
    const { failure, left } = await disturbed(world, () => world.objects.set('script/ngrams1', { source: 'by hand' }));
    expect(failure?.code).toBe('proof-failed');
    expect(failure?.message).toContain('`script/ngrams1` was left as it is: changed by somebody else meanwhile.');
    expect(left.map(({ object }) => object.id)).toEqual(['ngrams1']);
    expect(snapshot(world)).toEqual([...snapshot(inhabited()), 'script/ngrams1 {"source":"by hand"}'].toSorted());
    expect(recordsOf(world)[0]?.state).toBe('undone');
  });

  it('stays where it uses something of the deployment, with all that this needs', async () => {
    const world = inhabited();
    const { left } = await disturbed(world, () => world.objects.set('pipeline/x', { uses: ['pipeline/inner1'] }));
    expect(left.map(({ object, why }) => `${object.id}: ${why}`)).toEqual([
      'inner1: used by `pipeline/x`',
      'ngrams1: used by `pipeline/inner1`',
      'm1: used by `pipeline/inner1`',
    ]);
    expect(world.objects.get('pipeline/x')).toEqual({ uses: ['pipeline/inner1'] });
  });

  it('is no obstacle where they took something away themselves', async () => {
    const world = inhabited();
    const { left } = await disturbed(world, () => world.objects.delete('pipeline/inner1'));
    expect(left).toEqual([]);
    expect(snapshot(world)).toEqual(snapshot(inhabited()));
  });

  it.each([
    ['put there what is to be created', 'pipeline/outer', { note: 'by hand' }, 'target-changed'],
    ['put there exactly what is to be created', 'job/job', { detector: 1 }, 'target-changed'],
  ])('stops it where they %s, and stays', async (_, key, body, code) => {
    const world = inhabited();
    const proof = async () => void world.objects.set(key, body);
    const failure = await failureOf(deploy(world.open(), request(1), { proof }));
    expect(failure?.code).toBe(code);
    expect(world.objects.get(key)).toEqual(body);
    world.objects.delete(key);
    expect(snapshot(world)).toEqual(snapshot(inhabited()));
  });

  it('stops a switch where they changed what it switches, and what they made of it stays', async () => {
    const world = inhabited();
    await deploy(world.open(), request(1));
    const outer = { uses: ['pipeline/inner1'], note: 'by hand' };
    const before = snapshot(world).filter((line) => !line.startsWith('pipeline/outer '));
    const proof = async () => void world.objects.set('pipeline/outer', outer);
    const failure = await failureOf(deploy(world.open(), request(2, { overwrite: true }), { proof }));
    expect(failure?.code).toBe('target-changed');
    expect(world.objects.get('pipeline/outer')).toEqual(outer);
    expect(snapshot(world).filter((line) => !line.startsWith('pipeline/outer '))).toEqual(before);
  });

  it('stops a removal where somebody begins to use what is to go', async () => {
    const world = inhabited();
    await deploy(world.open(), request(1));
    const before = snapshot(world);
    const onEvent = (event: { type: string }) => {
      if (event.type === 'begun') world.users.set('script/ngrams1', 'index logs');
    };
    const failure = await failureOf(deploy(world.open(), removal(), { onEvent }));
    expect(failure?.code).toBe('target-used');
    expect(failure?.message).toContain('`script/ngrams1` is used by `index logs`.');
    expect(snapshot(world)).toEqual(before);
  });

  it('stays ours where it cannot be put back and somebody uses the rest by now', async () => {
    const world = inhabited();
    const bulky = ['x', 'y', 'z'].map((id) => desiredObject('model', id, { id, bulky: true }));
    await deploy(world.open(), request(1, { desired: bulky, proofs: [] }));
    const onEvent = (event: { type: string; operation?: { do: string; object?: { id: string } } }) => {
      if (event.type === 'done' && event.operation?.object?.id === 'z') world.users.set('model/x', 'index logs');
    };
    const done = await deploy(world.open(), removal(), { onEvent });
    expect(done?.objects.map(({ object }) => object.id)).toEqual(['x']);
    expect([...world.objects.keys()].filter((key) => /\/[xyz]$/.test(key))).toEqual(['model/x']);
    world.users.clear();
    await deploy(world.open(), removal());
    expect(snapshot(world)).toEqual(snapshot(inhabited()));
  });

  it('stays where they tuned what was just put there', async () => {
    const world = inhabited();
    const tuned = { uses: ['job/job'], threshold: 1, enabled: true, server: 'adds this' };
    const proofs = [{ proof: 'simulate', objects: [{ type: 'rule', id: 'rule' } as const] }];
    const proof = async () => {
      world.objects.set('rule/rule', tuned);
      throw new Failure('proof-failed', 'No.');
    };
    await failureOf(deploy(world.open(), request(1, { proofs }), { proof }));
    expect(world.objects.get('rule/rule')).toEqual(tuned);
  });
});
