import { pathDefect } from '../../checks/path-id.ts';
import { holdersOf, standingDeployments } from '../../deploy/ownership.ts';
import type { DeployedObject, Deployment } from '../../domain/deployment.ts';
import type { Value } from '../../domain/document.ts';
import type { Kind } from '../../domain/kind.ts';
import type { DesiredObject, ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { mapParallel } from '../../publish/parallel.ts';
import {
  attachmentBody,
  attachmentDigest,
  attachmentId,
  attachmentPlace,
} from '../../resources/elasticsearch/attached-processor.ts';
import type { Elasticsearch } from '../../resources/elasticsearch/elasticsearch.ts';
import { readHolder, requireOpen } from '../../resources/elasticsearch/holder.ts';
import { mappingDigest, mappingId } from '../../resources/elasticsearch/mapping.ts';
import { outerOf, resultFields } from './proof.ts';

/** What connections are made from. */
interface Connecting {
  readonly kind: Kind | undefined;
  /** What the bundle wants on the target. */
  readonly desired: readonly DesiredObject[];
  /** What the line has on the target now. */
  readonly standing: readonly DeployedObject[];
  /** All of the journal: what any release has on the target is no pipeline of others. */
  readonly deployments: readonly Deployment[];
  /** Pipelines of others, as they were named, or `none`; undefined keeps those that are attached. */
  readonly attach: readonly string[] | undefined;
  /** Whether they may be those of a target: its other releases have no pipeline. */
  readonly settled: boolean;
}

/**
 * What connects data to the pipeline of a release: a processor in each pipeline of others that was named, and in the
 * component template of the same name, which the index templates of Elastic Agent look for, the fields that documents
 * get.
 * @throws Failure `usage`, `target-unchangeable` where others write a pipeline anew; the client's
 */
export async function connectionsOf(elasticsearch: Elasticsearch, connecting: Connecting): Promise<DesiredObject[]> {
  const { kind, desired, standing, deployments, settled } = connecting;
  const attach = connecting.attach?.filter((name) => name !== 'none');
  const outer = outerOf(desired);
  const named = attach ?? (outer === undefined ? [] : holdersIn(standing));
  for (const holder of named) requireName(holder, desired);
  for (const holder of attach ?? []) requireForeign(holder, deployments);
  if (outer === undefined && named.length > 0 && !settled) {
    throw new Failure(
      'usage',
      'There is no pipeline among what is put on the target, to which data could be connected.',
      {
        help: 'Leave out --attach, or name a release with a pipeline.',
      },
    );
  }
  if (outer === undefined) return [];
  await mapParallel(attach ?? [], async (holder) => {
    requireOpen(holder, await readHolder(elasticsearch.client, holder));
  });
  // Servers before refuse the member.
  const body = attachmentBody(outer.id, elasticsearch.since(8, 4));
  return [...new Set(named)].flatMap((holder): DesiredObject[] => {
    const fields = isOfDataStream(holder) ? addedFields(kind, desired) : [];
    const mapped = fields.map(([field, type]) => mappingOf(holder, field, type, outer));
    const dependsOn = [outer, ...mapped].map(({ type, id }): ObjectKey => ({ type, id }));
    const id = attachmentId({ holder, called: outer.id });
    return [...mapped, { type: 'attachment', id, body, digest: attachmentDigest(body), dependsOn, file: outer.file }];
  });
}

/** The fields that the pipelines of a bundle add to documents, with their mapping types. */
export function addedFields(kind: Kind | undefined, desired: readonly DesiredObject[]): [string, string][] {
  const results = resultFields(desired);
  return Object.entries(kind?.adds ?? {}).filter(([field]) => results.some((result) => field.startsWith(`${result}.`)));
}

/** Whether a pipeline is that of one sort of data streams (`<type>-<dataset>@custom`), and so a template is of it too. */
export function isOfDataStream(holder: string): boolean {
  return /^[^-]+-.+@custom$/.test(holder);
}

function mappingOf(template: string, field: string, type: string, { file }: DesiredObject): DesiredObject {
  const body: Value = { field: { type } };
  return {
    type: 'mapping',
    id: mappingId({ template, field }),
    body,
    digest: mappingDigest(body),
    dependsOn: [],
    file,
  };
}

function holdersIn(standing: readonly DeployedObject[]): string[] {
  return standing.flatMap(({ object }) => {
    const place = object.type === 'attachment' ? attachmentPlace(object.id) : undefined;
    return place === undefined ? [] : [place.holder];
  });
}

function requireName(holder: string, desired: readonly DesiredObject[]): void {
  const defect = pathDefect(holder);
  if (defect !== undefined) {
    throw new Failure('usage', `\`--attach ${safe(holder)}\` names no pipeline: ${defect}.`, {
      help: 'Name a pipeline as Elasticsearch has it, such as `logs-network_traffic.dns@custom`.',
    });
  }
  if (!desired.some(({ type, id }) => type === 'pipeline' && id === holder)) return;
  throw new Failure('usage', `\`--attach ${safe(holder)}\` names a pipeline of the release itself.`, {
    help: 'Name the pipeline of your data, such as `logs-network_traffic.dns@custom`.',
  });
}

/** A processor in a pipeline of ours would be a change by hand to its release, which no update takes any more. */
function requireForeign(holder: string, deployments: readonly Deployment[]): void {
  const [held] = holdersOf(standingDeployments(deployments), { type: 'pipeline', id: holder });
  if (held === undefined) return;
  const release = safe(held.release ?? held.family);
  const prefix = held.prefix === '' ? '' : `, under the prefix \`${safe(held.prefix)}\``;
  throw new Failure('usage', `\`--attach ${safe(holder)}\` names a pipeline of \`${release}\`${prefix}.`, {
    help: 'Nothing was changed. Name the pipeline of your data, such as `logs-network_traffic.dns@custom`.',
  });
}
