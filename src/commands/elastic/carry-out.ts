import { requireApproved } from '../../deploy/approved-plan.ts';
import { applyDeployment } from '../../deploy/executor.ts';
import { type MemberPlace, mergeRequest } from '../../deploy/merging.ts';
import { standingOfLine } from '../../deploy/ownership.ts';
import { planDeployment } from '../../deploy/planner.ts';
import type { DeployRequest } from '../../deploy/request.ts';
import { readTarget } from '../../deploy/target-state.ts';
import type { Deployment } from '../../domain/deployment.ts';
import type { DeploymentReport } from '../../domain/deployment-report.ts';
import { safe } from '../../domain/safe.ts';
import type { ResourceTypes } from '../../resources/resource.ts';
import type { Session } from '../../session.ts';
import { describedPlan } from './described.ts';
import { writeDeployPlan } from './plan-file.ts';
import { deployProgress } from './progress.ts';
import type { SimulationProof } from './proof.ts';
import { restingRules } from './resting-rules.ts';
import { concernsKibana, kibanaOfRecord, requireSameKibana } from './same-kibana.ts';
import { stoppable } from './stoppable.ts';
import type { Target } from './target.ts';

/** What a request is carried out with. */
interface Work {
  readonly target: Target;
  readonly types: ResourceTypes;
  readonly deployments: readonly Deployment[];
  /** `Elasticsearch 8.17.2, platinum`. */
  readonly server: string;
  readonly proof?: SimulationProof | undefined;
  /** Where members of objects stand in files; by default the file is all that is said. */
  readonly placeOf?: MemberPlace;
}

/** Flags that do or allow more than a plan's steps tell. */
const daring = [
  'overwrite',
  'allow-downgrade',
  'allow-missing-jobs',
  'allow-yanked',
  'enable',
  'open',
  'start',
  'force',
  'refresh-data-view',
] as const;

const fileAlone: MemberPlace = async ({ file }) => safe(file);

/**
 * Plans a request from what stands on the target, and applies the plan unless it is a dry run. One that was agreed to
 * before must be the same.
 * @throws Failure those of `requireApproved`, `mergeRequest`, `planDeployment` and `applyDeployment`; `write-failed` for `--plan-out`
 */
export async function carryOut(session: Session, asked: DeployRequest, work: Work): Promise<DeploymentReport> {
  const { target, types, deployments, proof, placeOf = fileAlone } = work;
  const { client } = target.elasticsearch;
  const requests = (): number => client.requests() + target.kibana.requests();
  const held = standingOfLine(deployments, asked);
  if (concernsKibana(asked, held)) requireSameKibana(held, target.kibana, session.inputs.overwrite === true);
  const state = await readTarget(types, deployments, asked);
  const { request, attention } = await mergeRequest(asked, state, types, placeOf);
  const { desired } = request;
  const { plan, attention: further } = planDeployment(request, state, types);
  const resting = await restingRules(plan, target.kibana);
  const planned = { plan, attention: [...attention, ...further, ...resting] };
  const server = `${work.server}${target.kibana.text()}`;
  if (session.approved !== undefined) requireApproved(session.approved, plan);
  await writeDeployPlan(session, plan);
  const described = describedPlan(planned, { desired, state, types, server, proof }, requests());
  const flags = daring.filter((name) => session.inputs[name] !== undefined && session.inputs[name] !== false);
  const report = {
    ...described,
    ...(session.target === undefined ? {} : { named: session.target }),
    ...(flags.length === 0 ? {} : { flags: flags.map((name) => `--${name}`) }),
  };
  if (session.inputs['dry-run'] === true || plan.standing === true) return report;
  const done = await stoppable(session.host, target.who.repair, () =>
    applyDeployment(plan, {
      types,
      journal: target.journal,
      who: { ...target.who, ...kibanaOfRecord(plan, deployments, target.kibana) },
      desired,
      onEvent: deployProgress(session.host),
      proofs: proof?.run(client) ?? new Map(),
    }),
  );
  const number = done === undefined ? {} : { number: done.number };
  return { ...report, ...number, state: 'done', requests: requests() };
}
