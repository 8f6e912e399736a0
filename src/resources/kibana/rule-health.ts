import { isObject, member, type Value } from '../../domain/document.ts';
import type { Health } from '../../domain/health.ts';
import { safe } from '../../domain/safe.ts';

/** How a detection rule last ran, whatever version of Kibana says it. */
interface LastRun {
  readonly status: string;
  /** ISO 8601. */
  readonly date: string | undefined;
  readonly message: string | undefined;
}

/** Words of Kibana for a run that found everything it searched. */
const well = ['succeeded', 'running', 'going to run'];

/**
 * How a rule does, by its last execution as Kibana answers it with the rule. One that ran and could not see all that it
 * searches (`partial failure`: an index that is missing, a job that is not started) finds nothing there: that is ill.
 */
export function ruleHealth(rule: Value): Health {
  const enabled = member(rule, 'enabled') === true;
  const last = lastRun(rule);
  const figures = {
    enabled: String(enabled),
    ...(last === undefined ? {} : { status: last.status }),
    ...(last?.date === undefined ? {} : { date: last.date }),
    ...(last?.message === undefined ? {} : { message: last.message }),
  };
  if (!enabled) return { state: 'quiet', text: 'switched off', figures };
  if (last === undefined) return { state: 'quiet', text: 'has not run yet', figures };
  const when = last.date === undefined ? '' : ` at ${last.date}`;
  if (well.includes(last.status)) return { state: 'healthy', text: `${last.status}${when}`, figures };
  const why = last.message === undefined ? '' : `: ${last.message}`;
  return { state: 'ill', text: `${last.status}${when}${why}`, figures };
}

/** From 8.0 on a rule has `execution_summary`; before, the same in members of its own. */
function lastRun(rule: Value): LastRun | undefined {
  const run = member(member(rule, 'execution_summary'), 'last_execution');
  const [status, date, message] = isObject(run)
    ? ['status', 'date', 'message'].map((name) => member(run, name))
    : ['status', 'status_date', 'last_failure_message'].map((name) => member(rule, name));
  if (typeof status !== 'string') return undefined;
  return { status: safe(status), date: words(date), message: words(message) };
}

function words(value: Value | undefined): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return safe(value.trim(), 300).replace(/\.$/, '');
}
