import { isArray, member, type Value } from '../../domain/document.ts';
import { type Health, tally } from '../../domain/health.ts';
import { safe } from '../../domain/safe.ts';
import type { TargetClient } from '../http/client.ts';
import { countOf, figuresOf, momentOf, wordsOf } from './health.ts';
import { analyticsCollection, datafeedCollection, jobCollection, statsOf } from './learning.ts';

/** How an anomaly detection job does: failed, waiting for a node, out of memory, closed, or at work. */
export async function jobHealth(client: TargetClient, id: string): Promise<Health | undefined> {
  const stats = await statsOf(client, jobCollection, id);
  if (stats === undefined) return undefined;
  const [state, why] = [stateOf(stats), wordsOf(stats, 'assignment_explanation')];
  const records = countOf(stats, 'data_counts', 'processed_record_count');
  const latest = momentOf(member(stats, 'data_counts'), 'latest_record_timestamp');
  const memory = wordsOf(member(stats, 'model_size_stats'), 'memory_status');
  const figures = figuresOf({ state, records, latest, memory, explanation: why });
  if (state === 'failed') return { state: 'ill', text: because('failed', why), figures };
  if (waits(stats, why)) return { state: 'ill', text: because(`${state}, and on no node`, why), figures };
  if (memory === 'hard_limit') {
    return { state: 'ill', text: 'its memory is full (`hard_limit`): it leaves out what is new', figures };
  }
  if (state !== 'opened') return { state: 'quiet', text: because(state, why), figures };
  if (records === 0) return { state: 'quiet', text: 'opened, no record yet', figures };
  const until = latest === undefined ? '' : `, the latest of ${latest}`;
  return { state: 'healthy', text: `${tally(records, 'record')}${until}`, figures };
}

/** How a datafeed does: waiting for a node, stopped, or searching. */
export async function datafeedHealth(client: TargetClient, id: string): Promise<Health | undefined> {
  const stats = await statsOf(client, datafeedCollection, id);
  if (stats === undefined) return undefined;
  const [state, why] = [stateOf(stats), wordsOf(stats, 'assignment_explanation')];
  const searches = countOf(stats, 'timing_stats', 'search_count');
  const figures = figuresOf({ state, searches, explanation: why });
  if (waits(stats, why)) return { state: 'ill', text: because(`${state}, and on no node`, why), figures };
  if (state !== 'started') return { state: 'quiet', text: because(state, why), figures };
  if (searches === 0) return { state: 'quiet', text: 'started, no search yet', figures };
  return { state: 'healthy', text: tally(searches, 'search', 'searches'), figures };
}

/** How data-frame analytics do: failed, waiting for a node, finished, stopped before their end, or at work. */
export async function analyticsHealth(client: TargetClient, id: string): Promise<Health | undefined> {
  const stats = await statsOf(client, analyticsCollection, id);
  if (stats === undefined) return undefined;
  const [state, why] = [stateOf(stats), wordsOf(stats, 'assignment_explanation')];
  const reason = wordsOf(stats, 'failure_reason');
  const phases = member(stats, 'progress');
  const percents = (isArray(phases) ? phases : []).map((phase) => countOf(phase, 'progress_percent'));
  const progress =
    percents.length === 0 ? 0 : Math.floor(percents.reduce((sum, each) => sum + each, 0) / percents.length);
  const figures = figuresOf({ state, progress, explanation: why, reason });
  if (state === 'failed') return { state: 'ill', text: because('failed', reason ?? why), figures };
  if (waits(stats, why)) return { state: 'ill', text: because(`${state}, and on no node`, why), figures };
  if (percents.length > 0 && percents.every((percent) => percent === 100)) {
    return { state: 'healthy', text: 'finished', figures };
  }
  if (state === 'stopped') return { state: 'quiet', text: because(`stopped at ${progress} %`, why), figures };
  return { state: 'healthy', text: `${state}, ${progress} % done`, figures };
}

function stateOf(stats: Value): string {
  const state = member(stats, 'state');
  return typeof state === 'string' ? safe(state) : 'in no state';
}

/** Whether something was set going and no node does it, which servers explain. */
function waits(stats: Value, why: string | undefined): boolean {
  const idle = ['closed', 'stopped'].includes(stateOf(stats));
  return !idle && why !== undefined && member(stats, 'node') === undefined;
}

function because(what: string, why: string | undefined): string {
  return why === undefined ? what : `${what}: ${why}`;
}
