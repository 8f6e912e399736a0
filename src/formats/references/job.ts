import { member, type Value } from '../../domain/document.ts';
import type { Reference } from '../../domain/reference.ts';

/**
 * A job file is a wrapper `{name, type, body}` (elastic.md §7.3). A datafeed defines a datafeed and uses its job;
 * anything else defines a job, so that a file without a type still answers the rules that name it. An analytics
 * job and a datafeed are started by people: nothing in a bundle has to use them.
 */
export function jobReferences(value: Value, file: string): Reference[] {
  const name = member(value, 'name');
  const type = member(value, 'type');
  const body = member(value, 'body');
  const found: Reference[] = [];
  if (typeof name === 'string') {
    found.push({
      space: type === 'datafeed' ? 'datafeed' : 'job',
      id: name,
      role: 'defines',
      at: { file, pointer: '/name' },
      ...(type === 'anomaly_detection' ? {} : { entryPoint: true as const }),
    });
  }
  const job = member(body, 'job_id');
  if (type === 'datafeed' && typeof job === 'string') {
    found.push({ space: 'job', id: job, role: 'uses', at: { file, pointer: '/body/job_id' } });
  }
  return found;
}
