import { desiredOf } from '../../deploy/desired.ts';
import { desiredRules } from '../../deploy/desired-rules.ts';
import { desiredSavedObjects } from '../../deploy/desired-saved-objects.ts';
import { standingOfLine } from '../../deploy/ownership.ts';
import type { DeployRequest } from '../../deploy/request.ts';
import { requireFinished } from '../../deploy/unfinished.ts';
import type { Bundle } from '../../domain/bundle.ts';
import type { DesiredObject } from '../../domain/resource.ts';
import { defaultSpace } from '../../domain/rule-key.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { deploymentLines } from '../../reporters/deployment.ts';
import { requireMachineLearning } from '../../resources/elasticsearch/licence.ts';
import { requireShared } from '../../resources/elasticsearch/opensearch.ts';
import type { CommandResult } from '../../result.ts';
import type { Session } from '../../session.ts';
import { carryOut } from './carry-out.ts';
import { addedFields, connectionsOf } from './connections.ts';
import { type Content, readContent } from './content.ts';
import { namedViews, refreshedLines, refreshViews } from './data-views.ts';
import { nextSteps } from './next-steps.ts';
import { selectionOf } from './only.ts';
import { simulationOf } from './proof.ts';
import { repair } from './repair.ts';
import { requireJobs } from './rule-jobs.ts';
import { rulePlaces } from './rule-places.ts';
import { scriptPlaces } from './script-place.ts';
import { startDeployed } from './starting.ts';
import { openTarget, prefixOf, type Target } from './target.ts';
import { targetTypes } from './target-types.ts';

/**
 * Puts a release or a bundle on Elasticsearch: everything of it is read, proven and checked before the first request,
 * what is new is proven before the switch, and whatever fails is undone.
 */
export async function setup(session: Session): Promise<CommandResult> {
  if (session.inputs.repair === true) return await repair(session);
  const content = await readContent(session);
  try {
    if (content.subject.verdict === 'reject') return { subjects: [content.subject], no: true };
    const target = await openTarget(session);
    return await install(session, content, target, 'deploy');
  } finally {
    await content.dispose();
  }
}

/** The same for content that was read, on a target that answered. @param release named in the report */
export async function install(
  session: Session,
  content: Content,
  target: Target,
  action: 'deploy' | 'rollback',
): Promise<CommandResult> {
  const { bundle, release, digest, subject } = content;
  const { inputs } = session;
  const space = inputs.space ?? defaultSpace;
  const selects = selectionOf(inputs, space);
  const deployments = await target.journal.list();
  requireFinished(deployments, target.who);
  const line = { family: familyOf(bundle), prefix: prefixOf(session) };
  const standing = standingOfLine(deployments, line)?.objects ?? [];
  const types = targetTypes(target, release, { placeOf: scriptPlaces(bundle) });
  const rules = desiredRules([bundle], { prefix: line.prefix, space, enable: inputs.enable === true });
  const shown = desiredSavedObjects(bundle, { prefix: line.prefix, space });
  const desired = [...desiredOf(bundle, { prefix: line.prefix, standing }), ...rules, ...shown].filter(selects);
  if (desired.length === 0) {
    const what =
      inputs.only === undefined ? `that \`${inputs.command}\` puts on a target` : `of \`--only ${safe(inputs.only)}\``;
    throw new Failure('usage', `\`${safe(release)}\` holds nothing ${what}.`);
  }
  requireShared(target.elasticsearch, desired);
  const server = await serverOf(target, desired);
  const placeOf = rulePlaces([bundle]);
  if (inputs['allow-missing-jobs'] !== true) await requireJobs(desired, target.elasticsearch.client, placeOf);
  const proof = simulationOf(content, desired, standing.length > 0);
  const connecting = {
    kind: bundle.kind,
    desired,
    standing,
    deployments,
    attach: inputs.attach,
    settled: session.target !== undefined,
  };
  const all = [...desired, ...(await connectionsOf(target.elasticsearch, connecting))];
  const request: DeployRequest = {
    ...line,
    action,
    target: target.name,
    release,
    digest,
    desired: all,
    selects,
    proofs: proof?.planned ?? [],
    overwrite: inputs.overwrite === true,
    allowDowngrade: inputs['allow-downgrade'] === true,
  };
  const views = await namedViews(target.kibana, inputs['refresh-data-view'] ?? []);
  const report = await carryOut(session, request, { target, types, deployments, server, proof, placeOf });
  const { deployment, started, text } = await startDeployed(target.elasticsearch.client, report, desired, session);
  const fields = addedFields(bundle.kind, desired).map(([field]) => field);
  const refreshed = inputs['dry-run'] === true ? [] : await refreshViews(target.kibana, views, fields);
  const known = refreshed.length > 0 && refreshed.every(({ lacks }) => lacks.length === 0);
  const next = deployment.state === 'unchanged' ? [] : nextSteps(bundle.kind, all, known);
  const told = next.length === 0 ? deployment : { ...deployment, next };
  return {
    subjects: [subject],
    deployment: told,
    text: [...deploymentLines(told), ...text, ...refreshedLines(refreshed)],
    ...(started.length + refreshed.length === 0 ? {} : { result: { started, refreshed } }),
  };
}

/** What answers, and its licence where that matters: models and jobs alone need one for machine learning. */
async function serverOf({ elasticsearch }: Target, desired: readonly DesiredObject[]): Promise<string> {
  const server = elasticsearch.title;
  if (!desired.some(({ type }) => learning.includes(type))) return server;
  return `${server}, ${await requireMachineLearning(elasticsearch)}`;
}

const learning: readonly string[] = ['model', 'job', 'datafeed', 'data-frame-analytics'];

/** What the deployments of a bundle come one after another in. */
export function familyOf(bundle: Bundle): string {
  if (bundle.kind !== undefined) return bundle.kind.family;
  throw new Failure('usage', `The kind of \`${safe(bundle.name)}\` cannot be told from its name.`, {
    help: 'Name it with --kind.',
  });
}
