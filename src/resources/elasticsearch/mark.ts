import { isObject, member, type Value } from '../../domain/document.ts';
import type { ActualObject } from '../../domain/resource.ts';
import type { Mark } from './elasticsearch.ts';

/** Our key inside `_meta` or `metadata`: what else stands there is the author's. */
export const markKey = 'ml_detection_release';

/** A body that says in its `_meta` whose it is. */
export function marked(body: Value, mark: Mark): Value {
  if (!isObject(body)) return body;
  const meta = member(body, '_meta');
  return { ...body, _meta: { ...(isObject(meta) ? meta : {}), [markKey]: { ...mark } } };
}

/** A body as its author wrote it: without our part of `_meta`, and without one that holds nothing else. */
export function unmarked(body: Value): Value {
  const meta = member(body, '_meta');
  if (!isObject(body) || !isObject(meta)) return body;
  const { _meta: _, ...bare } = body;
  const { [markKey]: __, ...rest } = meta;
  return Object.keys(rest).length === 0 ? bare : { ...bare, _meta: rest };
}

/** What a body says of itself. */
export function markOf(body: Value): Pick<ActualObject, 'meta'> {
  const mark = member(member(body, '_meta'), markKey);
  const [tool, release] = [member(mark, 'tool'), member(mark, 'release')];
  if (typeof tool !== 'string' || typeof release !== 'string') return {};
  return { meta: { tool, release } };
}
