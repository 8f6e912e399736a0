import { forkOf } from '../../action-event.ts';
import { safe } from '../../domain/safe.ts';
import type { Host } from '../../host.ts';
import type { Condition } from '../../stores/preflight.ts';

/** What the run of a workflow may do, by the event that started it; nothing elsewhere. */
export function runConditions(env: Host['env']): Condition[] {
  if (env['GITHUB_ACTIONS'] !== 'true') return [];
  const { GITHUB_EVENT_NAME: event = '', GITHUB_REF: ref = '', GITHUB_ACTOR: actor } = env;
  const subject = 'run';
  const code = 'github-forbidden';
  if (forkOf(env) !== undefined) {
    const message = 'A pull request from a fork started it: such a run never may write, whatever is set.';
    const help = 'Rehearse there with `--dry-run`, and release from a tag of the repository itself.';
    return [{ subject, state: 'missing', code, message, help }];
  }
  if (actor === 'dependabot[bot]') {
    const message = 'Dependabot started it: such a run may read only, and sees none of the secrets of Actions.';
    return [{ subject, state: 'missing', code, message, help: 'Release from a tag that a person pushed.' }];
  }
  const message = `Started by \`${safe(event)}\`${ref === '' ? '' : ` on \`${safe(ref)}\``}.`;
  return [{ subject, state: 'good', message }];
}
