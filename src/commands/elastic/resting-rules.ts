import type { Attention } from '../../deploy/request.ts';
import type { DeployPlan } from '../../domain/deployment.ts';
import { keyText } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { learningRules } from '../../resources/kibana/rules-of-jobs.ts';
import type { KibanaAccess } from './kibana.ts';

/**
 * Names the rules that rest on jobs which go, and do not go with them: without their job they run, and find nothing.
 * Kibana is asked only where a job goes, and where it is said where it is.
 * @throws Failure see `connectKibana`, the client's
 */
export async function restingRules({ operations }: DeployPlan, kibana: KibanaAccess): Promise<Attention[]> {
  const gone = operations.flatMap((operation) => (operation.do === 'remove' ? [operation.object] : []));
  const jobs = gone.filter(({ type }) => type === 'job');
  if (jobs.length === 0 || !kibana.given) return [];
  const goes = new Set(gone.map(keyText));
  const rules = await learningRules(await kibana.open());
  const stay = rules.filter(({ id }) => !goes.has(keyText({ type: 'rule', id })));
  return jobs.flatMap((object) => {
    const resting = stay.filter((rule) => rule.jobs.includes(object.id));
    if (resting.length === 0) return [];
    const names = resting.map(({ id, name }) => `\`${safe(id)}\` (${safe(name)})`).join(', ');
    return [{ object, what: 'used' as const, text: `goes, and finds nothing any more for rule ${names}` }];
  });
}
