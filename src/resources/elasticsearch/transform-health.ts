import { isArray, member, type Value } from '../../domain/document.ts';
import { type Health, tally } from '../../domain/health.ts';
import { countOf, figuresOf, wordsOf } from './health.ts';

/**
 * How a transform does, by its statistics: failed, stopped, finished, or at work. A server tries a search or a write that
 * failed again, so that such failures alone make nothing ill; what it says of the health itself does (8.5 and later).
 * @param continuous whether it goes on behind the end of its source
 */
export function transformHealth(stats: Value, continuous: boolean): Health {
  const [found, reason] = [wordsOf(stats, 'state'), wordsOf(stats, 'reason')];
  const state = found ?? 'in no state';
  const [read, written] = ['documents_processed', 'documents_indexed'].map((name) => countOf(stats, 'stats', name));
  const [documents, results] = [read ?? 0, written ?? 0];
  const failures = countOf(stats, 'stats', 'search_failures') + countOf(stats, 'stats', 'index_failures');
  const red = member(member(stats, 'health'), 'status') === 'red';
  const figures = figuresOf({ state, documents, results, failures, reason });
  if (state === 'failed' || red) return { state: 'ill', text: because(state, reason ?? issueOf(stats)), figures };
  const finished = !continuous && countOf(stats, 'checkpointing', 'last', 'checkpoint') > 0;
  if (state === 'stopped' && finished) return { state: 'healthy', text: 'finished', figures };
  if (!['started', 'indexing', 'waiting'].includes(state))
    return { state: 'quiet', text: because(state, reason), figures };
  if (documents === 0) return { state: 'quiet', text: `${state}, no document yet`, figures };
  const again = failures === 0 ? '' : `, ${tally(failures, 'failure')} tried again`;
  return {
    state: 'healthy',
    text: `${tally(documents, 'document')} read, ${tally(results, 'result')}${again}`,
    figures,
  };
}

/** The first thing that a server says is wrong. */
function issueOf(stats: Value): string | undefined {
  const issues = member(member(stats, 'health'), 'issues');
  const first = isArray(issues) ? issues[0] : undefined;
  return wordsOf(first, 'details') ?? wordsOf(first, 'issue');
}

function because(what: string, why: string | undefined): string {
  return why === undefined ? what : `${what}: ${why}`;
}
