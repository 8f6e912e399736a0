import { Refusal, refusal } from './exchange.ts';
import { at, isObject, type Json, type JsonObject, listOr, objectOr } from './json.ts';
import type { DocumentState, IndexState } from './stack.ts';
import type { ServerVersion } from './version.ts';

interface Hit {
  readonly index: string;
  readonly id: string;
  readonly document: DocumentState;
  readonly sort: readonly Json[];
}

interface Order {
  readonly field: string;
  readonly down: boolean;
  readonly unmapped: boolean;
}

/** What a search finds: in what was there at the last refresh. Queries: match_all, term, terms, ids, exists, bool. */
export function searched(
  indices: readonly (readonly [string, IndexState])[],
  body: Json | undefined,
  query: URLSearchParams,
  version: ServerVersion,
): JsonObject {
  // `sort=field:desc,other` in the address goes before the body.
  const asked = query
    .get('sort')
    ?.split(',')
    .map((text): Json => {
      const [field = '', how = 'asc'] = text.split(':');
      return { [field]: how };
    });
  const orders = (asked ?? listOr([at(body, 'sort') ?? []].flat() as Json[])).map(orderOf);
  for (const [name, state] of indices) for (const order of orders) checkOrder(name, state, order);
  const hits = indices.flatMap(([index, { visible }]) =>
    [...visible]
      .filter(([id, { source }]) => fitsQuery(objectOr(at(body, 'query') ?? { match_all: {} }), id, source))
      .map(
        ([id, document]): Hit => ({
          index,
          id,
          document,
          sort: orders.map((order) => sortValue(order, document.source)),
        }),
      ),
  );
  hits.sort((a, b) => compare(a, b, orders));
  const from = Number(query.get('from') ?? at(body, 'from') ?? 0);
  const shown = hits.slice(from, from + Number(query.get('size') ?? at(body, 'size') ?? 10));
  const numbered = at(body, 'seq_no_primary_term') === true || query.get('seq_no_primary_term') === 'true';
  return {
    took: 1,
    timed_out: false,
    _shards: { total: indices.length, successful: indices.length, skipped: 0, failed: 0 },
    hits: {
      total: { value: hits.length, relation: 'eq' },
      max_score: orders.length > 0 || hits.length === 0 ? null : 1,
      hits: shown.map(({ index, id, document, sort }) => ({
        _index: index,
        ...(version.types ? { _type: '_doc' } : {}),
        _id: id,
        ...(numbered ? { _seq_no: document.seqNo, _primary_term: 1 } : {}),
        _score: orders.length > 0 ? null : 1,
        ...(at(body, '_source') === false ? {} : { _source: document.source }),
        ...(orders.length > 0 ? { sort } : {}),
      })),
    },
  };
}

function orderOf(entry: Json): Order {
  const [field, how] = typeof entry === 'string' ? [entry, 'asc'] : (Object.entries(objectOr(entry))[0] ?? ['', 'asc']);
  const direction = isObject(how) ? (how['order'] ?? 'asc') : how;
  return { field, down: direction === 'desc', unmapped: isObject(how) && how['unmapped_type'] !== undefined };
}

function checkOrder(index: string, { uuid, mappings }: IndexState, { field, unmapped }: Order): void {
  if (unmapped || ['_doc', '_id', '_score', '_seq_no'].includes(field)) return;
  const path = field.split('.').flatMap((key) => ['properties', key]);
  const mapping = at(mappings, ...path);
  if (isObject(mapping) && mapping['type'] !== 'text') return;
  const detail =
    mapping === undefined
      ? {
          type: 'query_shard_exception',
          reason: `No mapping found for [${field}] in order to sort on`,
          index_uuid: uuid,
          index,
        }
      : {
          type: 'illegal_argument_exception',
          reason: `Text fields are not optimised for operations that require per-document field data like aggregations and sorting, so these operations are disabled by default. Please use a keyword field instead.`,
        };
  throw new Refusal(400, {
    type: 'search_phase_execution_exception',
    reason: 'all shards failed',
    phase: 'query',
    grouped: true,
    failed_shards: [{ shard: 0, index, node: 'node-id-0', reason: detail }],
  });
}

function sortValue({ field }: Order, source: JsonObject): Json {
  return at(source, ...field.split('.')) ?? null;
}

function compare(a: Hit, b: Hit, orders: readonly Order[]): number {
  for (const [place, { down }] of orders.entries()) {
    const [one, other] = [a.sort[place] ?? null, b.sort[place] ?? null];
    if (one === other) continue;
    // Without a value is last in either direction.
    if (one === null || other === null) return one === null ? 1 : -1;
    return one < other === down ? 1 : -1;
  }
  return a.document.seqNo - b.document.seqNo;
}

/** Whether a document fits a query. */
export function fitsQuery(query: JsonObject, id: string, source: JsonObject): boolean {
  return Object.entries(query).every(([kind, inner]) => {
    const [field = '', wanted = null] = Object.entries(objectOr(inner))[0] ?? [];
    const value = field === '_id' ? id : at(source, ...field.split('.'));
    const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
    switch (kind) {
      case 'match_all':
        return true;
      case 'term':
        return values.includes(isObject(wanted) ? (wanted['value'] ?? null) : wanted);
      case 'terms':
        return values.some((one) => one !== undefined && listOr(wanted).includes(one));
      case 'ids':
        return listOr(at(inner, 'values')).includes(id);
      case 'exists':
        return at(source, ...String(at(inner, 'field')).split('.')) !== undefined;
      case 'bool':
        return fitsBool(objectOr(inner), id, source);
      default:
        throw refusal(400, 'parsing_exception', `unknown query [${kind}]`, { line: 1, col: 1 });
    }
  });
}

function fitsBool(bool: JsonObject, id: string, source: JsonObject): boolean {
  const clauses = (key: string): JsonObject[] => ([bool[key] ?? []].flat() as Json[]).map(objectOr);
  const should = clauses('should');
  return (
    [...clauses('must'), ...clauses('filter')].every((query) => fitsQuery(query, id, source)) &&
    !clauses('must_not').some((query) => fitsQuery(query, id, source)) &&
    (should.length === 0 || should.some((query) => fitsQuery(query, id, source)))
  );
}
