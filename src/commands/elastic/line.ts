import { holdersOf, standingDeployments } from '../../deploy/ownership.ts';
import type { Deployment } from '../../domain/deployment.ts';
import { keyText, type ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { parseReleaseName } from '../../domain/tag.ts';
import { Failure } from '../../errors.ts';
import { kindById, type Session } from '../../session.ts';
import { prefixOf } from './target.ts';

/** What the jobs and rules belong to that were uploaded file by file, and of no release. */
export const singleJobs = 'jobs';
export const singleRules = 'rules';

/**
 * What of the journal a command is about: the family that a release or `--kind` names (`jobs` and `rules`: what was
 * uploaded file by file), else the only one that the
 * target has under the prefix.
 * @returns undefined where the target has nothing under the prefix
 * @throws Failure `usage` where it has several and none is named
 */
export function lineOf(
  session: Session,
  deployments: readonly Deployment[],
  release?: string,
): { readonly family: string; readonly prefix: string } | undefined {
  const prefix = prefixOf(session);
  const { kind } = session.inputs;
  if (kind === singleJobs || kind === singleRules) return { family: kind, prefix };
  if (kind !== undefined) return { family: kindById(session, kind).family, prefix };
  const parsed = parseReleaseName(release ?? '');
  if (typeof parsed === 'object') return { family: parsed.family, prefix };
  const held = standingDeployments(deployments).filter((each) => {
    return (
      each.prefix === prefix && each.objects.length > 0 && each.family !== singleJobs && each.family !== singleRules
    );
  });
  const [first, ...more] = held.map(({ family }) => family);
  if (first === undefined) return undefined;
  if (more.length === 0) return { family: first, prefix };
  throw new Failure('usage', 'Several families are on the target, and none of them is named.', {
    help: `Name one with --kind: ${[first, ...more].map((family) => safe(family)).join(', ')}.`,
  });
}

/**
 * That a file is not uploaded on its own over what a release put there: the next release would find it held by somebody
 * else.
 * @throws Failure `held-by-release`
 */
export function requireOfNoRelease(
  family: string,
  objects: readonly ObjectKey[],
  deployments: readonly Deployment[],
): void {
  if (family !== singleJobs && family !== singleRules) return;
  const standing = standingDeployments(deployments).filter((each) => each.family !== family);
  const held = objects.flatMap((object) => {
    const [holder] = holdersOf(standing, object);
    return holder === undefined
      ? []
      : [`\`${safe(keyText(object))}\` is of \`${safe(holder.release ?? holder.family)}\``];
  });
  if (held.length > 0) throw new Failure('held-by-release', `${held.join(', ')}.`);
}
