import { at, fits, type Json, type JsonObject, listOr, objectOr } from './json.ts';
import { fitsQuery } from './search.ts';
import type { DatafeedState, Stack } from './stack.ts';

/**
 * Lets every datafeed that runs search once: its job has read then what of its indices fits its query, as it was at the
 * last refresh. The real server does so all the time; here it is done whenever somebody asks for figures or stops one.
 */
export function feed(stack: Stack): void {
  for (const [id, state] of stack.datafeeds) if (state.status === 'started') searchOnce(stack, id, state);
}

function searchOnce(stack: Stack, id: string, state: DatafeedState): void {
  const { config } = state;
  stack.datafeeds.set(id, { ...state, searches: (state.searches ?? 0) + 1 });
  const job = stack.jobs.get(String(config['job_id']));
  if (job?.status !== 'opened') return;
  const field = String(at(job.config, 'data_description', 'time_field')).split('.');
  const found = matching(stack, listOr(config['indices']), objectOr(config['query']));
  const read = found.map((source) => Date.parse(String(at(source, ...field))));
  const latest = read.length === 0 ? {} : { latest: Math.max(...read) };
  stack.jobs.set(String(config['job_id']), { ...job, records: read.length, ...latest });
}

/** The documents of some indices that fit a query, as they were at the last refresh. */
export function matching({ indices }: Stack, patterns: readonly Json[], query: JsonObject): JsonObject[] {
  return [...indices]
    .filter(([name]) => patterns.some((pattern) => fits(name, String(pattern))))
    .flatMap(([, { visible }]) => [...visible])
    .filter(([key, { source }]) => fitsQuery(query, key, source))
    .map(([, { source }]) => source);
}
