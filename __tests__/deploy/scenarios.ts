import { repairDeployment } from '../../src/deploy/repair.ts';
import type { DeployRequest } from '../../src/deploy/request.ts';
import { Failure } from '../../src/errors.ts';
import { deploy, deployer, inhabited, removal, request } from './releases.ts';
import { type Client, type Fault, snapshot, type World } from './world.ts';
import { desiredObject } from './world-objects.ts';

/** A deployment on a target with a past. */
export interface Scenario {
  readonly title: string;
  readonly wanted: DeployRequest;
  /** A world as it is before. */
  readonly make: () => Promise<World>;
}

const bulky = [
  desiredObject('model', 'bulk1', { trees: 1, bulky: true }),
  desiredObject('model', 'bulk2', { trees: 2, bulky: true }),
];

/** First installation, update with a switch, removals, and what overwrites things of others. */
export const scenarios: readonly Scenario[] = [
  { title: 'a first installation', wanted: request(1), make: async () => inhabited() },
  { title: 'an update', wanted: request(2, { overwrite: true }), make: () => inhabitedBy(request(1)) },
  { title: 'a removal', wanted: removal(), make: () => inhabitedBy(request(1)) },
  {
    title: 'a removal of what cannot be put back',
    wanted: removal(),
    make: () => inhabitedBy(request(1, { desired: [...request(1).desired, ...bulky] })),
  },
  { title: 'a first installation over things of others', wanted: request(1, { overwrite: true }), make: crowded },
];

async function inhabitedBy(installed: DeployRequest): Promise<World> {
  const world = inhabited();
  await deploy(world.open(), installed);
  return world;
}

async function crowded(): Promise<World> {
  const world = inhabited();
  world.objects.set('pipeline/outer', { uses: ['script/theirs'], note: 'theirs' });
  world.objects.set('job/job', { detector: 'theirs' });
  world.objects.set('rule/rule', { threshold: 'theirs', enabled: true, server: 'adds this', uses: ['job/job'] });
  return world;
}

/** What became of a run: it ended well, threw a failure, or died. */
export type Outcome = { readonly client: Client; readonly failure?: Failure; readonly killed: boolean };

/** Runs something with faults. */
export async function attempt(
  world: World,
  faults: ReadonlyMap<number, Fault>,
  work: (client: Client) => Promise<unknown>,
): Promise<Outcome> {
  const client = world.open(faults);
  try {
    await work(client);
    return { client, killed: client.dead };
  } catch (error) {
    if (client.dead) return { client, killed: true };
    if (!(error instanceof Failure)) throw error;
    return { client, failure: error, killed: false };
  }
}

/** The repair command. */
export async function repair(client: Client, resume?: DeployRequest): Promise<string> {
  const { types, journal } = client;
  const { digest = '', desired = [] } = resume ?? {};
  const proofs = new Map([['simulate', async () => undefined]]);
  const repaired = await repairDeployment({
    types,
    journal,
    who: deployer('repair'),
    ...(resume === undefined ? {} : { resume: { digest, desired, proofs } }),
  });
  if (repaired.left.length > 0) throw new Error(`left: ${JSON.stringify(repaired.left)}`);
  return repaired.outcome;
}

/** The target after the scenario went well. */
export async function completed(scenario: Scenario): Promise<{ target: string[]; requests: number }> {
  const world = await scenario.make();
  const client = world.open();
  await deploy(client, scenario.wanted);
  return { target: snapshot(world), requests: client.requests.length };
}
