import type { DeploymentReport } from '../../domain/deployment-report.ts';
import type { DesiredObject, ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import type { Inputs } from '../../inputs.ts';
import { startable, startObjects } from '../../resources/elasticsearch/start.ts';
import type { TargetClient } from '../../resources/http/client.ts';

/** What was set going behind a deployment, and the lines that say so. */
interface Started {
  readonly deployment: DeploymentReport;
  readonly started: readonly ObjectKey[];
  readonly text: readonly string[];
}

/**
 * Behind a deployment, opens and starts what a person asked for; behind a dry run it says what would be.
 * @throws Failure `start-failed`: what was deployed stays
 */
export async function startDeployed(
  client: TargetClient,
  report: DeploymentReport,
  desired: readonly DesiredObject[],
  inputs: Pick<Inputs, 'open' | 'start' | 'dry-run'>,
): Promise<Started> {
  const going = startable(desired, inputs);
  // A dry run of what stands there already finds nothing to do, and starts nothing all the same.
  const planned = report.state === 'planned' || inputs['dry-run'] === true;
  const before = client.requests();
  const started = planned ? [] : await startObjects(client, going);
  const text = (planned ? going : started).map(({ type, id }) => {
    const done = type === 'job' ? 'opened' : 'started';
    return `  > ${type}  ${safe(id)}  ${planned ? `to be ${done}, where it is not` : done}`;
  });
  const objects = started.map(({ type, id }) => ({ type, id }));
  // Those to Kibana are counted already.
  const requests = report.requests + client.requests() - before;
  return { deployment: { ...report, requests }, started: objects, text };
}
