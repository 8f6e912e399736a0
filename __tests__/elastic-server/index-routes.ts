import { acknowledged, bodyOf, type Exchange, type Refusal, type Reply, type Route, refusal } from './exchange.ts';
import { checkMappings, checkName } from './index-shape.ts';
import { at, fits, flattened, type JsonObject, merged, objectOr } from './json.ts';
import { type IndexState, newIndex, type Stack } from './stack.ts';
import { indexSettings, templatesFor } from './template-routes.ts';

const wildcards = ['ignore_unavailable', 'allow_no_indices', 'expand_wildcards'];
const settings = {
  action: 'indices:monitor/settings/get',
  indices: 'index',
  query: [...wildcards, 'flat_settings', 'include_defaults', 'local'],
  answer: readSettings,
};
const refresh = { action: 'indices:admin/refresh', indices: 'index', query: wildcards, answer: refreshIndices };

/** Indices, their settings and mappings. Answers were compared with those of a real 7.10.2. */
export const indexRoutes: readonly Route[] = [
  { method: 'GET', template: '/_settings', ...settings },
  { method: 'GET', template: '/_settings/{name}', ...settings },
  { method: 'GET', template: '/{index}/_settings', ...settings },
  { method: 'GET', template: '/{index}/_settings/{name}', ...settings },
  {
    method: 'PUT',
    template: '/{index}/_settings',
    action: 'indices:admin/settings/update',
    indices: 'index',
    query: [...wildcards, 'preserve_existing'],
    answer: putSettings,
  },
  {
    method: 'GET',
    template: '/{index}/_mapping',
    action: 'indices:admin/mappings/get',
    indices: 'index',
    query: wildcards,
    answer: ({ stack, params, query }) => ({
      status: 200,
      body: rows(found(stack, params['index'], query), ({ mappings }) => ({ mappings })),
    }),
  },
  { method: 'POST', template: '/{index}/_refresh', ...refresh },
  { method: 'GET', template: '/{index}/_refresh', ...refresh },
  {
    method: 'PUT',
    template: '/{index}',
    action: 'indices:admin/create',
    indices: 'index',
    query: ['wait_for_active_shards'],
    answer: createIndex,
  },
  {
    method: 'GET',
    template: '/{index}',
    action: 'indices:admin/get',
    indices: 'index',
    query: [...wildcards, 'flat_settings'],
    answer: readIndex,
  },
  {
    method: 'DELETE',
    template: '/{index}',
    action: 'indices:admin/delete',
    indices: 'index',
    query: wildcards,
    answer: deleteIndex,
  },
];

/** The 404 of an index that is not there. */
export function missingIndex(name: string, resource = 'index_or_alias'): Refusal {
  return refusal(404, 'index_not_found_exception', `no such index [${name}]`, {
    'resource.type': resource,
    'resource.id': name,
    index_uuid: '_na_',
    index: name,
  });
}

/** Indices by names and patterns; hidden ones come by their names, or when they are asked for. */
export function found(stack: Stack, names: string | undefined, query: URLSearchParams): [string, IndexState][] {
  const hidden = /all|hidden/.test(query.get('expand_wildcards') ?? '');
  return (names === undefined || names === '_all' ? '*' : names).split(',').flatMap((name) => {
    if (name.includes('*')) {
      return [...stack.indices].filter(([id, state]) => {
        const seen = hidden || name.startsWith('.') || at(state.settings, 'index', 'hidden') !== 'true';
        return fits(id, name) && seen;
      });
    }
    const state = stack.indices.get(name);
    if (state !== undefined) return [[name, state] as [string, IndexState]];
    if (query.get('ignore_unavailable') === 'true') return [];
    if (name.startsWith('_')) {
      const reason = `Invalid index name [${name}], must not start with '_'.`;
      throw refusal(400, 'invalid_index_name_exception', reason, { index_uuid: '_na_', index: name });
    }
    throw missingIndex(name);
  });
}

/** Makes an index as templates and a request want it. */
export function makeIndex(stack: Stack, name: string, body: JsonObject): IndexState {
  checkName(name);
  const present = stack.indices.get(name);
  if (present !== undefined) {
    const more = { index_uuid: present.uuid, index: name };
    throw refusal(400, 'resource_already_exists_exception', `index [${name}/${present.uuid}] already exists`, more);
  }
  const mappings = objectOr(body['mappings']);
  checkMappings(mappings);
  const template = templatesFor(stack, name);
  const given = {
    index: { number_of_shards: '1', number_of_replicas: '1', creation_date: String(Date.now()), provided_name: name },
  };
  const wanted = merged(merged(given, template.settings), indexSettings(objectOr(body['settings'])));
  const index = newIndex(wanted, merged(template.mappings, mappings));
  index.settings = merged(index.settings, { index: { uuid: index.uuid } });
  stack.indices.set(name, index);
  return index;
}

function createIndex({ stack, params, body }: Exchange): Reply {
  const name = params['index'] ?? '';
  makeIndex(stack, name, objectOr(body));
  return { status: 200, body: { acknowledged: true, shards_acknowledged: true, index: name } };
}

function rows(indices: readonly [string, IndexState][], show: (state: IndexState) => JsonObject): JsonObject {
  return Object.fromEntries(indices.map(([name, state]) => [name, show(state)]));
}

function readIndex({ stack, params, query }: Exchange): Reply {
  const body = rows(found(stack, params['index'], query), (state) => ({
    aliases: {},
    mappings: state.mappings,
    settings: query.get('flat_settings') === 'true' ? flattened(state.settings) : state.settings,
  }));
  return { status: 200, body };
}

function readSettings({ stack, params, query }: Exchange): Reply {
  const wanted = params['name']?.split(',');
  const left = found(stack, params['index'], query).flatMap(([name, state]) => {
    const kept = Object.entries(flattened(state.settings)).filter(
      ([key]) => wanted === undefined || wanted.some((pattern) => fits(key, pattern)),
    );
    if (kept.length === 0) return [];
    const flat: JsonObject = Object.fromEntries(kept);
    return [[name, { settings: query.get('flat_settings') === 'true' ? flat : indexSettings(flat) }]];
  });
  return { status: 200, body: Object.fromEntries(left) };
}

function putSettings(exchange: Exchange): Reply {
  const { stack, params, query } = exchange;
  const body = bodyOf(exchange);
  for (const [, state] of found(stack, params['index'], query)) {
    const flat = merged(flattened(state.settings), flattened(indexSettings(objectOr(body['settings'] ?? body))));
    const gone = Object.entries(flattened(body)).flatMap(([key, value]) => (value === null ? [key] : []));
    const left = Object.entries(flat).filter(([key]) => !gone.some((name) => key === name || key === `index.${name}`));
    state.settings = indexSettings(Object.fromEntries(left));
  }
  return acknowledged;
}

function refreshIndices({ stack, params, query }: Exchange): Reply {
  const indices = found(stack, params['index'], query);
  for (const [, state] of indices) refreshed(state);
  return { status: 200, body: { _shards: { total: indices.length, successful: indices.length, failed: 0 } } };
}

/** Lets searches see what was written. */
export function refreshed(state: IndexState): void {
  state.visible = new Map(state.documents);
}

function deleteIndex({ stack, params, query }: Exchange): Reply {
  for (const [name] of found(stack, params['index'], query)) stack.indices.delete(name);
  return acknowledged;
}
