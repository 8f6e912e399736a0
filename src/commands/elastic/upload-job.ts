import { desiredJobs } from '../../deploy/desired-jobs.ts';
import type { DeployRequest } from '../../deploy/request.ts';
import { requireFinished } from '../../deploy/unfinished.ts';
import { keyText } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { deploymentLines } from '../../reporters/deployment.ts';
import { requireMachineLearning } from '../../resources/elasticsearch/licence.ts';
import type { CommandResult } from '../../result.ts';
import type { Session } from '../../session.ts';
import { carryOut } from './carry-out.ts';
import { type FileContent, readFiles } from './file-content.ts';
import { requireOfNoRelease, singleJobs } from './line.ts';
import { repair } from './repair.ts';
import { startDeployed } from './starting.ts';
import { openTarget, prefixOf } from './target.ts';
import { targetTypes } from './target-types.ts';

/**
 * Puts jobs, datafeeds and analytics on Elasticsearch, and takes nothing off. What is as wanted is left alone; what can
 * be changed in place is, and goes on running; anything else is replaced with `--overwrite` only.
 */
export async function uploadJob(session: Session): Promise<CommandResult> {
  if (session.inputs.repair === true) return await repair(session);
  const content = await readFiles(session, singleJobs);
  try {
    if (content.subjects.some(({ verdict }) => verdict === 'reject')) return { subjects: content.subjects, no: true };
    return await upload(session, content);
  } finally {
    await content.dispose();
  }
}

async function upload(session: Session, content: FileContent): Promise<CommandResult> {
  const { inputs } = session;
  const { subjects, bundles, family, release, digest } = content;
  const prefix = prefixOf(session);
  const desired = desiredJobs(bundles, prefix);
  if (desired.length === 0) {
    const names = (inputs.file ?? []).map((name) => safe(name)).join(', ');
    throw new Failure('usage', `There is no job in ${names}.`, {
      help: 'A job is a JSON file with `name`, `type` and `body`.',
    });
  }
  const target = await openTarget(session);
  const { client, title } = target.elasticsearch;
  const licence = await requireMachineLearning(target.elasticsearch);
  const deployments = await target.journal.list();
  requireFinished(deployments, target.who);
  requireOfNoRelease(family, desired, deployments);
  const wanted = new Set(desired.map(keyText));
  const request: DeployRequest = {
    family,
    prefix,
    action: 'deploy',
    target: target.name,
    ...(release === undefined ? {} : { release }),
    ...(digest === undefined ? {} : { digest }),
    desired,
    // Whatever else of the line is there stays.
    selects: (key) => wanted.has(keyText(key)),
    overwrite: inputs.overwrite === true,
    allowDowngrade: inputs['allow-downgrade'] === true,
  };
  const types = targetTypes(target, release);
  const server = `${title}, ${licence}`;
  const report = await carryOut(session, request, { target, types, deployments, server });
  const { deployment, started, text } = await startDeployed(client, report, desired, session);
  return { subjects, deployment, text: [...deploymentLines(deployment), ...text], result: { started } };
}
