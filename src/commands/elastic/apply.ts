import { appliedBefore } from '../../deploy/approved-plan.ts';
import { requireFinished } from '../../deploy/unfinished.ts';
import type { DeploymentReport } from '../../domain/deployment-report.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { Inputs } from '../../inputs.ts';
import { deploymentLines } from '../../reporters/deployment.ts';
import type { CommandResult } from '../../result.ts';
import { type Session, sessionOn } from '../../session.ts';
import { deleteJob } from './delete-job.ts';
import { kibanaOf, ownInputs, readDeployPlan } from './plan-file.ts';
import { remove } from './remove.ts';
import { rollback } from './rollback.ts';
import { setup } from './setup.ts';
import { openTarget } from './target.ts';
import { uploadJob } from './upload-job.ts';
import { uploadRule } from './upload-rule.ts';

const commands = new Map<string, (session: Session) => Promise<CommandResult>>([
  ['deploy', setup],
  ['elastic setup-model', setup],
  ['undeploy', remove],
  ['elastic remove-model', remove],
  ['rollback', rollback],
  ['elastic upload-job', uploadJob],
  ['elastic upload-rule', uploadRule],
  ['elastic delete-job', deleteJob],
]);

/**
 * Applies a plan that was written by `--plan-out`, and nothing else: the release is read again and proven, all is
 * planned anew, and where that is not the same to the letter, nothing is done. A plan that was applied before is left.
 * @throws Failure `plan-invalid`, `target-changed`, and those of the command that made the plan
 */
export async function apply(session: Session): Promise<CommandResult> {
  const file = session.inputs.plan ?? '';
  const { approved, asked } = await readDeployPlan(session, file);
  const command = commands.get(asked.command);
  const named = session.target ?? asked.target;
  if (asked.target !== undefined) requireSame('target', asked.target, named);
  const there = named === undefined ? session : await sessionOn(session, named, true);
  const as = (inputs: Inputs): Inputs => ({ ...ownInputs(inputs, asked.command), ...asked });
  const on: Session = { ...there, inputs: as(there.inputs), asked: as(there.asked), approved };
  const target = await openTarget(on);
  requireSame('target', approved.target, target.name);
  requireSame('Kibana', approved.kibana, kibanaOf(on, approved));
  const deployments = await target.journal.list();
  requireFinished(deployments, target.who);
  const before = appliedBefore(approved, deployments);
  if (before !== undefined) {
    const deployment: DeploymentReport = {
      action: before.action,
      target: target.name,
      ...(on.target === undefined ? {} : { named: on.target }),
      server: `Elasticsearch ${target.elasticsearch.version}`,
      ...(before.release === undefined ? {} : { before: before.release, release: before.release }),
      ...(before.digest === undefined ? {} : { digest: before.digest }),
      prefix: before.prefix,
      state: 'unchanged',
      number: before.number,
      changes: [],
      attention: [],
      requests: target.elasticsearch.client.requests(),
    };
    const told = `The plan was applied already: deployment ${before.number}, ${before.finishedAt ?? before.writtenAt}.`;
    return { subjects: [], deployment, text: [...deploymentLines(deployment), told] };
  }
  const result = await command?.(on);
  if (result !== undefined && (result.deployment !== undefined || result.no === true)) return result;
  throw new Failure(
    'target-changed',
    `What the plan in ${safe(file, 1000)} is about is not on ${target.name} any more.`,
  );
}

/** @throws Failure `usage` */
function requireSame(what: string, planned: string | undefined, here: string | undefined): void {
  if (planned === here) return;
  const [there, given] = [planned, here].map((each) => (each === undefined ? 'none' : safe(each, 1000)));
  throw new Failure('usage', `The plan is for the ${what} ${there}, and this is ${given}.`, {
    help: 'Name the one of the plan, or make a plan for this one.',
  });
}
