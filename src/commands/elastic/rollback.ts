import { isOfLine, standingOfLine } from '../../deploy/ownership.ts';
import { requireFinished } from '../../deploy/unfinished.ts';
import type { Deployment } from '../../domain/deployment.ts';
import { Failure } from '../../errors.ts';
import type { CommandResult } from '../../result.ts';
import type { Session } from '../../session.ts';
import { readRelease } from './content.ts';
import { lineOf } from './line.ts';
import { repair } from './repair.ts';
import { install } from './setup.ts';
import { openTarget } from './target.ts';

/**
 * Puts the release before the one that stands there back: which it was, and the digest that it had, the journal says;
 * its bytes come from the store.
 * @throws Failure `nothing-before`, and those of a deployment
 */
export async function rollback(session: Session): Promise<CommandResult> {
  if (session.inputs.repair === true) return await repair(session);
  const target = await openTarget(session);
  const deployments = await target.journal.list();
  requireFinished(deployments, target.who);
  const line = lineOf(session, deployments);
  const now = line === undefined ? undefined : standingOfLine(deployments, line);
  const before = line === undefined || now === undefined ? undefined : earlier(deployments, line, now);
  if (before?.release === undefined) {
    throw new Failure('nothing-before', `The journal of ${target.name} knows no release before the one that is there.`);
  }
  const { release: name, digest } = before;
  const content = await readRelease(session, { name, ...(digest === undefined ? {} : { digest }) });
  try {
    if (content.subject.verdict === 'reject') return { subjects: [content.subject], no: true };
    return await install(session, content, target, 'rollback');
  } finally {
    await content.dispose();
  }
}

/** The newest deployment of another release that came before what stands there, and was not itself gone back from. */
function earlier(
  deployments: readonly Deployment[],
  line: { family: string; prefix: string },
  now: Deployment,
): Deployment | undefined {
  const done = deployments
    .filter((each) => each.state === 'done' && isOfLine(each, line) && each.release !== undefined)
    .toSorted((a, b) => b.number - a.number);
  // A rollback took its release from an earlier deployment: going back again starts from there.
  const from =
    now.action === 'rollback' ? (done.find((each) => each.action === 'deploy' && same(each, now)) ?? now) : now;
  return done.find((each) => each.number < from.number && !same(each, now));
}

function same(a: Deployment, b: Deployment): boolean {
  return a.release === b.release && a.digest === b.digest;
}
