import { type Line, standingOfLine } from '../../deploy/ownership.ts';
import type { DeployRequest } from '../../deploy/request.ts';
import type { Deployment } from '../../domain/deployment.ts';
import type { ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { KibanaAccess } from './kibana.ts';
import { isOfKibana } from './target-types.ts';

/** Whether a request looks for anything in Kibana. */
export function concernsKibana(
  { desired, named = [], selects = () => true }: DeployRequest,
  held: Deployment | undefined,
): boolean {
  const standing = (held?.objects ?? []).map(({ object }) => object).filter(selects);
  return [...desired, ...named, ...standing].some(isOfKibana);
}

/** Whether the steps of a deployment are about anything in Kibana. */
export function reachesKibana({ steps }: Deployment): boolean {
  return steps.some(({ operation }) => operation.do !== 'prove' && isOfKibana(operation.object));
}

/**
 * Whether what a deployment put into Kibana stands in another one than is given; false where neither is known, and where
 * nothing of it is left there.
 */
export function isElsewhere(deployment: Deployment, given: KibanaAccess): boolean {
  const { kibana, state, objects } = deployment;
  const stands = state === 'done' ? objects.some(({ object }) => isOfKibana(object)) : reachesKibana(deployment);
  return stands && kibana !== undefined && given.given && given.address !== kibana;
}

/**
 * That what a deployment has in Kibana is looked for where it stands: in another Kibana it would count as gone, and be
 * forgotten.
 * @param anyway whether a person says that it is the same one under another address
 * @throws Failure `kibana-differs`
 */
export function requireSameKibana(deployment: Deployment | undefined, given: KibanaAccess, anyway: boolean): void {
  if (deployment === undefined || anyway || !isElsewhere(deployment, given)) return;
  const [there, here] = [safe(deployment.kibana ?? '', 1000), safe(given.address ?? '', 1000)];
  throw new Failure(
    'kibana-differs',
    `Deployment ${deployment.number} has objects in the Kibana at ${there}, and this is ${here}.`,
  );
}

/**
 * The address that a record of the journal keeps: of the Kibana that the plan is about, or where what it leaves alone
 * stands.
 */
export function kibanaOfRecord(
  plan: Line & { readonly operations: readonly { readonly do: string; readonly object?: ObjectKey }[] },
  deployments: readonly Deployment[],
  given: KibanaAccess,
): { readonly kibana?: string } {
  const touches = plan.operations.some(({ object }) => object !== undefined && isOfKibana(object));
  const kibana = touches ? given.address : standingOfLine(deployments, plan)?.kibana;
  return kibana === undefined ? {} : { kibana };
}
