import type { DeploymentReport } from '../../domain/deployment-report.ts';
import type { DesiredObject, ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { commandLine } from '../../repeat.ts';
import { startable, startObjects } from '../../resources/elasticsearch/start.ts';
import type { TargetClient } from '../../resources/http/client.ts';
import type { Session } from '../../session.ts';

/** What was set going behind a deployment, and the lines that say so. */
interface Started {
  readonly deployment: DeploymentReport;
  readonly started: readonly ObjectKey[];
  readonly text: readonly string[];
}

/**
 * Behind a deployment, opens and starts what a person asked for; behind a dry run it says what would be.
 * @throws Failure `start-failed`: what was deployed stays, and the last line of the help is the command that goes on
 */
export async function startDeployed(
  client: TargetClient,
  report: DeploymentReport,
  desired: readonly DesiredObject[],
  { inputs, asked }: Pick<Session, 'inputs' | 'asked'>,
): Promise<Started> {
  const going = startable(desired, inputs);
  // A dry run of what stands there already finds nothing to do, and starts nothing all the same.
  const planned = report.state === 'planned' || inputs['dry-run'] === true;
  const before = client.requests();
  const started = planned
    ? []
    : await startObjects(client, going).catch((error: unknown) => {
        throw withCommand(error, commandLine({ ...asked, command: inputs.command }));
      });
  const text = (planned ? going : started).map(({ type, id }) => {
    const done = type === 'job' ? 'opened' : 'started';
    return `  > ${type}  ${safe(id)}  ${planned ? `to be ${done}, where it is not` : done}`;
  });
  const objects = started.map(({ type, id }) => ({ type, id }));
  // Those to Kibana are counted already.
  const requests = report.requests + client.requests() - before;
  return { deployment: { ...report, requests }, started: objects, text };
}

function withCommand(error: unknown, command: string): unknown {
  if (!(error instanceof Failure) || error.code !== 'start-failed') return error;
  const help = `Run the same command again: it opens and starts what does not run yet.\n${command}`;
  return new Failure(error.code, error.message, { help, cause: error.cause });
}
