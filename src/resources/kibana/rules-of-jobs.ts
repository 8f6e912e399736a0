import { isArray, member, type Value } from '../../domain/document.ts';
import { ruleKey } from '../../domain/rule-key.ts';
import type { Kibana } from './kibana.ts';

/** A rule that rests on jobs. */
export interface LearningRule {
  /** As the journal names it. */
  readonly id: string;
  readonly name: string;
  readonly jobs: readonly string[];
}

// A page of the API has 10,000 rules at most; one of these few has a megabyte or so.
const page = 500;

/** The rules of machine learning in the space that is meant. @throws Failure the client's */
export async function learningRules({ client, space }: Kibana): Promise<LearningRule[]> {
  const found: LearningRule[] = [];
  for (let number = 1; ; number += 1) {
    const query = {
      filter: 'alert.attributes.params.type: "machine_learning"',
      page: String(number),
      per_page: String(page),
    };
    const path = ['api', 'detection_engine', 'rules', '_find'];
    const data = member((await client.send({ method: 'GET', path, query })).value, 'data');
    const rows = isArray(data) ? data : [];
    found.push(...rows.flatMap((rule) => learningRule(rule, space) ?? []));
    if (rows.length < page) return found;
  }
}

function learningRule(rule: Value, space: string): LearningRule | undefined {
  const [ruleId, name, jobs] = [member(rule, 'rule_id'), member(rule, 'name'), member(rule, 'machine_learning_job_id')];
  if (typeof ruleId !== 'string') return undefined;
  const named = (isArray(jobs) ? jobs : [jobs]).filter((job) => typeof job === 'string');
  return { id: ruleKey({ space, ruleId }), name: typeof name === 'string' ? name : '', jobs: named };
}
