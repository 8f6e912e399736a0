import { isArray, isObject, member, type Value } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { datum } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { nearest } from '../near.ts';
import { fieldsOfType, ruleTypes } from '../rule-types.ts';

/** What is wrong with the value of a field, as the end of a sentence. */
const wants: Readonly<Record<string, (value: Value) => string | undefined>> = {
  name: text,
  rule_id: text,
  type: (value) => (fieldsOfType(value) ? undefined : `one of ${Object.keys(ruleTypes).join(', ')}`),
  query: text,
  saved_id: text,
  // Kibana's `AnomalyThreshold`: a score of the anomaly results.
  anomaly_threshold: (value) =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 100 ? undefined : 'a whole number from 0 to 100',
  machine_learning_job_id: (value) =>
    (isArray(value) && value.length > 0 ? value : [value]).every((job) => text(job) === undefined)
      ? undefined
      : 'a job name, or a list of them',
};

/** A field is there, and no engine can use it (elastic.md §7.4). */
export const ruleFieldType = defineCheck({
  id: 'rule-field-type',
  severity: 'error',
  scan: true,
  title: 'A field of a rule holds a value that it cannot have',
  help: 'Write a value of the type that the message names.',
  run: (context) =>
    eachDocument(context, 'elastic-rule', function* ({ value, at }) {
      const rule = member(value, 'rule');
      if (rule !== undefined && !isObject(rule)) {
        yield { message: `\`rule\` must be a table, and is ${datum(rule)}.`, at: at('/rule') };
      }
      for (const [field, want] of Object.entries(wants)) {
        const found = member(rule, field);
        const wanted = found === undefined ? undefined : want(found);
        if (found === undefined || wanted === undefined) continue;
        const near = field === 'type' && typeof found === 'string' ? nearest(found, Object.keys(ruleTypes)) : undefined;
        yield {
          message: `\`${field}\` must be ${wanted}, and is ${datum(found)}.`,
          ...(near === undefined ? {} : { help: `Did you mean \`${near}\`?` }),
          at: at(`/rule/${field}`),
        };
      }
    }),
});

function text(value: Value): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? undefined : 'a text';
}
