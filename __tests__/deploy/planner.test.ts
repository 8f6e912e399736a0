import { describe, expect, it } from 'vitest';
import type { DeployRequest } from '../../src/deploy/request.ts';
import { type DesiredObject, keyText } from '../../src/domain/resource.ts';
import { failureOf } from '../contracts/assets.ts';
import { deploy, inhabited, plan, release, removal, request } from './releases.ts';
import { snapshot, type World } from './world.ts';
import { desiredObject } from './world-objects.ts';

/** The plan in words, and its remarks. */
async function planned(world: World, wanted: DeployRequest): Promise<{ steps: string[]; attention: string[] }> {
  const { plan: made, attention } = await plan(world.open(), wanted);
  const steps = made.operations.map((operation) => {
    if (operation.do === 'prove') return `prove ${operation.proof}`;
    const foreign = operation.do === 'keep' && operation.foreign === true ? ' (foreign)' : '';
    return `${operation.do} ${keyText(operation.object)}${foreign}`;
  });
  return { steps, attention: attention.map(({ object, what }) => `${what} ${keyText(object)}`) };
}

/** A world that holds a release of the line, and maybe one of another prefix. */
async function holding(...wanted: DeployRequest[]): Promise<World> {
  const world = inhabited();
  for (const each of wanted) await deploy(world.open(), each);
  return world;
}

function isIngest({ type }: DesiredObject): boolean {
  return type !== 'job' && type !== 'rule';
}

