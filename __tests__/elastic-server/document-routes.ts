import { randomUUID } from 'node:crypto';
import { bodyOf, type Exchange, type Reply, type Route, refusal } from './exchange.ts';
import { found, makeIndex, missingIndex, refreshed } from './index-routes.ts';
import { checkStrict, learnt, requireShards } from './index-shape.ts';
import { journeyOf, run } from './ingest.ts';
import { at, type JsonObject } from './json.ts';
import { searched } from './search.ts';
import type { DocumentState, IndexState } from './stack.ts';

const writing = ['refresh', 'pipeline', 'if_seq_no', 'if_primary_term', 'op_type', 'wait_for_active_shards', 'routing'];
const write = { indices: 'index', query: writing, action: 'indices:data/write/index', answer: writeDocument };
const create = { ...write, action: 'indices:data/write/index:op_type/create' };
const search = {
  action: 'indices:data/read/search',
  indices: 'index',
  query: [
    'ignore_unavailable',
    'allow_no_indices',
    'expand_wildcards',
    'size',
    'from',
    'sort',
    'q',
    'seq_no_primary_term',
  ],
  answer: searchDocuments,
};

/** Documents. Answers were compared with those of a real 7.10.2. */
export const documentRoutes: readonly Route[] = [
  { method: 'PUT', template: '/{index}/_create/{id}', ...create },
  { method: 'POST', template: '/{index}/_create/{id}', ...create },
  { method: 'PUT', template: '/{index}/_doc/{id}', ...write },
  { method: 'POST', template: '/{index}/_doc/{id}', ...write },
  { method: 'POST', template: '/{index}/_doc', ...write },
  {
    method: 'GET',
    template: '/{index}/_doc/{id}',
    action: 'indices:data/read/get',
    indices: 'index',
    query: ['realtime', 'refresh', '_source', 'routing'],
    answer: readDocument,
  },
  {
    method: 'DELETE',
    template: '/{index}/_doc/{id}',
    action: 'indices:data/write/delete',
    indices: 'index',
    query: writing,
    answer: deleteDocument,
  },
  { method: 'POST', template: '/{index}/_search', ...search },
  { method: 'GET', template: '/{index}/_search', ...search },
];

interface Place {
  readonly name: string;
  readonly id: string;
  readonly state: IndexState;
}

async function writeDocument(exchange: Exchange): Promise<Reply> {
  const { stack, params, query, path } = exchange;
  requireShards(stack, params['index'] ?? '');
  const [name, id] = [params['index'] ?? '', params['id'] ?? randomUUID().replaceAll('-', '').slice(0, 20)];
  const source = await ingested(exchange, name, bodyOf(exchange));
  if (source === undefined) return { status: 200, body: { _index: name, _id: id, result: 'noop' } };
  const state = stack.indices.get(name) ?? makeIndex(stack, name, {});
  const place = { name, id, state };
  const before = state.documents.get(id);
  checkVersion(place, before, query);
  if (before !== undefined && (path.includes('/_create/') || query.get('op_type') === 'create'))
    throw conflict(place, `document already exists (current version [${before.version}])`);
  checkStrict(state.mappings, source);
  state.mappings = learnt(state.mappings, source);
  const version = (before?.version ?? state.deleted.get(id) ?? 0) + 1;
  const document = { source, seqNo: state.nextSeqNo++, version };
  state.documents.set(id, document);
  return written(exchange, place, document, before === undefined ? 'created' : 'updated');
}

/** The source as the pipelines of request and index leave it; undefined where one dropped it. */
async function ingested(exchange: Exchange, name: string, source: JsonObject): Promise<JsonObject | undefined> {
  const { stack, query, golden, programs } = exchange;
  const settings = stack.indices.get(name)?.settings;
  const pipelines = await exchange.pipelines();
  const journey = journeyOf(source);
  const asked = [
    query.get('pipeline') ?? at(settings, 'index', 'default_pipeline'),
    at(settings, 'index', 'final_pipeline'),
  ];
  for (const id of asked) {
    if (typeof id !== 'string' || id === '_none' || journey.dropped) continue;
    const pipeline = pipelines.get(id);
    if (pipeline === undefined)
      throw refusal(400, 'illegal_argument_exception', `pipeline with id [${id}] does not exist`);
    run(journey, id, pipeline, { stack, pipelines, golden, programs, counted: true }, []);
  }
  return journey.dropped ? undefined : journey.fields;
}

function checkVersion({ name, id, state }: Place, before: DocumentState | undefined, query: URLSearchParams): void {
  const [seqNo, term] = [query.get('if_seq_no'), query.get('if_primary_term')];
  if (seqNo === null && term === null) return;
  if (before !== undefined && String(before.seqNo) === seqNo && term === '1') return;
  const current =
    before === undefined
      ? 'but no document was found'
      : `current document has seqNo [${before.seqNo}] and primary term [1]`;
  throw conflict({ name, id, state }, `required seqNo [${seqNo}], primary term [${term}]. ${current}`);
}

function conflict({ name, id, state }: Place, why: string): ReturnType<typeof refusal> {
  const more = { index_uuid: state.uuid, shard: '0', index: name };
  return refusal(409, 'version_conflict_engine_exception', `[${id}]: version conflict, ${why}`, more);
}

function written(
  { query, version }: Exchange,
  { name, id, state }: Place,
  document: DocumentState,
  result: string,
): Reply {
  // The real server refreshes by itself within a second; a client that does not ask for it must not rely on that.
  if (['', 'true', 'wait_for'].includes(query.get('refresh') ?? 'false')) refreshed(state);
  const body = {
    _index: name,
    ...(version.types ? { _type: '_doc' } : {}),
    _id: id,
    _version: document.version,
    result,
    _shards: { total: 1, successful: 1, failed: 0 },
    _seq_no: document.seqNo,
    _primary_term: 1,
  };
  return { status: result === 'created' ? 201 : result === 'not_found' ? 404 : 200, body };
}

function readDocument({ stack, params, version }: Exchange): Reply {
  const [name, id] = [params['index'] ?? '', params['id'] ?? ''];
  const state = stack.indices.get(name);
  if (state === undefined) throw missingIndex(name, 'index_expression');
  const head = { _index: name, ...(version.types ? { _type: '_doc' } : {}), _id: id };
  const document = state.documents.get(id);
  if (document === undefined) return { status: 404, body: { ...head, found: false } };
  const { source, seqNo, version: number } = document;
  const body = { ...head, _version: number, _seq_no: seqNo, _primary_term: 1, found: true, _source: source };
  return { status: 200, body };
}

function deleteDocument(exchange: Exchange): Reply {
  const { stack, params, query } = exchange;
  const [name, id] = [params['index'] ?? '', params['id'] ?? ''];
  const state = stack.indices.get(name);
  if (state === undefined) throw missingIndex(name);
  const before = state.documents.get(id);
  checkVersion({ name, id, state }, before, query);
  const version = (before?.version ?? state.deleted.get(id) ?? 0) + 1;
  state.deleted.set(id, version);
  state.documents.delete(id);
  const document = { source: {}, seqNo: state.nextSeqNo++, version };
  return written(exchange, { name, id, state }, document, before === undefined ? 'not_found' : 'deleted');
}

function searchDocuments(exchange: Exchange): Reply {
  const { stack, params, query, version } = exchange;
  return { status: 200, body: searched(found(stack, params['index'], query), exchange.body, query, version) };
}
