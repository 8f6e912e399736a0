import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { isArray, isObject, member, type Value } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import type { ResourceType } from '../resource.ts';
import type { Elasticsearch, Mark } from './elasticsearch.ts';
import { marked, markOf } from './mark.ts';
import { atFile } from './refused.ts';

const path = (id: string) => ['_component_template', id];

/** Component templates: the mapping of what a model adds to documents. Every server takes their `_meta`. */
export function componentTemplates({ client }: Elasticsearch, mark: Mark): ResourceType {
  const put = async (id: string, body: Value): Promise<void> => {
    await client.send({ method: 'PUT', path: path(id), body: JSON.stringify(body) });
  };
  return {
    type: 'component-template',
    async read(id) {
      const { value } = await client.send({ method: 'GET', path: path(id) }, [404]);
      const list = member(value, 'component_templates');
      const found = isArray(list) ? list.find((template) => member(template, 'name') === id) : undefined;
      const body = withoutTimes(member(found, 'component_template'));
      return body === undefined ? undefined : { body, digest: templateDigest(body), ...markOf(body) };
    },
    // A server writes settings anew, so the digest of what was sent need not be that of what comes back.
    equal: (desired, actual) => desired.digest === actual.digest || templateDigest(desired.body) === actual.digest,
    change: () => 'update',
    create: (desired) => atFile(desired, () => put(desired.id, marked(desired.body, mark))),
    update: (desired) => atFile(desired, () => put(desired.id, marked(desired.body, mark))),
    async remove({ id }) {
      await client.send({ method: 'DELETE', path: path(id) }, [404]);
    },
    restore: ({ id }, before) => put(id, before),
    async usedBy(id) {
      const { value } = await client.send({ method: 'GET', path: ['_index_template'] }, [404]);
      const templates = member(value, 'index_templates');
      if (!isArray(templates)) return [];
      return templates.flatMap((template) => {
        const [name, parts] = [member(template, 'name'), member(member(template, 'index_template'), 'composed_of')];
        const uses = typeof name === 'string' && isArray(parts) && parts.includes(id);
        return uses ? [`index template ${safe(name)}`] : [];
      });
    },
  };
}

/** What newer servers say of a template besides its body. */
export const templateTimes = ['created_date', 'created_date_millis', 'modified_date', 'modified_date_millis'];

/** A body as it can be sent again. */
function withoutTimes(body: Value | undefined): Value | undefined {
  if (!isObject(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([key]) => !templateTimes.includes(key)));
}

/** Object digest of a component template: of its body without `_meta` and times, its settings as servers write them. */
export function templateDigest(body: Value): string {
  const template = member(body, 'template');
  const settings = member(template, 'settings');
  const asWritten =
    isObject(body) && isObject(template) && isObject(settings)
      ? { ...body, template: { ...template, settings: Object.fromEntries(flatSettings(settings)) } }
      : body;
  return createHash('sha256')
    .update(canonicalJson(asWritten, new Set(['_meta', ...templateTimes])))
    .digest('hex');
}

/** Settings by their full names, values as texts: `{"number_of_shards": 1}` is `index.number_of_shards` to a server. */
function flatSettings(settings: Value, above = ''): [string, Value][] {
  if (!isObject(settings)) return [[/^(?:index|archived)\./.test(above) ? above : `index.${above}`, texts(settings)]];
  return Object.entries(settings).flatMap(([key, value]) =>
    flatSettings(value, above === '' ? key : `${above}.${key}`),
  );
}

function texts(value: Value): Value {
  if (isArray(value)) return value.map(texts);
  return value === null || typeof value === 'string' ? value : String(value);
}
