import { isObject, member, type Value } from '../../domain/document.ts';
import type { ActualObject } from '../../domain/resource.ts';
import { objectDigest } from '../../formats/object-body.ts';
import type { ResourceType } from '../resource.ts';
import type { Elasticsearch } from './elasticsearch.ts';
import { pipelinesUsing } from './users.ts';

const path = (id: string) => ['_scripts', id];

/** Stored scripts. A script has no `_meta` and no place for a lock: whose it is, the journal knows. */
export function scripts({ client }: Elasticsearch): ResourceType {
  /** In the context `ingest` the server compiles it at once (elastic.md §6.1); without one it takes anything. */
  const put = async (id: string, body: Value, context: readonly string[]): Promise<void> => {
    await client.send({ method: 'PUT', path: [...path(id), ...context], body: JSON.stringify(body) });
  };
  return {
    type: 'script',
    async read(id): Promise<ActualObject | undefined> {
      const { value } = await client.send({ method: 'GET', path: path(id) }, [404]);
      const script = member(value, 'script');
      if (!isObject(script)) return undefined;
      const body = { script };
      return { body, digest: objectDigest('elastic-script', body) };
    },
    equal: (desired, actual) => desired.digest === actual.digest,
    change: () => 'update',
    create: ({ id, body }) => put(id, body, ['ingest']),
    update: ({ id, body }) => put(id, body, ['ingest']),
    async remove({ id }) {
      await client.send({ method: 'DELETE', path: path(id) }, [404]);
    },
    // What stood there may be a script of another context.
    restore: ({ id }, before) => put(id, before, []),
    usedBy: (id) => pipelinesUsing(client, 'script', id),
  };
}
