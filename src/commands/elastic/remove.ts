import { desiredOf } from '../../deploy/desired.ts';
import { desiredRules } from '../../deploy/desired-rules.ts';
import { desiredSavedObjects } from '../../deploy/desired-saved-objects.ts';
import { standingOfLine } from '../../deploy/ownership.ts';
import type { DeployRequest } from '../../deploy/request.ts';
import { requireFinished } from '../../deploy/unfinished.ts';
import type { Deployment } from '../../domain/deployment.ts';
import type { ObjectKey } from '../../domain/resource.ts';
import { defaultSpace } from '../../domain/rule-key.ts';
import { safe } from '../../domain/safe.ts';
import { deploymentLines } from '../../reporters/deployment.ts';
import type { CommandResult } from '../../result.ts';
import type { Session } from '../../session.ts';
import { carryOut } from './carry-out.ts';
import { type Content, pinned, readContent } from './content.ts';
import { lineOf } from './line.ts';
import { selectionOf } from './only.ts';
import { repair } from './repair.ts';
import { openTarget, prefixOf } from './target.ts';
import { targetTypes } from './target-types.ts';

/**
 * Takes off what the journal knows of a family, outer pipeline first; nothing while somebody uses it. With a bundle
 * (`--directory`) what another tool put there is named by it, and goes with `--overwrite`. Not found is no failure.
 */
export async function remove(session: Session): Promise<CommandResult> {
  if (session.inputs.repair === true) return await repair(session);
  const content = session.inputs.directory === undefined ? undefined : await readContent(session);
  try {
    return await takeOff(session, content);
  } finally {
    await content?.dispose();
  }
}

async function takeOff(session: Session, content: Content | undefined): Promise<CommandResult> {
  const { inputs } = session;
  const release = inputs.release === undefined ? content?.release : pinned(inputs.release).name;
  const target = await openTarget(session);
  const deployments = await target.journal.list();
  requireFinished(deployments, target.who);
  const line = lineOf(session, deployments, release);
  const held = line === undefined ? undefined : standingOfLine(deployments, line);
  const selects = selectionOf(inputs, inputs.space);
  const objects = (held?.objects ?? []).filter(({ object }) => selects(object));
  const named = content === undefined || objects.length > 0 ? [] : namedBy(session, content).filter(selects);
  const missing = notThere(release, held, content !== undefined);
  if (line === undefined || (objects.length === 0 && named.length === 0) || missing !== undefined) {
    const text = `${target.name}: ${missing ?? 'nothing of ours is there'}. Nothing was changed.`;
    return { subjects: [], result: { target: target.name, state: 'unchanged' }, text: [text] };
  }
  const request: DeployRequest = {
    ...line,
    action: 'undeploy',
    target: target.name,
    // Of what is only taken off in part the rest is still of that release.
    ...(objects.length < (held?.objects.length ?? 0) && held !== undefined ? releaseOf(held) : {}),
    desired: [],
    selects,
    named,
    overwrite: inputs.overwrite === true,
  };
  const types = targetTypes(target);
  const server = target.elasticsearch.title;
  const deployment = await carryOut(session, request, { target, types, deployments, server });
  return { subjects: [], deployment, text: deploymentLines(deployment) };
}

/** Why a release that is to go is not there; undefined where it is. */
function notThere(release: string | undefined, held: Deployment | undefined, bundle: boolean): string | undefined {
  if (release === undefined || bundle || (held !== undefined && held.release === release)) return undefined;
  const holds = held?.release === undefined ? 'nothing of its family is there' : `there is \`${safe(held.release)}\``;
  return `\`${safe(release)}\` is not there (${holds})`;
}

function releaseOf({ release, digest }: Deployment): Pick<Deployment, 'release' | 'digest'> {
  return { ...(release === undefined ? {} : { release }), ...(digest === undefined ? {} : { digest }) };
}

function namedBy(session: Session, { bundle }: Content): ObjectKey[] {
  const prefix = prefixOf(session);
  const space = session.inputs.space ?? defaultSpace;
  const rules = desiredRules([bundle], { prefix, space, enable: false });
  const all = [
    ...desiredOf(bundle, { prefix, standing: [] }),
    ...rules,
    ...desiredSavedObjects(bundle, { prefix, space }),
  ];
  return all.toReversed().map(({ type, id }) => ({ type, id }));
}
