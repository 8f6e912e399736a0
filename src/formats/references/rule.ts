import { isArray, member, type Value } from '../../domain/document.ts';
import type { Reference } from '../../domain/reference.ts';

/** A detection rule defines its name and its `rule_id`, and uses the jobs that it names (a string or an array). */
export function ruleReferences(value: Value, file: string): Reference[] {
  const rule = member(value, 'rule');
  const found: Reference[] = [];
  const name = member(rule, 'name');
  const id = member(rule, 'rule_id');
  const at = (key: string) => ({ file, pointer: `/rule/${key}` });
  if (typeof name === 'string')
    found.push({ space: 'rule', id: name, role: 'defines', at: at('name'), entryPoint: true });
  if (typeof id === 'string') {
    found.push({ space: 'rule-id', id, role: 'defines', at: at('rule_id'), entryPoint: true });
  }
  const jobs = member(rule, 'machine_learning_job_id');
  if (typeof jobs === 'string') {
    found.push({ space: 'job', id: jobs, role: 'uses', at: at('machine_learning_job_id') });
  } else if (isArray(jobs)) {
    jobs.forEach((job, index) => {
      if (typeof job !== 'string') return;
      found.push({ space: 'job', id: job, role: 'uses', at: at(`machine_learning_job_id/${index}`) });
    });
  }
  return found;
}
