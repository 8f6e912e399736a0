import { describe, expect, it } from 'vitest';
import type { Proof } from '../../src/deploy/execution.ts';
import { applyDeployment } from '../../src/deploy/executor.ts';
import type { Deployment, DeployPlan } from '../../src/domain/deployment.ts';
import type { DesiredObject } from '../../src/domain/resource.ts';
import { Failure } from '../../src/errors.ts';
import type { ResourceType } from '../../src/resources/resource.ts';
import { failureOf } from '../contracts/assets.ts';
import { deploy, deployer, inhabited, plan, removal, request } from './releases.ts';
import { attempt, repair } from './scenarios.ts';
import { type Client, recordsOf, snapshot, type World } from './world.ts';

/** Applies a plan that was made before, as `apply` does with a file. */
function apply(
  { types, journal }: Client,
  made: DeployPlan,
  desired: readonly DesiredObject[],
  proofs: ReadonlyMap<string, Proof> = new Map([['simulate', async () => undefined]]),
): Promise<Deployment | undefined> {
  return applyDeployment(made, { types, journal, who: deployer('late'), desired, proofs });
}

async function updatable(): Promise<World> {
  const world = inhabited();
  await deploy(world.open(), request(1));
  return world;
}

/** A client with another way to do something. */
function odd(client: Client, id: 'script' | 'pipeline' | 'job', own: Partial<ResourceType>): Client {
  const type = client.types.get(id);
  if (type === undefined) throw new Error(id);
  return { ...client, types: new Map([...client.types, [id, { ...type, ...own }]]) };
}

describe('a plan that is applied later', () => {
  it('is refused where another deployment came after it', async () => {
    const world = inhabited();
    const { plan: made } = await plan(world.open(), request(1));
    await deploy(world.open(), request(1), { run: 'quicker' });
    await deploy(world.open(), removal(), { run: 'quicker' });
    const before = snapshot(world);
    const failure = await failureOf(apply(world.open(), made, request(1).desired));
    expect(failure?.code).toBe('target-changed');
    expect(failure?.message).toBe('Run `quicker` made deployment 1 since the plan was made.');
    expect(snapshot(world)).toEqual(before);
  });

  it('is refused where what it keeps was changed, before anything is written', async () => {
    const world = await updatable();
    const wanted = request(2, { overwrite: true });
    const { plan: made } = await plan(world.open(), wanted);
    world.objects.set('script/cleanup', { source: 'by hand' });
    const client = world.open();
    const failure = await failureOf(apply(client, made, wanted.desired));
    expect(failure?.code).toBe('target-changed');
    expect(failure?.message).toContain('`script/cleanup`');
    expect(client.requests).toEqual(['read script/cleanup']);
  });

  it('is refused with other bodies, or without a proof that it asks for', async () => {
    const world = inhabited();
    const { plan: made } = await plan(world.open(), request(1));
    expect((await failureOf(apply(world.open(), made, request(2).desired)))?.code).toBe('target-changed');
    expect((await failureOf(apply(world.open(), made, request(1).desired, new Map())))?.code).toBe('internal');
    expect(recordsOf(world)).toEqual([]);
    expect((await apply(world.open(), JSON.parse(JSON.stringify(made)), request(1).desired))?.state).toBe('done');
  });
});

