import type { DeployListener } from '../../deploy/execution.ts';
import type { DeployOperation } from '../../domain/deployment.ts';
import { safe } from '../../domain/safe.ts';
import type { Host } from '../../host.ts';
import { deploymentSigns } from '../../reporters/deployment.ts';

/** Tells a person of each event of a deployment. */
export function deployProgress({ progress }: Host): DeployListener {
  const say = (key: string, text: string, done = true): void => progress({ key, text, done });
  return (event) => {
    switch (event.type) {
      case 'doing':
        if (event.operation.do !== 'keep') say(keyOf(event.operation), `apply    ${textOf(event.operation)}`, false);
        return;
      case 'done':
        if (event.operation.do !== 'keep') say(keyOf(event.operation), `apply    ${textOf(event.operation)}`);
        return;
      case 'undoing':
        return say('undoing', 'undoing  what was done is put back');
      case 'undone':
        return say(`undone ${keyOf(event.operation)}`, `undone   ${textOf(event.operation)}`);
      case 'left':
        return say(`left ${event.object.id}`, `left     ${event.object.type} ${safe(event.object.id)}: ${event.why}`);
      case 'begun':
      case 'finished':
        return;
    }
  };
}

function keyOf(operation: DeployOperation): string {
  return operation.do === 'prove' ? `prove ${operation.proof}` : `${operation.object.type}/${operation.object.id}`;
}

function textOf(operation: DeployOperation): string {
  if (operation.do === 'prove') return `? proof of what was put there, by ${safe(operation.proof)}`;
  return `${deploymentSigns[operation.do]} ${operation.object.type} ${safe(operation.object.id)}`;
}
