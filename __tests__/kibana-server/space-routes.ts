import type { Reply } from '../elastic-server/exchange.ts';
import { isObject, objectOr } from '../elastic-server/json.ts';
import { detectionError, jsonBody, type KibanaExchange, type KibanaRoute, kibanaError } from './exchange.ts';
import type { DataViewState, KibanaState } from './state.ts';

const views = '/api/data_views';
const lists = '/api/exception_lists';

/** Spaces, data views and exception lists. */
export const spaceRoutes: readonly KibanaRoute[] = [
  { method: 'GET', template: '/api/status', needs: 'none', answer: readStatus },
  {
    method: 'GET',
    template: '/api/spaces/space',
    needs: 'read',
    answer: ({ state }) => ({ status: 200, body: [...state.spaces.keys()].map(shownSpace) }),
  },
  {
    method: 'GET',
    template: '/api/spaces/space/{id}',
    needs: 'read',
    answer: ({ state, params }) =>
      state.spaces.has(params['id'] ?? '')
        ? { status: 200, body: shownSpace(params['id'] ?? '') }
        : kibanaError(404, 'Not Found'),
  },
  { method: 'GET', template: views, needs: 'read', since: 8, answer: listDataViews },
  { method: 'POST', template: `${views}/data_view`, needs: 'all', since: 8, answer: createDataView },
  { method: 'GET', template: `${views}/data_view/{id}`, needs: 'read', since: 8, answer: readDataView },
  { method: 'POST', template: `${views}/data_view/{id}`, needs: 'all', since: 8, answer: updateDataView },
  { method: 'GET', template: lists, needs: 'read', answer: readList },
  { method: 'POST', template: lists, needs: 'all', answer: createList },
];

function readStatus({ state, version }: KibanaExchange): Reply {
  const overall = { level: state.status, summary: `Kibana is ${state.status}` };
  const body = {
    name: 'kibana',
    uuid: '00000000-0000-4000-8000-000000000002',
    version: { number: version, build_hash: 'xx', build_number: 1, build_snapshot: false },
    status: { overall, core: {}, plugins: {} },
  };
  return { status: state.status === 'unavailable' ? 503 : 200, body };
}

function shownSpace(id: string): object {
  return { id, name: id, disabledFeatures: [] };
}

/** Fields are in no data view: they are those that its indices have whenever it is read. */
function shownView(id: string, { title, attributes }: DataViewState, { fieldsOf }: KibanaState): object {
  const fields = fieldsOf(title);
  const named = Object.fromEntries(fields.map((name) => [name, { name, searchable: true, aggregatable: true }]));
  return { id, title, namespaces: ['default'], ...attributes, fields: named };
}

function listDataViews({ space }: KibanaExchange): Reply {
  const rows = [...space.dataViews].map(([id, { title }]) => ({ id, title, namespaces: ['default'], name: title }));
  return { status: 200, body: { data_view: rows } };
}

function createDataView(exchange: KibanaExchange): Reply {
  const { space, state } = exchange;
  const { id, title, override: _, ...attributes } = objectOr(jsonBody(exchange)['data_view']);
  if (typeof title !== 'string')
    return kibanaError(400, '[request body.data_view.title]: expected value of type [string]');
  if ([...space.dataViews.values()].some((view) => view.title === title))
    return kibanaError(400, `Duplicate data view: ${title}`);
  const name = typeof id === 'string' ? id : title;
  const view = { title, attributes, changes: 0 };
  space.dataViews.set(name, view);
  return { status: 200, body: { data_view: shownView(name, view, state) } };
}

function missingView(id: string): Reply {
  return kibanaError(404, `Saved object [index-pattern/${id}] not found`);
}

function readDataView({ space, state, params }: KibanaExchange): Reply {
  const id = params['id'] ?? '';
  const view = space.dataViews.get(id);
  return view === undefined ? missingView(id) : { status: 200, body: { data_view: shownView(id, view, state) } };
}

const changeable = [
  'allowNoIndex',
  'fieldFormats',
  'fields',
  'name',
  'runtimeFieldMap',
  'sourceFilters',
  'timeFieldName',
  'title',
  'type',
  'typeMeta',
];

/**
 * Changes a data view. A title that it has already is no change; older versions refuse a request without one, newer ones
 * answer with the view as it is (both read in Kibana's source; since when, is not known: 8.9 stands for it here).
 */
function updateDataView(exchange: KibanaExchange): Reply {
  const { space, state, params, version } = exchange;
  const id = params['id'] ?? '';
  const view = space.dataViews.get(id);
  if (view === undefined) return missingView(id);
  const { data_view: change, refresh_fields: refresh } = jsonBody(exchange);
  if (!isObject(change)) return kibanaError(400, '[request body.data_view]: expected a plain object value');
  if (refresh !== undefined && typeof refresh !== 'boolean')
    return kibanaError(400, '[request body.refresh_fields]: expected value of type [boolean]');
  const [stranger] = Object.keys(change).filter((key) => !changeable.includes(key));
  if (stranger !== undefined)
    return kibanaError(400, `[request body.data_view.${stranger}]: definition for this key is missing`);
  const { title = view.title, ...attributes } = change;
  const changed = title !== view.title || Object.keys(attributes).length > 0;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (!changed && major === 8 && minor < 9) return kibanaError(400, 'Data view change set is empty.');
  const after = {
    title: String(title),
    attributes: { ...view.attributes, ...attributes },
    changes: view.changes + (changed ? 1 : 0),
  };
  space.dataViews.set(id, after);
  return { status: 200, body: { data_view: shownView(id, after, state) } };
}

function readList({ space, query }: KibanaExchange): Reply {
  const id = query.get('list_id') ?? '';
  const list = space.exceptionLists.get(id);
  return list === undefined
    ? detectionError(404, `exception list list_id: "${id}" does not exist`)
    : { status: 200, body: list };
}

function createList(exchange: KibanaExchange): Reply {
  const body = jsonBody(exchange);
  const id = String(body['list_id']);
  if (exchange.space.exceptionLists.has(id)) return detectionError(409, `exception list id: "${id}" already exists`);
  const list = { id, namespace_type: 'single', ...body };
  exchange.space.exceptionLists.set(id, list);
  return { status: 200, body: list };
}
