import { refusal } from './exchange.ts';
import { at, isObject, type Json, type JsonObject, listOr, merged, objectOr } from './json.ts';

const idPattern = /^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$/;

/** Refuses ids that machine learning does not take; dots among them. */
export function checkMlId(what: string, id: string): void {
  const wrong = (why: string): never => {
    throw refusal(400, 'illegal_argument_exception', `Invalid ${what}; '${id}' ${why}`);
  };
  if (!idPattern.test(id))
    wrong(
      'can contain lowercase alphanumeric (a-z and 0-9), hyphens or underscores; must start and end with alphanumeric',
    );
  if (id.length > 64) wrong('cannot contain more than 64 characters.');
}

/** Refuses keys that a parser does not know, in the words of Elasticsearch's strict parsers. */
export function checkKeys(parser: string, body: JsonObject, known: readonly string[]): void {
  const other = Object.keys(body).find((key) => !known.includes(key));
  if (other !== undefined)
    throw refusal(400, 'x_content_parse_exception', `[1:1] [${parser}] unknown field [${other}]`);
}

const jobKeys = `job_id job_type description groups analysis_config analysis_limits data_description datafeed_config
  model_plot_config custom_settings background_persist_interval renormalization_window_days results_retention_days
  model_snapshot_retention_days daily_model_snapshot_retention_after_days results_index_name allow_lazy_open
  _meta`.split(/\s+/);

const functions = `count high_count low_count non_zero_count high_non_zero_count low_non_zero_count distinct_count
  high_distinct_count low_distinct_count lat_long info_content high_info_content low_info_content metric min max median
  high_median low_median mean high_mean low_mean avg high_avg low_avg sum high_sum low_sum non_null_sum
  high_non_null_sum low_non_null_sum varp high_varp low_varp rare freq_rare time_of_day time_of_week`.split(/\s+/);

/** A job as the server keeps it, with what it adds; a body that it does not take is refused. */
export function jobConfig(id: string, body: JsonObject): JsonObject {
  checkMlId('job_id', id);
  checkKeys('job_details', body, jobKeys);
  const analysis = body['analysis_config'];
  if (!isObject(analysis)) throw refusal(400, 'illegal_argument_exception', 'An analysis_config must be set');
  if (!isObject(body['data_description']))
    throw refusal(400, 'illegal_argument_exception', 'A data_description must be set');
  const detectors = listOr(analysis['detectors']).map((detector, index) => detectorConfig(objectOr(detector), index));
  if (detectors.length === 0) throw refusal(400, 'illegal_argument_exception', 'No detectors configured');
  const named = String(body['results_index_name'] ?? 'shared');
  const { datafeed_config: _, ...rest } = body;
  return {
    job_type: 'anomaly_detector',
    model_snapshot_retention_days: 10,
    daily_model_snapshot_retention_after_days: 1,
    allow_lazy_open: false,
    ...rest,
    job_id: id,
    analysis_config: { bucket_span: '5m', influencers: [], ...analysis, detectors },
    analysis_limits: {
      model_memory_limit: '1024mb',
      categorization_examples_limit: 4,
      ...objectOr(body['analysis_limits']),
    },
    data_description: { time_field: 'time', time_format: 'epoch_ms', ...body['data_description'] },
    results_index_name: named === 'shared' || named.startsWith('custom-') ? named : `custom-${named}`,
  };
}

function detectorConfig(detector: JsonObject, index: number): JsonObject {
  const name = String(detector['function'] ?? '');
  if (!functions.includes(name)) throw refusal(400, 'illegal_argument_exception', `Unknown function '${name}'`);
  const words = [
    `${name}${detector['field_name'] === undefined ? '' : `(${String(detector['field_name'])})`}`,
    ...['by', 'over', 'partition'].flatMap((part) => {
      const field = detector[`${part}_field_name`];
      return field === undefined
        ? []
        : [part === 'partition' ? `partitionfield=${String(field)}` : `${part} ${JSON.stringify(field)}`];
    }),
  ];
  return { detector_description: words.join(' '), detector_index: index, ...detector };
}

const updatable = `description groups custom_settings analysis_limits model_plot_config background_persist_interval
  renormalization_window_days results_retention_days model_snapshot_retention_days allow_lazy_open detectors
  daily_model_snapshot_retention_after_days per_partition_categorization categorization_filters
  model_prune_window`.split(/\s+/);

/** A job after an update; what may not be updated is refused. */
export function updatedJob(config: JsonObject, body: JsonObject, open: boolean): JsonObject {
  checkKeys('job_update', body, updatable);
  if (open && at(body, 'analysis_limits', 'model_memory_limit') !== undefined) {
    const reason = 'Cannot update analysis_limits.model_memory_limit while the job is open';
    throw refusal(400, 'status_exception', reason);
  }
  const { detectors, per_partition_categorization: _, ...rest } = body;
  const before = listOr(at(config, 'analysis_config', 'detectors'));
  const changed = before.map((detector, index): Json => {
    const change = listOr(detectors).find((one) => at(one, 'detector_index') === index);
    if (change === undefined) return detector;
    const { description, custom_rules: rules } = objectOr(change);
    return {
      ...objectOr(detector),
      ...(description === undefined ? {} : { detector_description: description }),
      ...(rules === undefined ? {} : { custom_rules: rules }),
    };
  });
  const after = merged(config, rest);
  return {
    ...after,
    ...(rest['custom_settings'] === undefined ? {} : { custom_settings: rest['custom_settings'] }),
    analysis_config: { ...objectOr(config['analysis_config']), detectors: changed },
  };
}
