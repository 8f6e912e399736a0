import { canonicalJson } from '../../domain/canonical-json.ts';
import { isArray, isObject, member, type ObjectValue, type Value } from '../../domain/document.ts';

/** What a server makes of the configurations of one type. It fills in defaults, so equality is that of what was written. */
export interface ConfigShape {
  /** Members that only the server writes, and the id, which stands in the address. */
  readonly server: readonly string[];
  /** Other names of members: the server answers with the second. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Members, at any depth, whose content is the author's alone: they are compared whole. */
  readonly whole: readonly string[];
  /** Members, at any depth, that a server never fills in: where one is not wanted, it must not be there. */
  readonly bare: readonly string[];
}

const durations = [
  'bucket_span',
  'latency',
  'query_delay',
  'frequency',
  'time_span',
  'check_window',
  'delay',
  'max_age',
];
const intervals = ['background_persist_interval', 'model_prune_window'];
const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const sizes = ['b', 'k', 'm', 'g', 't', 'p'];

/** A configuration by the names of the server, without what only it writes and without bare members that say nothing. */
export function configOf({ server, renamed = {}, bare }: ConfigShape, body: Value): ObjectValue {
  if (!isObject(body)) return {};
  const members = Object.entries(body)
    .map(([key, value]): [string, Value] => [Object.hasOwn(renamed, key) ? (renamed[key] ?? key) : key, value])
    .filter(([key, value]) => key !== '_meta' && !server.includes(key) && !(bare.includes(key) && isEmpty(key, value)));
  return Object.fromEntries(members);
}

/**
 * The members in which what stands there is not what is wanted, in order of appearance. What a server adds is no
 * difference, nor another way to write the same size, span of time, number or list of one.
 * @param wanted made by `configOf`, as is `actual`
 */
export function differences(shape: ConfigShape, wanted: ObjectValue, actual: ObjectValue): string[] {
  const missing = Object.keys(wanted).filter((key) => !isSame(shape, key, wanted[key], member(actual, key)));
  const added = Object.keys(actual).filter(
    (key) => shape.bare.includes(key) && member(wanted, key) === undefined && !isEmpty(key, actual[key]),
  );
  return [...missing, ...added];
}

function isSame(shape: ConfigShape, key: string, wanted: Value | undefined, actual: Value | undefined): boolean {
  if (isEmpty(key, wanted) && isEmpty(key, actual)) return true;
  if (wanted === undefined || actual === undefined) return false;
  if (shape.whole.includes(key)) return canonicalJson(wanted) === canonicalJson(actual);
  if (isObject(wanted)) return isObject(actual) && differences(shape, wanted, actual).length === 0;
  if (isArray(wanted)) {
    if (!isArray(actual) || actual.length !== wanted.length) return false;
    return wanted.every((item, index) => isSame(shape, '', item, actual[index]));
  }
  if (isArray(actual)) return actual.length === 1 && isSame(shape, '', wanted, actual[0]);
  if (isObject(actual)) return false;
  return measured(key, wanted) === measured(key, actual);
}

/** Whether a member is as good as absent. */
function isEmpty(key: string, value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '') return true;
  if (isArray(value)) return value.length === 0;
  if (!isObject(value)) return false;
  const members = Object.entries(value);
  // Without a query a server searches for everything, and says so; a plot that is switched off is none.
  if (key === 'query') return members.length === 1 && member(value, 'match_all') !== undefined;
  if (key === 'model_plot_config') return members.every(([, part]) => part === false);
  return members.length === 0;
}

/** A scalar in a form in which equal ones are equal texts. */
function measured(key: string, value: Value): string {
  const text = String(value);
  if (durations.includes(key) || intervals.includes(key)) {
    const [, count, unit = ''] = /^(\d+)(ms|[smhd])$/.exec(text) ?? [];
    return count === undefined ? text : String(Number(count) * (milliseconds[unit] ?? 1));
  }
  if (key === 'model_memory_limit') {
    // Without a unit these are megabytes.
    const [, count, unit = 'm'] = /^(\d+)([bkmgtp])?b?$/.exec(text.toLowerCase()) ?? [];
    return count === undefined ? text : String(Number(count) * 1024 ** sizes.indexOf(unit));
  }
  // User-defined names of indices of results get a prefix.
  return key === 'results_index_name' ? text.replace(/^custom-/, '') : text;
}