describe('a target that does not do what it says', () => {
  it.each([
    ['keeps nothing', { create: async () => undefined }],
    ['keeps something else', { equal: () => false }],
  ])('is found out where it %s, and all is put back', async (_, own) => {
    const world = inhabited();
    const client = odd(world.open(), 'script', own);
    const failure = await failureOf(deploy(client, request(1, { desired: request(1).desired.filter(isOfOurs) })));
    expect(failure?.code).toBe('target-differs');
    expect(failure?.message).toContain('`script/ngrams1` does not read back as it was sent.');
    expect(snapshot(world)).toEqual(snapshot(inhabited()));
  });

  it('is found out where it removes nothing', async () => {
    const world = await updatable();
    const before = snapshot(world);
    const client = odd(world.open(), 'pipeline', { remove: async () => undefined });
    const failure = await failureOf(deploy(client, removal()));
    expect(failure?.message).toContain('`pipeline/outer` is still there after it was removed.');
    expect(snapshot(world)).toEqual(before);
  });

  it('keeps what somebody else put there at the last moment, where it refuses ours for that', async () => {
    const world = inhabited();
    const client = odd(world.open(), 'script', {
      create: async ({ id, body }) => {
        world.objects.set(`script/${id}`, body);
        throw new Failure('target-changed', 'It was put there.');
      },
    });
    expect((await failureOf(deploy(client, request(1))))?.code).toBe('target-changed');
    expect(snapshot(world)).toEqual([...snapshot(inhabited()), 'script/ngrams1 {"source":"n-grams 1"}'].toSorted());
  });

  it('gets back what was to be replaced, where it refuses the other one for what somebody put there', async () => {
    const world = await updatable();
    const before = snapshot(world);
    const client = odd(world.open(), 'job', {
      create: async () => Promise.reject(new Failure('target-changed', 'It was put there.')),
    });
    const failure = await failureOf(deploy(client, request(2, { overwrite: true })));
    expect(failure?.code).toBe('target-changed');
    expect(snapshot(world)).toEqual(before);
  });

  it('leaves a deployment unfinished where it does not put back either, with the command that goes on', async () => {
    const world = await updatable();
    const before = snapshot(world);
    const proof = async () => Promise.reject(new Error('No.'));
    const proofs = [{ proof: 'simulate', objects: [{ type: 'pipeline', id: 'outer' } as const] }];
    const client = odd(world.open(), 'pipeline', { restore: async () => undefined });
    const failure = await failureOf(deploy(client, request(2, { overwrite: true, proofs }), { proof }));
    expect(failure?.code).toBe('deployment-incomplete');
    expect(failure?.message).toContain('`pipeline/outer` could not be put back as it was.');
    expect(failure?.exit).toBe(3);
    expect(failure?.help.split('\n').at(-1)).toBe('mldr repair --target t');
    expect(await repair(world.open())).toBe('undone');
    expect(snapshot(world)).toEqual(before);
  });
});

describe('the last word of a deployment', () => {
  it.each(['refused', 'unanswered'] as const)(
    'is written again where it is %s: nothing is undone for it',
    async (fault) => {
      const { client: counted } = await attempt(inhabited(), new Map(), (client) => deploy(client, request(1)));
      const world = inhabited();
      const last = new Map([[counted.requests.length, fault]]);
      const { failure } = await attempt(world, last, (client) => deploy(client, request(1)));
      expect(failure).toBeUndefined();
      expect(recordsOf(world)[0]?.state).toBe('done');
    },
  );

  it('has cost few requests, and undoing has no more than twice as many', async () => {
    const five = request(1, { desired: request(1).desired.filter(isIngest), proofs: [] });
    const done = await attempt(inhabited(), new Map(), (client) => deploy(client, five));
    // Four of five are created, since the fifth is there already; a look, an act and two looks each, and the journal.
    expect(done.client.requests.length).toBeLessThanOrEqual(26);
    const world = inhabited();
    const proofs = [{ proof: 'simulate', objects: [{ type: 'pipeline', id: 'outer' } as const] }];
    const proof = async () => Promise.reject(new Error('No.'));
    const undone = await attempt(world, new Map(), (client) =>
      deploy(client, { ...five, proofs }, { proof }).catch(() => undefined),
    );
    expect(snapshot(world)).toEqual(snapshot(inhabited()));
    const deployed = done.client.requests.length;
    expect(undone.client.requests.length - deployed).toBeLessThanOrEqual(2 * deployed);
  });
});

function isIngest({ type }: DesiredObject): boolean {
  return type !== 'job' && type !== 'rule';
}

function isOfOurs(object: DesiredObject): boolean {
  return object.id !== 'cleanup' && object.id !== 'inner1' && object.id !== 'outer' && isIngest(object);
}
