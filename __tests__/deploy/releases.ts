import type { DeployEvent, Deployer, Proof } from '../../src/deploy/execution.ts';
import { applyDeployment } from '../../src/deploy/executor.ts';
import { type PlannedDeployment, planDeployment } from '../../src/deploy/planner.ts';
import type { DeployRequest } from '../../src/deploy/request.ts';
import { readTarget } from '../../src/deploy/target-state.ts';
import { requireFinished } from '../../src/deploy/unfinished.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DesiredObject } from '../../src/domain/resource.ts';
import { thisProcess } from '../../src/stores/directory/holder.ts';
import { type Client, makeWorld, type World } from './world.ts';
import { desiredObject } from './world-objects.ts';

const self = thisProcess();

/** A run in this process. */
export function deployer(run: string): Deployer {
  return {
    run,
    process: self,
    tool: 'test 1',
    now: () => new Date('2026-11-22T10:00:00.000Z'),
    repair: 'mldr repair --target t',
  };
}

/** A release with the shape of a model bundle: ids of everything but the outer pipeline carry its number. */
export function release(number: number): DesiredObject[] {
  const [model, ngrams, cleanup, inner] = [`m${number}`, `ngrams${number}`, 'cleanup', `inner${number}`];
  return [
    desiredObject('pipeline', 'outer', { uses: [`pipeline/${inner}`], note: 'the switch' }),
    desiredObject('pipeline', inner, { uses: [`script/${ngrams}`, `script/${cleanup}`, `model/${model}`] }),
    desiredObject('script', ngrams, { source: `n-grams ${number}` }),
    desiredObject('script', cleanup, { source: 'the same in every release' }),
    desiredObject('model', model, { trees: number }),
    desiredObject('job', 'job', { detector: number }),
    desiredObject('rule', 'rule', { uses: ['job/job'], threshold: number }),
  ];
}

/** What is asked of the target for a release. */
export function request(number: number, more: Partial<DeployRequest> = {}): DeployRequest {
  return {
    action: 'deploy',
    target: 't',
    family: 'ML-DGA',
    prefix: '',
    release: `ML-DGA-20261122-${number}`,
    digest: `digest-${number}`,
    desired: release(number),
    proofs: [{ proof: 'simulate', objects: [{ type: 'pipeline', id: `inner${number}` }] }],
    ...more,
  };
}

/** What is asked to take a release off. */
export function removal(more: Partial<DeployRequest> = {}): DeployRequest {
  return { action: 'undeploy', target: 't', family: 'ML-DGA', prefix: '', desired: [], ...more };
}

/** A world with things of others in it. */
export function inhabited(): World {
  const world = makeWorld();
  world.objects.set('script/theirs', { source: 'theirs' });
  world.objects.set('model/theirs', { trees: 9 });
  world.objects.set('pipeline/theirs', { uses: ['script/theirs', 'model/theirs'] });
  world.users.set('pipeline/theirs', 'index logs');
  // Equal to what every release wants, and not ours.
  world.objects.set('script/cleanup', { source: 'the same in every release' });
  return world;
}

/** Plans as a command does. */
export async function plan({ types, journal }: Client, wanted: DeployRequest, run = 'run'): Promise<PlannedDeployment> {
  const deployments = await journal.list();
  requireFinished(deployments, deployer(run));
  return planDeployment(wanted, await readTarget(types, deployments, wanted), types);
}

/** What `deploy` may be given besides. */
export interface DeployExtras {
  readonly run?: string;
  readonly proof?: Proof;
  readonly onEvent?: (event: DeployEvent) => void;
}

/** Plans and applies, as a command does. */
export async function deploy(
  client: Client,
  wanted: DeployRequest,
  extras: DeployExtras = {},
): Promise<Deployment | undefined> {
  const { run = 'run', proof = async () => undefined, onEvent } = extras;
  const planned = await plan(client, wanted, run);
  return await applyDeployment(planned.plan, {
    types: client.types,
    journal: client.journal,
    who: deployer(run),
    desired: wanted.desired,
    proofs: new Map([['simulate', proof]]),
    ...(onEvent === undefined ? {} : { onEvent }),
  });
}
