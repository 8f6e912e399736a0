import type { Deployment } from '../domain/deployment.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import { type Standing, standingOf } from '../stores/directory/holder.ts';
import type { Deployer } from './execution.ts';

/**
 * Minutes after which a process elsewhere counts as gone that has written nothing into the journal: longer than the
 * largest model takes to upload, since each step is written down before it begins.
 */
const silence = 15;

/** The newest deployment, where it is not finished. @param deployments newest first */
export function unfinishedOf([newest]: readonly Deployment[]): Deployment | undefined {
  return newest?.state === 'running' || newest?.state === 'undoing' ? newest : undefined;
}

/**
 * To be called before a plan is made.
 * @throws Failure `deployment-held` where somebody is at it, `deployment-unfinished` where it was left
 */
export function requireFinished(deployments: readonly Deployment[], who: Deployer): void {
  const unfinished = unfinishedOf(deployments);
  if (unfinished === undefined) return;
  requireLeft(unfinished, who);
  throw new Failure('deployment-unfinished', `${described(unfinished)} was left unfinished.`, {
    help: `Nothing was changed now. First put back what it changed:\n${who.repair}`,
  });
}

/**
 * That a deployment was left by whoever made it, as far as can be known.
 * @throws Failure `deployment-held` where that process lives, or wrote a short while ago on another machine
 */
export function requireLeft(deployment: Deployment, { process, now }: Deployer): void {
  const standing = standingOf(holderOf(deployment.process), holderOf(process));
  const age = (now().getTime() - Date.parse(deployment.writtenAt)) / 60_000;
  if (!isHolding(standing, age)) return;
  const last = `last heard of at ${safe(deployment.writtenAt)}`;
  throw new Failure('deployment-held', `${described(deployment)} is under way, ${last}.`, {
    help:
      standing === 'alive'
        ? 'Wait until it ends, and run the command again.'
        : `Wait until it ends. If it does not run any more, it can be repaired ${silence} minutes after its last word, or now with --take-over.`,
  });
}

function isHolding(standing: Standing, age: number): boolean {
  // A record from the future is of another clock: nothing is known of its age.
  return standing === 'alive' || (standing === 'unknown' && age < silence);
}

function described({ number, release, run, process, startedAt, action }: Deployment): string {
  const what = release === undefined ? action : `${action} of \`${safe(release)}\``;
  return `Deployment ${number} (${what}) by run \`${safe(run)}\` on \`${safe(process.host)}\`, begun at ${safe(startedAt)},`;
}

function holderOf({ host, pid, start, machine, boot, space }: Deployment['process']): Parameters<typeof standingOf>[0] {
  return { host, pid, start, machine, boot, space };
}
