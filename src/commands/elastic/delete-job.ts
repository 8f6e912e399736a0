import { jobTypes } from '../../deploy/desired-jobs.ts';
import { holdersOf, standingDeployments } from '../../deploy/ownership.ts';
import type { DeployRequest } from '../../deploy/request.ts';
import { usersOf } from '../../deploy/target-state.ts';
import { requireFinished } from '../../deploy/unfinished.ts';
import { keyText, type ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { deploymentLines } from '../../reporters/deployment.ts';
import { requireElastic } from '../../resources/elasticsearch/opensearch.ts';
import type { CommandResult } from '../../result.ts';
import type { Session } from '../../session.ts';
import { carryOut } from './carry-out.ts';
import { singleJobs } from './line.ts';
import { repair } from './repair.ts';
import { openTarget } from './target.ts';
import { targetTypes } from './target-types.ts';

/**
 * Takes one job, datafeed or analytics off: its datafeed is stopped and goes first, then it is closed and goes. What the
 * journal does not know goes with `--overwrite` only. Not found is no failure.
 */
export async function deleteJob(session: Session): Promise<CommandResult> {
  const { inputs } = session;
  if (inputs.repair === true) return await repair(session);
  const type = jobTypes.get(inputs.type ?? '');
  if (type === undefined) throw new Failure('usage', `There is no type \`${safe(inputs.type ?? '')}\` of jobs.`);
  const target = await openTarget(session);
  requireElastic(target.elasticsearch, 'machine learning');
  const deployments = await target.journal.list();
  requireFinished(deployments, target.who);
  const stopping = { force: inputs.force === true };
  const types = targetTypes(target, '', stopping);
  const key: ObjectKey = { type, id: inputs.name ?? '' };
  if ((await types.get(type)?.read(key.id)) === undefined) {
    const text = `${target.name}: \`${safe(keyText(key))}\` is not there. Nothing was changed.`;
    return { subjects: [], result: { target: target.name, state: 'unchanged' }, text: [text] };
  }
  const feeds = (await usersOf(types, key)).map((user): ObjectKey => {
    return { type: 'datafeed', id: user.slice('datafeed/'.length) };
  });
  const [holder] = holdersOf(standingDeployments(deployments), key);
  const { family, prefix, release, digest } = holder ?? { family: singleJobs, prefix: '' };
  const request: DeployRequest = {
    family,
    prefix,
    action: 'undeploy',
    target: target.name,
    // The line holds the rest of it as before.
    ...(release === undefined ? {} : { release }),
    ...(digest === undefined ? {} : { digest }),
    desired: [],
    selects: () => false,
    named: [...feeds, key],
    overwrite: inputs.overwrite === true,
  };
  const server = target.elasticsearch.title;
  const deployment = await carryOut(session, request, { target, types, deployments, server });
  return { subjects: [], deployment, text: deploymentLines(deployment) };
}
