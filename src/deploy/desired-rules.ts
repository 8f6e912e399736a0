import type { Bundle, Entry } from '../domain/bundle.ts';
import { isArray, isObject, member, type ObjectValue, type Value } from '../domain/document.ts';
import { definitions } from '../domain/reference.ts';
import type { DesiredObject, ObjectKey } from '../domain/resource.ts';
import { ruleKey } from '../domain/rule-key.ts';
import { objectBody, objectDigest } from '../formats/object-body.ts';
import { orderObjects } from './order.ts';

/** How the rules of bundles are to stand on a target. */
export interface RuleOptions {
  /** Put before every id. */
  readonly prefix: string;
  /** Space of Kibana. */
  readonly space: string;
  /** Whether a rule that is new there runs at once; one that stands there stays as people have it. */
  readonly enable: boolean;
}

/** Member of a rule with the ids of its jobs. */
export const ruleJobs = 'machine_learning_job_id';

/**
 * The detection rules of bundles: of each file the table `rule`; what `metadata` says is for those who maintain it, and
 * Kibana takes none of it.
 * @throws Failure `objects-collide`
 */
export function desiredRules(bundles: readonly Bundle[], options: RuleOptions): DesiredObject[] {
  const own = new Set(bundles.flatMap(({ graph }) => definitions(graph.references, 'job').map(({ id }) => id)));
  const found = bundles.flatMap((bundle) => {
    return bundle.entries.flatMap((entry) => (isRuleFile(bundle, entry) ? (objectOf(entry, own, options) ?? []) : []));
  });
  return orderObjects(found);
}

function isRuleFile({ kind }: Bundle, { role }: Entry): boolean {
  return kind?.roles.find(({ id }) => id === role)?.format === 'elastic-rule';
}

function objectOf(
  { document, path }: Entry,
  own: ReadonlySet<string>,
  { prefix, space, enable }: RuleOptions,
): DesiredObject | undefined {
  const rule = objectBody('elastic-rule', document?.value ?? null);
  const named = member(rule, 'rule_id');
  if (!isObject(rule) || typeof named !== 'string') return undefined;
  const ruleId = `${prefix}${named}`;
  const final = (job: string): string => (own.has(job) ? `${prefix}${job}` : job);
  const wants: ObjectValue = { ...rule, rule_id: ruleId, ...withJobs(rule, final) };
  const body: Value = { ...wants, enabled: enable };
  const dependsOn = jobsOf(rule)
    .filter((job) => own.has(job))
    .map((job): ObjectKey => ({ type: 'job', id: final(job) }));
  const id = ruleKey({ space, ruleId });
  const digest = objectDigest('elastic-rule', body);
  return { type: 'rule', id, body, digest, dependsOn, file: path, wants, ...(id === named ? {} : { named }) };
}

/** The jobs that a rule names, one or several. */
export function jobsOf(rule: Value): string[] {
  const jobs = member(rule, ruleJobs);
  return (isArray(jobs) ? jobs : [jobs]).filter((job) => typeof job === 'string');
}

function withJobs(rule: ObjectValue, final: (job: string) => string): ObjectValue {
  const jobs = member(rule, ruleJobs);
  if (typeof jobs === 'string') return { [ruleJobs]: final(jobs) };
  return isArray(jobs) ? { [ruleJobs]: jobs.map((job) => (typeof job === 'string' ? final(job) : job)) } : {};
}
