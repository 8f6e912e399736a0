import { randomUUID } from 'node:crypto';
import type { Reply } from '../elastic-server/exchange.ts';
import { at, isObject, type Json, type JsonObject, listOr } from '../elastic-server/json.ts';
import { type KibanaExchange, type KibanaRoute, kibanaError } from './exchange.ts';

const template = '/api/saved_objects';

/** Saved objects. No real Kibana answers here: shapes are those of its documentation and sources. */
export const savedObjectRoutes: readonly KibanaRoute[] = [
  { method: 'GET', template: `${template}/{type}/{id}`, needs: 'read', answer: readObject },
  { method: 'DELETE', template: `${template}/{type}/{id}`, needs: 'all', answer: deleteObject },
  { method: 'POST', template: `${template}/_import`, needs: 'all', answer: importObjects },
];

const types = ['dashboard', 'index-pattern', 'lens', 'map', 'search', 'tag', 'visualization', 'links'];
/** Types that an import looks for when something refers to them. */
const sought = ['index-pattern', 'search'];

function keyOf({ params }: KibanaExchange): string {
  return `${params['type']}/${params['id']}`;
}

function missing({ params }: KibanaExchange): Reply {
  return kibanaError(404, `Saved object [${params['type']}/${params['id']}] not found`);
}

function readObject(exchange: KibanaExchange): Reply {
  const { params, space } = exchange;
  if (!types.includes(params['type'] ?? ''))
    return kibanaError(400, `Unsupported saved object type: '${params['type']}': Bad Request`);
  const found = space.savedObjects.get(keyOf(exchange));
  return found === undefined ? missing(exchange) : { status: 200, body: found };
}

function deleteObject(exchange: KibanaExchange): Reply {
  return exchange.space.savedObjects.delete(keyOf(exchange)) ? { status: 200, body: {} } : missing(exchange);
}

async function importObjects(exchange: KibanaExchange): Promise<Reply> {
  const { bytes, contentType, query, space } = exchange;
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
  const file = form.get('file');
  if (!(file instanceof File) || !file.name.endsWith('.ndjson')) return kibanaError(400, 'Invalid file extension');
  const lines = (await file.text()).split('\n').filter((line) => line.trim() !== '');
  const objects = lines.map((line) => JSON.parse(line) as Json).filter(isObject);
  const wanted = objects.filter((object) => object['exportedCount'] === undefined);
  const [errors, results]: [JsonObject[], JsonObject[]] = [[], []];
  for (const object of wanted) {
    const [type, id] = [String(object['type']), String(object['id'])];
    const problem = problemOf(object, wanted, space.savedObjects, query.get('overwrite') === 'true');
    if (problem !== undefined) {
      errors.push({ type, id, meta: {}, error: problem });
      continue;
    }
    const destination = elsewhere(exchange, `${type}/${id}`) ? randomUUID() : id;
    space.savedObjects.set(`${type}/${destination}`, stored(object, destination, exchange));
    results.push({ type, id, meta: {}, ...(destination === id ? {} : { destinationId: destination }) });
  }
  const done = results.length > 0 ? { successResults: results } : {};
  const failed = errors.length > 0 ? { errors } : {};
  const body = { success: errors.length === 0, successCount: results.length, warnings: [], ...done, ...failed };
  return { status: 200, body };
}

function problemOf(
  object: JsonObject,
  all: readonly JsonObject[],
  there: ReadonlyMap<string, JsonObject>,
  overwrite: boolean,
): JsonObject | undefined {
  if (!types.includes(String(object['type']))) return { type: 'unsupported_type' };
  const absent = listOr(object['references']).filter((reference) => {
    const [type, id] = [String(at(reference, 'type')), String(at(reference, 'id'))];
    const beside = all.some((each) => each['type'] === type && each['id'] === id);
    return sought.includes(type) && !beside && !there.has(`${type}/${id}`);
  });
  if (absent.length > 0) return { type: 'missing_references', references: absent };
  if (!overwrite && there.has(`${String(object['type'])}/${String(object['id'])}`)) return { type: 'conflict' };
  return undefined;
}

/** Whether another space has an object of this id: from 8.0 on an id is there once in all spaces. */
function elsewhere({ state, space, version }: KibanaExchange, key: string): boolean {
  if (Number(version.split('.')[0]) < 8) return false;
  return [...state.spaces.values()].some((other) => other !== space && other.savedObjects.has(key));
}

/** As Kibana keeps it: migrated, with what it adds. */
function stored(object: JsonObject, id: string, { version, now, state }: KibanaExchange): JsonObject {
  const type = String(object['type']);
  const seen = object['typeMigrationVersion'] !== undefined || object['migrationVersion'] !== undefined;
  const attributes = at(object, 'attributes');
  const own = isObject(attributes) ? attributes : {};
  return {
    type,
    id,
    namespaces: ['default'],
    updated_at: now().toISOString(),
    version: 'WzEsMV0=',
    attributes: seen ? own : state.migrate(type, own),
    references: listOr(object['references']),
    ...(version.startsWith('7.') ? { migrationVersion: { [type]: version } } : { typeMigrationVersion: '8.0.0' }),
    coreMigrationVersion: version,
  };
}
