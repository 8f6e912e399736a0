import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDirectoryJournal } from '../../../src/deploy/directory-journal.ts';
import { applyDeployment } from '../../../src/deploy/executor.ts';
import type { Journal } from '../../../src/deploy/journal.ts';
import { planDeployment } from '../../../src/deploy/planner.ts';
import { repairDeployment } from '../../../src/deploy/repair.ts';
import type { DeployRequest } from '../../../src/deploy/request.ts';
import { readTarget } from '../../../src/deploy/target-state.ts';
import type { DesiredObject } from '../../../src/domain/resource.ts';
import { Failure } from '../../../src/errors.ts';
import type { ResourceTypes } from '../../../src/resources/resource.ts';
import { deployer } from '../../deploy/releases.ts';
import type { Fault } from '../../elastic-server/faults.ts';
import { analyticsBody, feedBody, jobBody, type LearningWorld, learningWorld, wanted } from './learning-world.ts';

type Bodies = readonly [job: Parameters<typeof jobBody>[0], feed: Parameters<typeof feedBody>[0], memory: string];

/** A job with its datafeed, and analytics. */
function bundle([job, feed, memory]: Bodies): DesiredObject[] {
  const dependsOn = [{ type: 'job', id: 'ours' } as const];
  return [
    wanted('job', 'ours', jobBody(job)),
    { ...wanted('datafeed', 'datafeed-ours', feedBody(feed)), dependsOn },
    wanted('data-frame-analytics', 'analytics-ours', analyticsBody({ model_memory_limit: memory })),
  ];
}

const first = bundle([{}, {}, '100mb']);
const line = { target: 't', family: 'ML-experimental-detections', prefix: '' } as const;
const installed: DeployRequest = { ...line, action: 'deploy', desired: first };

/** A deployment where everything runs; `keeps`: no job may be taken away on the way. */
interface Scenario {
  readonly wanted: DeployRequest;
  readonly fresh?: true;
  readonly keeps?: true;
}

const scenarios: Readonly<Record<string, Scenario>> = {
  'a first installation': { wanted: installed, fresh: true },
  'an update of what runs': {
    wanted: {
      ...installed,
      desired: bundle([
        { description: 'New', analysis_limits: { model_memory_limit: '2gb' } },
        { indices: ['new-*'] },
        '200mb',
      ]),
    },
    keeps: true,
  },
  'a replacement of a job that runs': {
    wanted: {
      ...installed,
      overwrite: true,
      desired: bundle([{ data_description: { time_field: 't' } }, {}, '100mb']),
    },
  },
  'a removal of what runs': { wanted: { ...line, action: 'undeploy', desired: [] } },
};

interface Run {
  readonly world: LearningWorld;
  readonly journal: Journal;
  readonly types: ResourceTypes;
  readonly close: () => Promise<void>;
}

async function begin({ fresh }: Scenario): Promise<Run> {
  const world = await learningWorld();
  const folder = mkdtempSync(join(tmpdir(), 'learning-'));
  const journal = openDirectoryJournal(folder, { target: 't' });
  const types: ResourceTypes = new Map(Object.values(world.types).map((type) => [type.type, type]));
  const close = async (): Promise<void> => {
    rmSync(folder, { recursive: true });
    await world.close();
  };
  const run = { world, journal, types, close };
  if (fresh) return run;
  await deploy(run, installed);
  await world.person('POST', '/_ml/anomaly_detectors/ours/_open');
  await world.person('POST', '/_ml/datafeeds/datafeed-ours/_start');
  await world.person('POST', '/_ml/data_frame/analytics/analytics-ours/_start');
  return run;
}

async function deploy({ types, journal }: Run, request: DeployRequest): Promise<void> {
  const deployments = await journal.list();
  const { plan } = planDeployment(request, await readTarget(types, deployments, request), types);
  await applyDeployment(plan, { types, journal, who: deployer('run'), desired: request.desired });
}

/** A journal that nobody writes any more once the process is dead. */
function mortal(journal: Journal, isDead: () => boolean): Journal {
  const alive = <T>(work: Promise<T>): Promise<T> => (isDead() ? Promise.reject(new Error('dead')) : work);
  return {
    ...journal,
    begin: (deployment) => (isDead() ? alive(Promise.resolve()) : journal.begin(deployment)),
    write: (deployment) => (isDead() ? alive(Promise.resolve()) : journal.write(deployment)),
  };
}

describe.each(Object.entries(scenarios))('%s', (_, scenario) => {
  it('ends with everything as wanted, and what ran runs', async () => {
    const run = await begin(scenario);
    const { world, types } = run;
    await deploy(run, scenario.wanted);
    for (const desired of scenario.wanted.desired) {
      const actual = await types.get(desired.type)?.read(desired.id);
      expect(actual !== undefined && types.get(desired.type)?.equal(desired, actual)).toBe(true);
    }
    const states = [
      world.state('job', 'ours'),
      world.state('datafeed', 'datafeed-ours'),
      world.state('data-frame-analytics', 'analytics-ours'),
    ];
    if (scenario.wanted.action === 'undeploy') expect(states).toEqual([undefined, undefined, undefined]);
    else expect(states).toEqual(scenario.fresh ? ['closed', 'stopped', 'stopped'] : ['opened', 'started', 'started']);
    // A second run changes nothing, whatever runs.
    const requests = world.server.requests.length;
    await deploy(run, scenario.wanted);
    expect(world.server.requests.slice(requests).filter(({ method }) => method !== 'GET')).toEqual([]);
    await run.close();
  });

  it.each<Fault>(['500-before', 'reset-after', 'kill-after'])(
    'is undone or complete after %s of any request',
    async (fault) => {
      const run = await begin(scenario);
      const start = run.world.server.requests.length;
      const before = run.world.everything();
      await deploy(run, scenario.wanted);
      const after = run.world.everything();
      // Looks change nothing: of them some are enough.
      const sent = run.world.server.requests.slice(start);
      const spots = sent.flatMap(({ method }, at) => (method !== 'GET' || at % 7 === 0 ? [at] : []));
      await run.close();

      for (const spot of spots) {
        const next = await begin(scenario);
        const { server } = next.world;
        const from = server.requests.length;
        server.faults.set(from + spot, fault);
        const isDead = (): boolean => fault === 'kill-after' && server.requests.length > from + spot;
        const failed = await deploy({ ...next, journal: mortal(next.journal, isDead) }, scenario.wanted).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (failed !== undefined && !isDead()) expect(failed).toBeInstanceOf(Failure);
        server.revive();
        const who = deployer('repair');
        const repaired = await repairDeployment({ types: next.types, journal: next.journal, who, takeOver: true });
        expect(repaired.left, `request ${spot}`).toEqual([]);
        const now = next.world.everything();
        expect([before, after], `request ${spot}`).toContainEqual(now);
        if (failed !== undefined) expect(now, `request ${spot}`).toEqual(before);
        const taken = server.requests.filter(({ method, path }) => method === 'DELETE' && path.includes('anomaly'));
        if (scenario.keeps) expect(taken).toEqual([]);
        await next.close();
      }
    },
  );
});
