import { desiredRules } from '../../deploy/desired-rules.ts';
import type { DeployRequest } from '../../deploy/request.ts';
import { requireFinished } from '../../deploy/unfinished.ts';
import { keyText } from '../../domain/resource.ts';
import { defaultSpace } from '../../domain/rule-key.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { deploymentLines } from '../../reporters/deployment.ts';
import type { CommandResult } from '../../result.ts';
import type { Session } from '../../session.ts';
import { carryOut } from './carry-out.ts';
import { type FileContent, readFiles } from './file-content.ts';
import { requireOfNoRelease, singleRules } from './line.ts';
import { repair } from './repair.ts';
import { requireJobs } from './rule-jobs.ts';
import { rulePlaces } from './rule-places.ts';
import { openTarget, prefixOf } from './target.ts';
import { targetTypes } from './target-types.ts';

/**
 * Puts detection rules into Kibana, and takes none off. New ones are off unless `--enable`; of those that stand there
 * what people set and tuned stays.
 */
export async function uploadRule(session: Session): Promise<CommandResult> {
  if (session.inputs.repair === true) return await repair(session);
  const content = await readFiles(session, singleRules, '.toml');
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
  const space = inputs.space ?? defaultSpace;
  const desired = desiredRules(bundles, { prefix, space, enable: inputs.enable === true });
  if (desired.length === 0) {
    const names = (inputs.file ?? []).map((name) => safe(name)).join(', ');
    throw new Failure('usage', `There is no detection rule in ${names}.`, {
      help: 'A rule is a TOML file with a table `rule`, which has a `rule_id`.',
    });
  }
  const target = await openTarget(session);
  const deployments = await target.journal.list();
  requireFinished(deployments, target.who);
  requireOfNoRelease(family, desired, deployments);
  const placeOf = rulePlaces(bundles);
  if (inputs['allow-missing-jobs'] !== true) await requireJobs(desired, target.elasticsearch.client, placeOf);
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
  const server = target.elasticsearch.title;
  const deployment = await carryOut(session, request, { target, types, deployments, server, placeOf });
  return { subjects, deployment, text: deploymentLines(deployment) };
}
