import { isObject, member, type Value } from '../../domain/document.ts';
import { objectDigest, withoutServerFields } from '../../formats/object-body.ts';
import type { ResourceType } from '../resource.ts';
import type { Elasticsearch, Mark } from './elasticsearch.ts';
import { marked, markOf } from './mark.ts';
import { pipelinesHealth } from './pipeline-health.ts';
import { atFile } from './refused.ts';
import { sendersThrough } from './senders.ts';
import { pipelinesCalling, transformsUsing } from './users.ts';

const path = (id: string) => ['_ingest', 'pipeline', id];

/** Ingest pipelines. From 8.0 on they say in `_meta` whose they are; older servers refuse one (test-bed.md). */
export function pipelines({ client, since }: Elasticsearch, mark: Mark): ResourceType {
  const put = async (id: string, body: Value): Promise<void> => {
    await client.send({ method: 'PUT', path: path(id), body: JSON.stringify(body) });
  };
  const own = (body: Value): Value => (since(8, 0) ? marked(body, mark) : body);

  return {
    type: 'pipeline',
    async read(id) {
      const { value } = await client.send({ method: 'GET', path: path(id) }, [404]);
      const found = member(value, id);
      if (!isObject(found)) return undefined;
      // What somebody wrote into `_meta` is theirs: it decides nothing, and is put back with the rest.
      const plain = withoutServerFields('elastic-pipeline', found);
      const meta = member(found, '_meta');
      const body: Value = meta === undefined || !isObject(plain) ? plain : { ...plain, _meta: meta };
      return { body, digest: objectDigest('elastic-pipeline', body), ...markOf(body) };
    },
    equal: (desired, actual) => desired.digest === actual.digest,
    change: () => 'update',
    create: (desired) => atFile(desired, () => put(desired.id, own(desired.body))),
    update: (desired) => atFile(desired, () => put(desired.id, own(desired.body))),
    async remove({ id }) {
      await client.send({ method: 'DELETE', path: path(id) }, [404]);
    },
    restore: ({ id }, before) => put(id, before),
    usedBy: async (id) => {
      const users = [pipelinesCalling(client, id), transformsUsing(client, 'pipeline', id), sendersThrough(client, id)];
      return (await Promise.all(users)).flat();
    },
    health: (ids, tolerance) => pipelinesHealth(client, ids, tolerance),
  };
}
