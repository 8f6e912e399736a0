import type { Exchange, Refusal } from './exchange.ts';
import { fits, type Json } from './json.ts';

/** Jobs, datafeeds or analytics by a path's id, `_all` and patterns; groups of jobs count as ids. */
export function picked<State>(
  all: ReadonlyMap<string, State>,
  { params, query }: Exchange,
  missing: (id: string) => Refusal,
  groups: (state: State) => readonly Json[] = () => [],
): [string, State][] {
  const asked = (params['id'] ?? '*').split(',').map((one) => (one === '_all' ? '*' : one));
  const takes = (pattern: string, id: string, state: State): boolean =>
    fits(id, pattern) || groups(state).some((group) => fits(String(group), pattern));
  const absent = asked.find((one) => ![...all].some(([id, state]) => takes(one, id, state)));
  if (absent !== undefined && (!absent.includes('*') || query.get('allow_no_match') === 'false')) throw missing(absent);
  return [...all]
    .filter(([id, state]) => asked.some((one) => takes(one, id, state)))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
