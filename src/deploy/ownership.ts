import type { DeployedObject, Deployment } from '../domain/deployment.ts';
import { keyText, type ObjectKey } from '../domain/resource.ts';

/**
 * Whose an object of a target is. `ours`: the journal knows the id and the digest; `changed`: it knows the id with
 * another digest, so somebody changed it by hand; `foreign`: it does not know the id.
 */
export type Ownership = 'ours' | 'changed' | 'foreign';

/** A family with a prefix of ids: the deployments of both come one after another. */
export interface Line {
  readonly family: string;
  readonly prefix: string;
}

/** The newest finished deployment of each line: what the target holds of ours now. */
export function standingDeployments(deployments: readonly Deployment[]): Deployment[] {
  const lines = new Map<string, Deployment>();
  const done = deployments.filter(({ state }) => state === 'done').toSorted((a, b) => b.number - a.number);
  for (const deployment of done) {
    const line = JSON.stringify([deployment.family, deployment.prefix]);
    if (!lines.has(line)) lines.set(line, deployment);
  }
  return [...lines.values()];
}

/** What a line's newest finished deployment left on the target; undefined before its first. */
export function standingOfLine(deployments: readonly Deployment[], line: Line): Deployment | undefined {
  return standingDeployments(deployments).find((deployment) => isOfLine(deployment, line));
}

/** Whether a deployment belongs to a line. */
export function isOfLine(deployment: Line, { family, prefix }: Line): boolean {
  return deployment.family === family && deployment.prefix === prefix;
}

/** The standing deployments that hold an object, newest first. */
export function holdersOf(standing: readonly Deployment[], key: ObjectKey): Deployment[] {
  return standing.filter(({ objects }) => heldAs(objects, key) !== undefined);
}

/** Whose an object is that has this digest now. */
export function ownershipOf(standing: readonly Deployment[], key: ObjectKey, digest: string): Ownership {
  const known = standing.flatMap(({ objects }) => heldAs(objects, key) ?? []);
  if (known.length === 0) return 'foreign';
  return known.some((object) => object.digest === digest) ? 'ours' : 'changed';
}

function heldAs(objects: readonly DeployedObject[], key: ObjectKey): DeployedObject | undefined {
  return objects.find(({ object }) => keyText(object) === keyText(key));
}
