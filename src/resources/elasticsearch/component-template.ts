import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { isArray, member, type Value } from '../../domain/document.ts';
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
      const body = member(found, 'component_template');
      return body === undefined ? undefined : { body, digest: templateDigest(body), ...markOf(body) };
    },
    equal: (desired, actual) => desired.digest === actual.digest,
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
      return templates
        .filter((template) => {
          const parts = member(member(template, 'index_template'), 'composed_of');
          return isArray(parts) && parts.includes(id);
        })
        .map((template) => `index template ${String(member(template, 'name'))}`);
    },
  };
}

/** Object digest of a component template: of its body without `_meta`, server times too. */
export function templateDigest(body: Value): string {
  const added = new Set(['_meta', 'created_date', 'created_date_millis', 'modified_date', 'modified_date_millis']);
  return createHash('sha256').update(canonicalJson(body, added)).digest('hex');
}
