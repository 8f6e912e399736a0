import { standingDeployments } from '../../deploy/ownership.ts';
import type { Deployment } from '../../domain/deployment.ts';
import { safe } from '../../domain/safe.ts';
import { parseReleaseName } from '../../domain/tag.ts';
import { Failure } from '../../errors.ts';
import { kindById, type Session } from '../../session.ts';
import { prefixOf } from './target.ts';

/** What the jobs and rules belong to that were uploaded file by file, and of no release. */
export const singleJobs = 'jobs';
export const singleRules = 'rules';

/**
 * What of the journal a command is about: the family that a release or `--kind` names, else the only one that the
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
