import { nearest } from '../../checks/near.ts';
import { jobsOf, ruleJobs } from '../../deploy/desired-rules.ts';
import type { MemberPlace } from '../../deploy/merging.ts';
import type { DesiredObject } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { allJobs } from '../../resources/elasticsearch/learning.ts';
import type { TargetClient } from '../../resources/http/client.ts';

/**
 * That each job on which a rule rests is put on the target with it, or stands there: a rule without its job runs, fails,
 * and alerts of nothing. Nothing is asked where the release has all of them.
 * @throws Failure `job-missing`, the client's
 */
export async function requireJobs(
  desired: readonly DesiredObject[],
  client: TargetClient,
  placeOf: MemberPlace,
): Promise<void> {
  const coming = new Set(desired.flatMap(({ type, id }) => (type === 'job' ? [id] : [])));
  const needs = desired
    .filter(({ type }) => type === 'rule')
    .flatMap((rule) => jobsOf(rule.body).map((job) => ({ rule, job })))
    .filter(({ job }) => !coming.has(job));
  if (needs.length === 0) return;
  const there = await allJobs(client);
  const missing = needs.filter(({ job }) => !there.includes(job));
  if (missing.length === 0) return;
  const known = [...coming, ...there];
  const texts = missing.map(async ({ rule, job }) => {
    const near = nearest(job, known);
    const meant = near === undefined ? '' : ` Did you mean \`${safe(near)}\`?`;
    const place = await placeOf(rule, ruleJobs);
    return `${place}: job \`${safe(job)}\` is neither in what is deployed nor on the target.${meant}`;
  });
  throw new Failure('job-missing', (await Promise.all(texts)).join(' '));
}
