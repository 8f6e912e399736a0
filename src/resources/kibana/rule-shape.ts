import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { isArray, isObject, member, type ObjectValue, type Value } from '../../domain/document.ts';

/** Members that only the server writes. */
const server = [
  'alias_purpose',
  'alias_target_id',
  'created_at',
  'created_by',
  'execution_summary',
  'id',
  'last_failure_at',
  'last_failure_message',
  'last_success_at',
  'last_success_message',
  'outcome',
  'revision',
  'rule_source',
  'status',
  'status_date',
  'updated_at',
  'updated_by',
];

/** Members that people set on the target, whatever a release says: whether it runs, what it does, what it leaves out. */
export const peoples: readonly string[] = ['actions', 'enabled', 'exceptions_list', 'throttle'];

/** A counter that servers raise by themselves. */
const counted = 'version';

/** Members that a server fills in, and with what; empty values say nothing anyway. */
const defaults: Readonly<Record<string, Value>> = {
  from: 'now-6m',
  interval: '5m',
  language: 'kuery',
  max_signals: 100,
  to: 'now',
};

/** Members that no server fills in with more than an empty value: where one is not wanted, it must not be there. */
const bare = [
  ...Object.keys(defaults),
  'alert_suppression',
  'author',
  'building_block_type',
  'data_view_id',
  'false_positives',
  'filters',
  'index',
  'license',
  'note',
  'query',
  'references',
  'risk_score_mapping',
  'rule_name_override',
  'saved_id',
  'severity_mapping',
  'tags',
  'threat',
  'threat_filters',
  'timeline_id',
  'timeline_title',
  'timestamp_override',
];

/** Lists of texts in which order says nothing. */
export const lists: readonly string[] = ['author', 'false_positives', 'index', 'references', 'tags'];

/** A rule as it can be sent again: without what only the server writes. `immutable` stays where it is true. */
export function writable(rule: ObjectValue): ObjectValue {
  const kept = Object.entries(rule).filter(([key, value]) => {
    return !server.includes(key) && !(key === 'immutable' && value !== true);
  });
  return Object.fromEntries(kept);
}

/** A member in a form in which equal ones are equal values; undefined where it says no more than its absence. */
export function normal(key: string, value: Value | undefined): Value | undefined {
  if (value === undefined || isEmpty(value)) return undefined;
  if (key === 'machine_learning_job_id') return isArray(value) ? value : [value];
  const plain = pruned(asWritten(key, value));
  const usual = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
  return usual === plain ? undefined : plain;
}

/** Names of members in which a rule that stands there is not the one that is wanted, but for what is people's. */
export function differences(wanted: Value, actual: Value): string[] {
  const names = new Set([...keysOf(wanted), ...keysOf(actual).filter(isBare)]);
  return [...names].filter((key) => {
    if (peoples.includes(key) || key === counted || key === 'rule_id' || server.includes(key)) return false;
    const [now, then] = [normal(key, member(actual, key)), normal(key, member(wanted, key))];
    return canonicalJson(now ?? null) !== canonicalJson(then ?? null);
  });
}

/** The digest of a rule as it stands there: of what people do not set, in its normal form. */
export function ruleDigest(body: ObjectValue): string {
  const members = Object.keys(body).flatMap((key): [string, Value][] => {
    const value = peoples.includes(key) || key === counted ? undefined : normal(key, body[key]);
    return value === undefined ? [] : [[key, value]];
  });
  return createHash('sha256')
    .update(canonicalJson(Object.fromEntries(members)))
    .digest('hex');
}

/** The members that a rule has. */
export function keysOf(rule: Value | undefined): string[] {
  return isObject(rule) ? Object.keys(rule) : [];
}

/** Whether two values of a member say the same. */
export function saysSame(key: string, a: Value | undefined, b: Value | undefined): boolean {
  return canonicalJson(normal(key, a) ?? null) === canonicalJson(normal(key, b) ?? null);
}

/** Whether no server fills a member in. */
export function isBare(key: string): boolean {
  return bare.includes(key);
}

/** Whether a merge leaves a member alone: it names the rule, or is the server's. */
export function isFixed(key: string): boolean {
  return server.includes(key) || ['immutable', 'rule_id', 'type', counted].includes(key);
}

/** A value without what servers add to it, and a list where they make one of a single value. */
function asWritten(key: string, value: Value): Value {
  if (key === 'required_fields' && isArray(value)) return value.map((field) => without(field, 'ecs'));
  if (key === 'alert_suppression' && member(value, 'missing_fields_strategy') === 'suppress') {
    return without(value, 'missing_fields_strategy');
  }
  const field = key === 'threshold' ? member(value, 'field') : undefined;
  return typeof field === 'string' && isObject(value) ? { ...value, field: [field] } : value;
}

function without(value: Value, name: string): Value {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)) : value;
}

function isEmpty(value: Value): boolean {
  if (value === null || value === '' || value === false) return true;
  if (isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** A value whose objects have no empty members. */
function pruned(value: Value): Value {
  if (isArray(value)) return value.map(pruned);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, part]): [string, Value] => [key, pruned(part)]);
  return Object.fromEntries(members.filter(([, part]) => !isEmpty(part)));
}
