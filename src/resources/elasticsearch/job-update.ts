import { isArray, isObject, member, type ObjectValue, type Value } from '../../domain/document.ts';
import { type ConfigShape, configOf, differences } from './config-likeness.ts';

/** What a server makes of an anomaly detection job. */
export const jobShape: ConfigShape = {
  server: [
    'authorization',
    'blocked',
    'create_time',
    'datafeed_config',
    'deleting',
    'finished_time',
    'job_id',
    'job_type',
    'job_version',
    'model_snapshot_id',
    'model_snapshot_min_version',
  ],
  whole: ['custom_settings'],
  bare: [
    'by_field_name',
    'categorization_field_name',
    'categorization_filters',
    'custom_settings',
    'description',
    'exclude_frequent',
    'field_name',
    'groups',
    'influencers',
    'latency',
    'model_plot_config',
    'over_field_name',
    'partition_field_name',
    'summary_count_field_name',
  ],
};

/** Members that `_update` takes. */
const updatable = [
  'allow_lazy_open',
  'analysis_limits',
  'background_persist_interval',
  'custom_settings',
  'daily_model_snapshot_retention_after_days',
  'description',
  'groups',
  'model_plot_config',
  'model_snapshot_retention_days',
  'renormalization_window_days',
  'results_retention_days',
];

/** Parts of `analysis_config` that `_update` takes, under their own names. */
const updatableParts = ['categorization_filters', 'model_prune_window', 'per_partition_categorization'];

/** What `_update` is sent for a member that is not wanted any more. */
const nothing: Readonly<Record<string, Value>> = {
  categorization_filters: [],
  custom_settings: {},
  description: '',
  groups: [],
  model_plot_config: { enabled: false },
};

/** Names of a detector's members, and of what `_update` calls them. */
const detectorParts: readonly (readonly [string, string])[] = [
  ['detector_description', 'description'],
  ['custom_rules', 'custom_rules'],
];

/** Whether a job can become another one in place: nothing but how it is described, kept and limited differs. */
export function isUpdatable(wanted: Value, standing: Value): boolean {
  const [after, before] = [configOf(jobShape, wanted), configOf(jobShape, standing)];
  return differences(jobShape, after, before).every((name) => {
    if (name !== 'analysis_config') return updatable.includes(name);
    return analysisDifferences(after, before).every((part) => {
      return part === 'detectors' ? changedDetectors(after, before) !== undefined : updatableParts.includes(part);
    });
  });
}

/** The body of an `_update` that makes one job of another; undefined where there is nothing to change. */
export function jobUpdate(wanted: Value, standing: Value): ObjectValue | undefined {
  const [after, before] = [configOf(jobShape, wanted), configOf(jobShape, standing)];
  const update = new Map<string, Value>();
  for (const name of differences(jobShape, after, before)) {
    if (name !== 'analysis_config') update.set(name, after[name] ?? nothing[name] ?? null);
  }
  const analysis = member(after, 'analysis_config');
  for (const part of analysisDifferences(after, before)) {
    if (part === 'detectors') update.set(part, changedDetectors(after, before) ?? []);
    else update.set(part, member(analysis, part) ?? nothing[part] ?? null);
  }
  return update.size === 0 ? undefined : Object.fromEntries(update);
}

function analysisDifferences(after: ObjectValue, before: ObjectValue): string[] {
  const [wanted, actual] = [member(after, 'analysis_config'), member(before, 'analysis_config')];
  return isObject(wanted) && isObject(actual) ? differences(jobShape, wanted, actual) : [];
}

/** Detectors as `_update` takes them; undefined where more than their words and rules differ. */
function changedDetectors(after: ObjectValue, before: ObjectValue): Value[] | undefined {
  const [wanted, actual] = [after, before].map((job) => member(member(job, 'analysis_config'), 'detectors'));
  if (!isArray(wanted) || !isArray(actual) || wanted.length !== actual.length) return undefined;
  const changes: Value[] = [];
  for (const [index, detector] of wanted.entries()) {
    const standing = actual[index];
    if (!isObject(detector) || !isObject(standing)) return undefined;
    const names = differences(jobShape, detector, standing);
    if (names.some((name) => !detectorParts.some(([own]) => own === name))) return undefined;
    const parts = detectorParts.filter(([own]) => names.includes(own));
    const change = parts.map(([own, called]): [string, Value] => [called, detector[own] ?? null]);
    if (change.length > 0) changes.push({ detector_index: index, ...Object.fromEntries(change) });
  }
  return changes;
}
