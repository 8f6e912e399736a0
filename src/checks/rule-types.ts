/**
 * Types of a detection rule, and the fields without which one cannot run beside those of every rule: the rule format
 * of elastic/detection-rules, and the required fields of Kibana's rule API (elastic.md §7.4).
 */
export const ruleTypes: Readonly<Record<string, readonly string[]>> = {
  query: ['query'],
  saved_query: ['saved_id'],
  eql: ['query'],
  esql: ['query'],
  threshold: ['query'],
  threat_match: ['query'],
  new_terms: ['query'],
  machine_learning: ['anomaly_threshold', 'machine_learning_job_id'],
};

/** The fields of the type, where it is known. */
export function fieldsOfType(type: unknown): readonly string[] | undefined {
  return typeof type === 'string' && Object.hasOwn(ruleTypes, type) ? ruleTypes[type] : undefined;
}
