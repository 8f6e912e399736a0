import { describe, expect, it } from 'vitest';
import { keyText } from '../../src/domain/resource.ts';
import { failureOf } from '../contracts/assets.ts';
import { deploy, inhabited, plan, release, removal, request } from './releases.ts';
import { recordsOf, snapshot, type World } from './world.ts';
import { desiredObject } from './world-objects.ts';

async function removed(world: World, wanted = removal()): Promise<string[]> {
  const { plan: made } = await plan(world.open(), wanted);
  return made.operations.flatMap((each) => (each.do === 'remove' ? [keyText(each.object)] : []));
}

async function remarks(world: World, wanted = removal()): Promise<string[]> {
  return (await plan(world.open(), wanted)).attention.map(({ object, text }) => `${keyText(object)} ${text}`);
}

async function installed(): Promise<World> {
  const world = inhabited();
  await deploy(world.open(), request(1));
  return world;
}

describe('a removal', () => {
  it('goes from the outside in', async () => {
    const expected = ['rule/rule', 'job/job', 'pipeline/outer', 'pipeline/inner1', 'script/ngrams1', 'model/m1'];
    expect(await removed(await installed())).toEqual(expected);
  });

  it('does nothing where nothing of ours is there', async () => {
    const world = inhabited();
    expect(await deploy(world.open(), removal())).toBeUndefined();
    expect(recordsOf(world)).toEqual([]);
  });

  it('is refused while an index uses what is to go, which is named', async () => {
    const world = await installed();
    world.users.set('pipeline/outer', 'index logs-dns');
    const before = snapshot(world);
    const failure = await failureOf(deploy(world.open(), removal()));
    expect(failure?.code).toBe('target-used');
    expect(failure?.message).toBe('`pipeline/outer`: used by `index logs-dns`.');
    expect(snapshot(world)).toEqual(before);
  });

  it('leaves what somebody else’s pipeline uses, with all that it needs, and takes it later', async () => {
    const world = await installed();
    world.objects.set('pipeline/other', { uses: ['pipeline/inner1'] });
    expect(await removed(world)).toEqual(['rule/rule', 'job/job', 'pipeline/outer']);
    expect(await remarks(world)).toEqual([
      'pipeline/inner1 stays: used by `pipeline/other`',
      'script/ngrams1 stays: used by `pipeline/inner1`',
      'model/m1 stays: used by `pipeline/inner1`',
    ]);
    await deploy(world.open(), removal());
    expect(await deploy(world.open(), removal())).toBeUndefined();
    world.objects.delete('pipeline/other');
    expect(await removed(world)).toEqual(['pipeline/inner1', 'script/ngrams1', 'model/m1']);
  });

  it('leaves what was changed by hand, unless it may be overwritten', async () => {
    const world = await installed();
    world.objects.set('script/ngrams1', { source: 'by hand' });
    expect(await removed(world)).not.toContain('script/ngrams1');
    expect(await remarks(world)).toEqual([
      'script/ngrams1 stays: changed by hand since `ML-DGA-20261122-1` (deployment 1)',
    ]);
    expect(await removed(world, removal({ overwrite: true }))).toContain('script/ngrams1');
    await deploy(world.open(), removal());
    expect(world.objects.get('script/ngrams1')).toEqual({ source: 'by hand' });
  });

  it('leaves what another deployment has too, and takes it with the last of them', async () => {
    const world = await installed();
    const shared = release(1).filter(({ type }) => type === 'script');
    await deploy(world.open(), request(1, { prefix: 'b-', desired: shared, proofs: [] }));
    expect(await removed(world)).not.toContain('script/ngrams1');
    await deploy(world.open(), removal());
    expect(await removed(world, removal({ prefix: 'b-' }))).toEqual(['script/ngrams1']);
  });

  it('says what is gone already', async () => {
    const world = await installed();
    world.objects.delete('rule/rule');
    expect(await remarks(world)).toEqual(['rule/rule is gone already']);
    await deploy(world.open(), removal());
    expect(snapshot(world)).toEqual(snapshot(inhabited()));
  });

  it('takes one object that is named, and leaves the others ours', async () => {
    const world = await installed();
    const named = [{ type: 'rule', id: 'rule' } as const];
    const one = removal({ named, selects: () => false, release: 'ML-DGA-20261122-1', digest: 'digest-1' });
    expect(await removed(world, one)).toEqual(['rule/rule']);
    await deploy(world.open(), one);
    expect(world.objects.has('job/job')).toBe(true);
    expect(await removed(world)).toEqual([
      'job/job',
      'pipeline/outer',
      'pipeline/inner1',
      'script/ngrams1',
      'model/m1',
    ]);
  });

  it('takes what is named and foreign only where it may be overwritten, and never what is used', async () => {
    const world = inhabited();
    world.objects.set('job/theirs', { detector: 'theirs' });
    const named = [{ type: 'job', id: 'theirs' } as const];
    const failure = await failureOf(plan(world.open(), removal({ named })));
    expect(failure?.code).toBe('target-foreign');
    expect(failure?.message).toBe('`job/theirs`: the journal does not know it.');
    expect(await removed(world, removal({ named, overwrite: true }))).toEqual(['job/theirs']);
    world.objects.set('rule/theirs', { uses: ['job/theirs'] });
    expect((await failureOf(plan(world.open(), removal({ named, overwrite: true }))))?.code).toBe('target-used');
    const both = [...named, { type: 'rule', id: 'theirs' } as const];
    expect(await removed(world, removal({ named: both, overwrite: true }))).toEqual(['rule/theirs', 'job/theirs']);
    expect(await remarks(world, removal({ named: [{ type: 'job', id: 'nowhere' }] }))).toEqual([
      'job/nowhere is gone already',
    ]);
  });

  it('has what cannot be put back at its end', async () => {
    const world = inhabited();
    const bulky = desiredObject('model', 'bulk', { bulky: true });
    await deploy(
      world.open(),
      request(1, { desired: [bulky, desiredObject('model', 'a', {}), desiredObject('model', 'z', {})], proofs: [] }),
    );
    expect(await removed(world)).toEqual(['model/z', 'model/a', 'model/bulk']);
  });

  it('touches no other prefix', async () => {
    const world = await installed();
    const beside = [desiredObject('script', 'b-ngrams', { source: 'b' })];
    await deploy(world.open(), request(7, { prefix: 'b-', desired: beside, proofs: [] }));
    expect(await removed(world, removal({ prefix: 'b-' }))).toEqual(['script/b-ngrams']);
    await deploy(world.open(), request(2, { overwrite: true }));
    expect(world.objects.has('script/b-ngrams')).toBe(true);
  });
});
