import { Ajv, type ErrorObject } from 'ajv';
import type { JsonObject } from '../elastic-server/json.ts';

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: { type: 'string' } };
const duration = { type: 'string', pattern: '^\\d+[smhd]$' };
const threat = {
  type: 'array',
  items: {
    type: 'object',
    required: ['framework', 'tactic'],
    properties: {
      framework: text,
      tactic: { type: 'object', required: ['id', 'name', 'reference'] },
      technique: { type: 'array', items: { type: 'object', required: ['id', 'name', 'reference'] } },
    },
  },
};
const action = {
  type: 'object',
  required: ['id', 'action_type_id', 'params'],
  properties: { id: text, action_type_id: text, params: { type: 'object' } },
};
const exceptionList = {
  type: 'object',
  required: ['id', 'list_id', 'type', 'namespace_type'],
  properties: { namespace_type: { enum: ['single', 'agnostic'] } },
};

/** Fields that a client may write, whatever the type of the rule. */
const common = {
  rule_id: text,
  name: text,
  description: text,
  risk_score: { type: 'integer', minimum: 0, maximum: 100 },
  severity: { enum: ['low', 'medium', 'high', 'critical'] },
  actions: { type: 'array', items: action },
  alias_purpose: { type: 'string' },
  author: texts,
  building_block_type: { type: 'string' },
  enabled: { type: 'boolean' },
  exceptions_list: { type: 'array', items: exceptionList },
  false_positives: texts,
  from: { type: 'string', pattern: '^now(-\\d+[smhd])?(/[smhd])?$|^\\d{4}-' },
  interval: duration,
  investigation_fields: { type: 'object' },
  license: { type: 'string' },
  max_signals: { type: 'integer', minimum: 1 },
  meta: { type: 'object' },
  namespace: { type: 'string' },
  note: { type: 'string' },
  output_index: { type: 'string' },
  references: texts,
  related_integrations: { type: 'array' },
  required_fields: { type: 'array' },
  risk_score_mapping: { type: 'array' },
  rule_name_override: { type: 'string' },
  setup: { type: 'string' },
  severity_mapping: { type: 'array' },
  tags: texts,
  threat,
  throttle: { type: ['string', 'null'] },
  timeline_id: { type: 'string' },
  timeline_title: { type: 'string' },
  timestamp_override: { type: 'string' },
  timestamp_override_fallback_disabled: { type: 'boolean' },
  to: { type: 'string' },
  version: { type: 'integer', minimum: 1 },
};

const searched = {
  index: texts,
  data_view_id: { type: 'string' },
  filters: { type: 'array' },
  alert_suppression: { type: 'object' },
};
const language = { enum: ['kuery', 'lucene'] };

/** What each type of rule has beside the common fields, and which of it must be there. */
const types: Readonly<Record<string, { readonly required: readonly string[]; readonly properties: object }>> = {
  query: { required: [], properties: { ...searched, query: { type: 'string' }, language, saved_id: text } },
  saved_query: {
    required: ['saved_id'],
    properties: { ...searched, query: { type: 'string' }, language, saved_id: text },
  },
  eql: { required: ['query', 'language'], properties: { ...searched, query: text, language: { const: 'eql' } } },
  esql: { required: ['query', 'language'], properties: { query: text, language: { const: 'esql' } } },
  threshold: {
    required: ['query', 'threshold'],
    properties: {
      ...searched,
      query: { type: 'string' },
      language,
      threshold: { type: 'object', required: ['field', 'value'] },
    },
  },
  threat_match: {
    required: ['query', 'threat_query', 'threat_mapping', 'threat_index'],
    properties: {
      ...searched,
      query: { type: 'string' },
      language,
      threat_query: { type: 'string' },
      threat_mapping: { type: 'array' },
      threat_index: texts,
      threat_filters: { type: 'array' },
      threat_language: language,
      threat_indicator_path: { type: 'string' },
    },
  },
  new_terms: {
    required: ['query', 'new_terms_fields', 'history_window_start'],
    properties: {
      ...searched,
      query: { type: 'string' },
      language,
      new_terms_fields: texts,
      history_window_start: text,
    },
  },
  machine_learning: {
    required: ['anomaly_threshold', 'machine_learning_job_id'],
    properties: {
      anomaly_threshold: { type: 'integer', minimum: 0 },
      machine_learning_job_id: { anyOf: [text, { ...texts, minItems: 1 }] },
      alert_suppression: { type: 'object' },
    },
  },
};

const ajv = new Ajv({ strict: false, allErrors: true });
const checks = new Map(
  Object.entries(types).map(([type, { required, properties }]) => [
    type,
    ajv.compile({
      type: 'object',
      required: ['name', 'description', 'risk_score', 'severity', ...required],
      properties: { ...common, ...properties },
    }),
  ]),
);

/** What is wrong with a rule, as `field: why`; our own words, in the shape of Kibana's. Before 8 unknown fields are. */
export function ruleProblems(rule: JsonObject, version: string): string[] {
  const type = String(rule['type'] ?? '');
  const check = checks.get(type);
  if (check === undefined) return [`type: Invalid discriminator value. Expected ${[...checks.keys()].join(' | ')}`];
  if (!check(rule)) return (check.errors ?? []).map(worded);
  const known = knownFields(rule);
  const others = Object.keys(rule).filter((key) => known[key] === undefined);
  return others.length > 0 && Number.parseInt(version, 10) < 8 ? [`invalid keys "${others.join(',')}"`] : [];
}

function worded({ instancePath, keyword, params, message }: ErrorObject): string {
  const path = instancePath.slice(1).replaceAll('/', '.');
  if (keyword !== 'required') return `${path}: ${message ?? keyword}`;
  const field = String((params as { missingProperty: string }).missingProperty);
  return `${path === '' ? '' : `${path}.`}${field}: Required`;
}

/** A rule with the fields of its type alone: others are dropped without a word, as Kibana does since 8. */
export function knownFields(rule: JsonObject): JsonObject {
  const known = ['type', ...Object.keys({ ...common, ...types[String(rule['type'])]?.properties })];
  return Object.fromEntries(Object.entries(rule).filter(([key]) => known.includes(key)));
}

/** What a rule has where nothing else is said. A new rule is on: who does not want that must say so. */
export function withDefaults(rule: JsonObject): JsonObject {
  const jobs = rule['machine_learning_job_id'];
  const searches = ['query', 'threshold', 'threat_match', 'new_terms'].includes(String(rule['type']));
  return {
    actions: [],
    author: [],
    enabled: true,
    exceptions_list: [],
    false_positives: [],
    from: 'now-6m',
    immutable: false,
    interval: '5m',
    max_signals: 100,
    output_index: '',
    references: [],
    related_integrations: [],
    required_fields: [],
    risk_score_mapping: [],
    rule_source: { type: 'internal' },
    setup: '',
    severity_mapping: [],
    tags: [],
    threat: [],
    to: 'now',
    version: 1,
    ...(searches ? { query: '', language: 'kuery' } : {}),
    ...rule,
    ...(jobs === undefined ? {} : { machine_learning_job_id: [jobs].flat() }),
  };
}
