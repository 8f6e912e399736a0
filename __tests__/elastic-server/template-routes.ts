import { acknowledged, bodyOf, type Exchange, type Reply, type Route, refusal } from './exchange.ts';
import { checkMappings, stringified } from './index-shape.ts';
import { at, fits, isObject, type Json, type JsonObject, listOr, merged, nested, objectOr } from './json.ts';
import type { Stack } from './stack.ts';

const component = '/_component_template';
const index = '/_index_template';
const named = (template: string): string => `${template}/{name}`;
const admin = 'cluster:admin/component_template';
const indexAdmin = 'cluster:admin/indices/index_template';

/** Component and index templates. Answers were compared with those of a real 7.10.2. */
export const templateRoutes: readonly Route[] = [
  { method: 'PUT', template: named(component), action: `${admin}/put`, query: ['create'], answer: putComponent },
  { method: 'GET', template: component, action: `${admin}/get`, answer: readComponents },
  { method: 'GET', template: named(component), action: `${admin}/get`, answer: readComponents },
  { method: 'DELETE', template: named(component), action: `${admin}/delete`, answer: deleteComponent },
  { method: 'PUT', template: named(index), action: `${indexAdmin}/put`, query: ['create'], answer: putIndexTemplate },
  { method: 'GET', template: index, action: `${indexAdmin}/get`, answer: readIndexTemplates },
  { method: 'GET', template: named(index), action: `${indexAdmin}/get`, answer: readIndexTemplates },
  { method: 'DELETE', template: named(index), action: `${indexAdmin}/delete`, answer: deleteIndexTemplate },
];

function putComponent(exchange: Exchange): Reply {
  const { stack, params, query } = exchange;
  const name = params['name'] ?? '';
  const body = bodyOf(exchange);
  const [other] = Object.keys(body).filter((key) => !['template', 'version', '_meta', 'deprecated'].includes(key));
  if (other !== undefined)
    throw refusal(400, 'x_content_parse_exception', `[1:1] [component_template] unknown field [${other}]`);
  if (!isObject(body['template'])) throw refusal(400, 'illegal_argument_exception', 'Required [template]');
  if (query.get('create') === 'true' && stack.componentTemplates.has(name))
    throw refusal(400, 'illegal_argument_exception', `component template [${name}] already exists`);
  checkMappings(objectOr(at(body, 'template', 'mappings')));
  stack.componentTemplates.set(name, normalised(body));
  return acknowledged;
}

/** Settings stand under `index`, as texts, in what a template is read as. */
function normalised(body: JsonObject): JsonObject {
  const settings = at(body, 'template', 'settings');
  if (!isObject(settings)) return body;
  return { ...body, template: { ...objectOr(body['template']), settings: indexSettings(settings) } };
}

/** Settings as an index has them: under `index`, values as texts. */
export function indexSettings(settings: JsonObject): JsonObject {
  const { index: inner, ...others } = nested(settings);
  const all = merged(nested(others), objectOr(inner));
  return Object.keys(all).length === 0 ? {} : { index: stringified(all) };
}

function readComponents({ stack, params }: Exchange): Reply {
  const name = params['name'];
  const found = [...stack.componentTemplates].filter(([id]) => name === undefined || fits(id, name));
  if (found.length === 0 && name !== undefined && !name.includes('*'))
    throw refusal(404, 'resource_not_found_exception', `component template matching [${name}] not found`);
  const rows = found.map(([id, template]) => ({ name: id, component_template: template }));
  return { status: name !== undefined && rows.length === 0 ? 404 : 200, body: { component_templates: rows } };
}

function deleteComponent({ stack, params }: Exchange): Reply {
  const name = params['name'] ?? '';
  if (!stack.componentTemplates.has(name)) throw missingTemplate(name);
  const users = [...stack.indexTemplates].filter(([, template]) => listOr(template['composed_of']).includes(name));
  if (users.length > 0) {
    const reason = `component templates [${name}] cannot be removed as they are still in use by index templates [${users.map(([id]) => id).join(', ')}]`;
    throw refusal(400, 'illegal_argument_exception', reason);
  }
  stack.componentTemplates.delete(name);
  return acknowledged;
}

function missingTemplate(name: string): ReturnType<typeof refusal> {
  return refusal(404, 'index_template_missing_exception', `index_template [${name}] missing`);
}

function putIndexTemplate(exchange: Exchange): Reply {
  const { stack, params } = exchange;
  const name = params['name'] ?? '';
  const body = bodyOf(exchange);
  const absent = listOr(body['composed_of'])
    .map(String)
    .filter((id) => !stack.componentTemplates.has(id));
  if (absent.length > 0) {
    const reason = `index_template [${name}] invalid, cause [index template [${name}] specifies component templates [${absent.join(', ')}] that do not exist]`;
    throw refusal(400, 'invalid_index_template_exception', reason);
  }
  stack.indexTemplates.set(name, normalised({ composed_of: [], ...body }));
  return acknowledged;
}

function readIndexTemplates({ stack, params }: Exchange): Reply {
  const name = params['name'] ?? '*';
  const found = [...stack.indexTemplates].filter(([id]) => fits(id, name));
  if (found.length === 0 && !name.includes('*'))
    throw refusal(404, 'resource_not_found_exception', `index template matching [${name}] not found`);
  return {
    status: 200,
    body: { index_templates: found.map(([id, template]) => ({ name: id, index_template: template })) },
  };
}

function deleteIndexTemplate({ stack, params }: Exchange): Reply {
  const name = params['name'] ?? '';
  if (!stack.indexTemplates.delete(name)) throw missingTemplate(name);
  return acknowledged;
}

/** What templates give to a new index: the component templates in their order, the index template over them. */
export function templatesFor(stack: Stack, name: string): { settings: JsonObject; mappings: JsonObject } {
  const template = [...stack.indexTemplates.values()]
    .filter((candidate) => listOr(candidate['index_patterns']).some((pattern) => fits(name, String(pattern))))
    .sort((a, b) => Number(b['priority'] ?? 0) - Number(a['priority'] ?? 0))[0];
  if (template === undefined) return { settings: {}, mappings: {} };
  const parts: Json[] = [
    ...listOr(template['composed_of']).map((id) => stack.componentTemplates.get(String(id))?.['template'] ?? {}),
    template['template'] ?? {},
  ];
  const pick = (key: string): JsonObject =>
    parts.reduce<JsonObject>((all, part) => merged(all, objectOr(at(part, key))), {});
  return { settings: pick('settings'), mappings: pick('mappings') };
}
