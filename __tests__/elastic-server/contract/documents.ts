import type { JsonObject } from '../json.ts';
import { type Case, failure } from './case.ts';

const journal = {
  settings: { number_of_shards: 1, number_of_replicas: 0 },
  mappings: {
    dynamic: 'strict',
    properties: { a: { type: 'keyword' }, b: { type: 'long' }, body: { type: 'object', enabled: false } },
  },
};
const conflict = (reason: string): JsonObject => ({
  error: { type: 'version_conflict_engine_exception', reason, index: 'contract-j' },
});
const shards = { total: 1, successful: 1, failed: 0 };

/** Indices and documents as a journal needs them. */
export const documentCases: readonly Case[] = [
  {
    title: 'indices and their settings',
    steps: [
      ['GET', '/contract-j', undefined, 404, failureOfIndex('contract-j')],
      ['PUT', '/contract-j', journal, 200, { acknowledged: true, shards_acknowledged: true, index: 'contract-j' }],
      [
        'PUT',
        '/contract-j',
        journal,
        400,
        { error: { type: 'resource_already_exists_exception', index: 'contract-j' } },
      ],
      ['GET', '/contract-j/_mapping', undefined, 200, { 'contract-j': { mappings: journal.mappings } }],
      ['PUT', '/contract-j/_settings', { index: { default_pipeline: 'p1', final_pipeline: 'p2' } }, 200],
      [
        'GET',
        '/_all/_settings/index.default_pipeline,index.final_pipeline',
        undefined,
        200,
        { 'contract-j': { settings: { index: { default_pipeline: 'p1', final_pipeline: 'p2' } } } },
      ],
      [
        'GET',
        '/*/_settings/index.*_pipeline?flat_settings=true',
        undefined,
        200,
        { 'contract-j': { settings: { 'index.default_pipeline': 'p1', 'index.final_pipeline': 'p2' } } },
      ],
      ['PUT', '/contract-j/_settings', { 'index.default_pipeline': null }, 200],
      [
        'GET',
        '/contract-j/_settings?flat_settings=true',
        undefined,
        200,
        { 'contract-j': { settings: { 'index.number_of_replicas': '0', 'index.final_pipeline': 'p2' } } },
      ],
      ['DELETE', '/contract-j', undefined, 200],
      ['DELETE', '/contract-j', undefined, 404, failureOfIndex('contract-j')],
      ['PUT', '/Contract', {}, 400, { error: { reason: 'Invalid index name [Contract], must be lowercase' } }],
    ],
  },
  {
    title: 'made exclusively, changed by number and term',
    steps: [
      ['PUT', '/contract-j', journal, 200],
      [
        'PUT',
        '/contract-j/_create/1?refresh=wait_for',
        { a: 'x', b: 1 },
        201,
        { _id: '1', _version: 1, result: 'created', _shards: shards, _seq_no: 0, _primary_term: 1 },
      ],
      [
        'PUT',
        '/contract-j/_create/1',
        { a: 'x' },
        409,
        conflict('[1]: version conflict, document already exists (current version [1])'),
      ],
      ['POST', '/contract-j/_create/2', { a: 'y', b: 2 }, 201, { _seq_no: 1 }],
      [
        'PUT',
        '/contract-j/_doc/1?if_seq_no=0&if_primary_term=1',
        { a: 'z', b: 1 },
        200,
        { result: 'updated', _version: 2, _seq_no: 2 },
      ],
      [
        'PUT',
        '/contract-j/_doc/1?if_seq_no=0&if_primary_term=1',
        { a: 'late' },
        409,
        conflict(
          '[1]: version conflict, required seqNo [0], primary term [1]. current document has seqNo [2] and primary term [1]',
        ),
      ],
      [
        'DELETE',
        '/contract-j/_doc/9?if_seq_no=0&if_primary_term=1',
        undefined,
        409,
        conflict('[9]: version conflict, required seqNo [0], primary term [1]. but no document was found'),
      ],
      [
        'GET',
        '/contract-j/_doc/1',
        undefined,
        200,
        { found: true, _seq_no: 2, _primary_term: 1, _version: 2, _source: { a: 'z', b: 1 } },
      ],
      ['GET', '/contract-j/_doc/9', undefined, 404, { _id: '9', found: false }],
      ['GET', '/contract-n/_doc/9', undefined, 404, { error: { type: 'index_not_found_exception' } }],
      ['DELETE', '/contract-j/_doc/1', undefined, 200, { result: 'deleted', _version: 3, _seq_no: 3 }],
      ['DELETE', '/contract-j/_doc/1', undefined, 404, { result: 'not_found', _version: 4 }],
      [
        'PUT',
        '/contract-j/_doc/3',
        { zzz: 1 },
        400,
        failure(
          'strict_dynamic_mapping_exception',
          'mapping set to strict, dynamic introduction of [zzz] within [_doc] is not allowed',
        ),
      ],
      ['PUT', '/contract-j/_doc/3', { body: { whatever: [1, { x: 'y' }] } }, 201],
    ],
  },
  {
    title: 'searched and sorted after a refresh',
    steps: [
      ['PUT', '/contract-j', journal, 200],
      ['PUT', '/contract-j/_create/1', { a: 'x', b: 1 }, 201],
      ['PUT', '/contract-j/_create/2', { a: 'y', b: 2 }, 201],
      ['PUT', '/contract-j/_create/3', { a: 'y' }, 201],
      ['POST', '/contract-j/_refresh', undefined, 200, { _shards: { failed: 0 } }],
      [
        'POST',
        '/contract-j/_search',
        { sort: [{ b: 'desc' }], seq_no_primary_term: true },
        200,
        {
          hits: {
            total: { value: 3, relation: 'eq' },
            hits: [
              { _id: '2', _seq_no: 1, _primary_term: 1, _source: { a: 'y', b: 2 }, sort: [2] },
              { _id: '1', sort: [1] },
              { _id: '3' },
            ],
          },
        },
      ],
      [
        'POST',
        '/contract-j/_search',
        { query: { bool: { filter: [{ term: { a: 'y' } }, { terms: { b: [1, 2] } }] } } },
        200,
        { hits: { total: { value: 1 }, hits: [{ _id: '2' }] } },
      ],
      [
        'POST',
        '/contract-j/_search',
        { size: 1, from: 1, sort: [{ a: { order: 'asc' } }, { b: 'asc' }] },
        200,
        { hits: { hits: [{ _id: '2' }] } },
      ],
      [
        'POST',
        '/contract-j/_search',
        { sort: [{ nope: 'desc' }] },
        400,
        { error: { type: 'search_phase_execution_exception', reason: 'all shards failed' } },
      ],
      ['GET', '/contract-n/_search', undefined, 404, failureOfIndex('contract-n')],
      ['GET', '/contract-n/_search?ignore_unavailable=true', undefined, 200, { hits: { hits: [] } }],
    ],
  },
  {
    title: 'through the default pipeline and the final one',
    steps: [
      ['PUT', '/_ingest/pipeline/p1', { processors: [{ set: { field: 'a', value: 'first' } }] }, 200],
      ['PUT', '/_ingest/pipeline/p2', { processors: [{ set: { field: 'b', value: 7 } }] }, 200],
      ['PUT', '/contract-j', { ...journal, settings: { default_pipeline: 'p1', final_pipeline: 'p2' } }, 200],
      ['PUT', '/contract-j/_doc/1', {}, 201],
      ['GET', '/contract-j/_doc/1', undefined, 200, { _source: { a: 'first', b: 7 } }],
      ['PUT', '/contract-j/_doc/2?pipeline=_none', {}, 201],
      ['GET', '/contract-j/_doc/2', undefined, 200, { _source: { b: 7 } }],
      [
        'PUT',
        '/contract-j/_doc/3?pipeline=absent',
        {},
        400,
        failure('illegal_argument_exception', 'pipeline with id [absent] does not exist'),
      ],
    ],
  },
];

function failureOfIndex(name: string): ReturnType<typeof failure> {
  return failure('index_not_found_exception', `no such index [${name}]`, {
    'resource.type': 'index_or_alias',
    'resource.id': name,
    index_uuid: '_na_',
    index: name,
  });
}
