import { isObject, member, type Value } from '../../domain/document.ts';
import { objectDigest, withoutServerFields } from '../../formats/object-body.ts';
import type { ResourceType } from '../resource.ts';
import type { Elasticsearch, Mark } from './elasticsearch.ts';
import { marked, markOf } from './mark.ts';
import { atFile } from './refused.ts';
import { membersOf, pipelinesUsing } from './users.ts';

const path = (id: string) => ['_ingest', 'pipeline', id];

/** Settings of an index that send every document through a pipeline. */
const settings = ['index.default_pipeline', 'index.final_pipeline'];

/** Ingest pipelines. From 8.0 on they say in `_meta` whose they are; older servers refuse one (test-bed.md). */
export function pipelines({ client, since }: Elasticsearch, mark: Mark): ResourceType {
  const put = async (id: string, body: Value): Promise<void> => {
    await client.send({ method: 'PUT', path: path(id), body: JSON.stringify(body) });
  };
  const own = (body: Value): Value => (since(8, 0) ? marked(body, mark) : body);

  /** Pipelines that call this one, and indices and templates whose documents go through it. */
  async function usedBy(id: string): Promise<string[]> {
    const [callers, indices, templates] = await Promise.all([
      pipelinesUsing(client, 'pipeline', id),
      client.send({ method: 'GET', path: ['_settings'], query: { flat_settings: 'true' } }),
      client.send({ method: 'GET', path: ['_index_template'] }, [404]),
    ]);
    const indicesOf = membersOf(indices.value)
      .filter(([, index]) => settings.some((setting) => member(member(index, 'settings'), setting) === id))
      .map(([name]) => `index ${name}`);
    return [...callers, ...indicesOf, ...templatesWith(templates.value, id)];
  }

  return {
    type: 'pipeline',
    async read(id) {
      const { value } = await client.send({ method: 'GET', path: path(id) }, [404]);
      const found = member(value, id);
      if (!isObject(found)) return undefined;
      const body = withoutServerFields('elastic-pipeline', found);
      return { body, digest: objectDigest('elastic-pipeline', body), ...markOf(found) };
    },
    equal: (desired, actual) => desired.digest === actual.digest,
    change: () => 'update',
    create: (desired) => atFile(desired, () => put(desired.id, own(desired.body))),
    update: (desired) => atFile(desired, () => put(desired.id, own(desired.body))),
    async remove({ id }) {
      await client.send({ method: 'DELETE', path: path(id) }, [404]);
    },
    restore: ({ id }, before) => put(id, before),
    usedBy,
  };
}

function templatesWith(value: Value | undefined, id: string): string[] {
  const list = member(value, 'index_templates');
  if (!Array.isArray(list)) return [];
  return list
    .filter((template: Value) => {
      const index = member(member(member(member(template, 'index_template'), 'template'), 'settings'), 'index');
      return ['default_pipeline', 'final_pipeline'].some((setting) => member(index, setting) === id);
    })
    .map((template: Value) => `index template ${String(member(template, 'name'))}`);
}