describe('a plan', () => {
  it('is data without a change of anything, the same twice', async () => {
    const world = await holding(request(1));
    const before = snapshot(world);
    const wanted = request(2, { overwrite: true });
    const [first, second] = [await plan(world.open(), wanted), await plan(world.open(), wanted)];
    expect(second).toEqual(first);
    expect(JSON.parse(JSON.stringify(first.plan))).toEqual(first.plan);
    expect(first.plan).toMatchObject({ version: 1, release: 'ML-DGA-20261122-2', digest: 'digest-2', after: 1 });
    expect(snapshot(world)).toEqual(before);
    expect(world.records.size).toBe(1);
  });

  it('has the switch before the removals, and those from the outside in', async () => {
    const { steps } = await planned(await holding(request(1)), request(2, { overwrite: true }));
    expect(steps).toEqual([
      'create model/m2',
      'keep script/cleanup (foreign)',
      'create script/ngrams2',
      'create pipeline/inner2',
      'prove simulate',
      'update pipeline/outer',
      'replace job/job',
      'update rule/rule',
      'remove pipeline/inner1',
      'remove script/ngrams1',
      'remove model/m1',
    ]);
  });

  it('leaves nothing to do, nor to write down, for what stands already', async () => {
    const world = await holding(request(1));
    const { plan: same } = await plan(world.open(), request(1));
    expect(same.standing).toBe(true);
    expect(new Set(same.operations.map((operation) => operation.do))).toEqual(new Set(['keep']));
    // Another release of the same objects changes nothing on the target, but the journal has to know it.
    const { plan: renamed } = await plan(world.open(), request(3, { desired: release(1) }));
    expect(renamed.standing).toBeUndefined();
    await deploy(world.open(), request(3, { desired: release(1) }));
    expect((await plan(world.open(), request(3, { desired: release(1) }))).plan.standing).toBe(true);
  });

  it('keeps what others put there as it is wanted, and never takes it away', async () => {
    const world = await holding(request(1));
    expect((await planned(world, request(1))).attention).toEqual(['foreign script/cleanup']);
    const { steps } = await planned(world, removal());
    expect(steps).not.toContain('remove script/cleanup');
    const changed = release(2).map((object) =>
      object.id === 'cleanup' ? desiredObject('script', 'cleanup', { source: 'new' }) : object,
    );
    const failure = await failureOf(plan(world.open(), request(2, { desired: changed })));
    expect(failure?.code).toBe('target-unchangeable');
    const forced = await failureOf(plan(world.open(), request(2, { desired: changed.filter(isIngest) })));
    expect(forced?.code).toBe('target-foreign');
    expect(forced?.message).toBe('`script/cleanup`: somebody else put another one there.');
  });

  it('names each object that is not ours to change, and takes it with --overwrite', async () => {
    const world = await holding(request(1, { desired: release(1).filter(isIngest) }));
    world.objects.set('pipeline/outer', { uses: ['pipeline/inner1'], note: 'by hand' });
    world.objects.set('script/ngrams2', { source: 'theirs' });
    const wanted = request(2, { desired: release(2).filter(isIngest) });
    const failure = await failureOf(plan(world.open(), wanted));
    expect(failure?.code).toBe('target-foreign');
    expect(failure?.message).toBe(
      '`script/ngrams2`: somebody else put another one there. ' +
        '`pipeline/outer`: changed by hand since `ML-DGA-20261122-1` (deployment 1).',
    );
    const { steps, attention } = await planned(world, { ...wanted, overwrite: true });
    expect(steps).toContain('update script/ngrams2');
    expect(attention).toContain('overwritten script/ngrams2');
    expect(attention).toContain('overwritten pipeline/outer');
  });

  it('takes what was changed by hand into just what is wanted for ours', async () => {
    const world = await holding(request(1));
    const note = 'the switch, by hand';
    world.objects.set('pipeline/outer', { uses: ['pipeline/inner1'], note });
    const desired = release(1).map((object) =>
      object.id === 'outer' ? desiredObject('pipeline', 'outer', { uses: ['pipeline/inner1'], note }) : object,
    );
    await deploy(world.open(), request(2, { desired }));
    expect((await planned(world, removal())).steps).toContain('remove pipeline/outer');
  });

  it('does not refuse a rule for what people tuned', async () => {
    const world = await holding(request(1));
    world.objects.set('rule/rule', { uses: ['job/job'], threshold: 1, enabled: true, server: 'adds this' });
    expect((await planned(world, request(1))).steps).toContain('keep rule/rule');
    expect((await planned(world, request(2, { overwrite: true }))).steps).toContain('update rule/rule');
  });

  it('replaces nothing without consent, since what it has learnt is lost', async () => {
    const failure = await failureOf(plan((await holding(request(1))).open(), request(2)));
    expect(failure?.code).toBe('target-unchangeable');
    expect(failure?.message).toContain('`job/job`: it can only be replaced');
    expect(failure?.help).toContain('--overwrite');
  });

  it('replaces nothing that could not be saved first', async () => {
    const world = inhabited();
    world.objects.set('model/m1', { trees: 8, bulky: true });
    const failure = await failureOf(plan(world.open(), request(1, { overwrite: true })));
    expect(failure?.code).toBe('target-unchangeable');
    expect(failure?.message).toContain('`model/m1`: what stands there is too large to be saved first');
  });

  it('goes to a lower number only where that is said', async () => {
    const world = await holding(request(2));
    const failure = await failureOf(plan(world.open(), request(1, { overwrite: true })));
    expect(failure?.code).toBe('downgrade-refused');
    expect(failure?.message).toContain('ML-DGA-20261122-2');
    await plan(world.open(), request(1, { overwrite: true, allowDowngrade: true }));
    await plan(world.open(), request(1, { overwrite: true, action: 'rollback' }));
    await deploy(world.open(), removal());
    await plan(world.open(), request(1));
  });

  it('counts a release by its number and not by its day or as text', async () => {
    const world = await holding(request(9));
    const names = [
      ['ML-DGA-20251122-10', undefined],
      ['ML-DGA-20271122-8', 'downgrade-refused'],
    ] as const;
    for (const [name, code] of names) {
      const wanted = request(10, { overwrite: true, release: name });
      expect((await failureOf(plan(world.open(), wanted)))?.code).toBe(code);
    }
  });
});
