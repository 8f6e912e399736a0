import { isArray, member, type Value } from '../../domain/document.ts';
import { type ObjectKey, type ResourceTypeId, resourceTypes } from '../../domain/resource.ts';
import type { ResourceTypes } from '../resource.ts';
import type { Elasticsearch } from './elasticsearch.ts';
import { analyticsCollection, datafeedCollection, jobCollection } from './learning.ts';
import { unmarked } from './mark.ts';
import { authoredModel } from './model.ts';
import { membersOf, pipelinesUsing } from './users.ts';

/** What stands on a server, for whoever wants to have it. */
export interface Catalogue {
  /** The ids of a type; undefined where servers have no list of them. @throws Failure the client's */
  ids(type: ResourceTypeId): Promise<readonly string[] | undefined>;
  /** An object as its author would have written it, of a model all but its definition; undefined where there is none. */
  read(key: ObjectKey): Promise<Value | undefined>;
  /** What does its work by an object: the pipelines of a model or pipeline, the datafeeds of a job. */
  users(key: ObjectKey): Promise<readonly ObjectKey[]>;
}

/** One answer holds so many: some lists are cut into pages, others come whole (elastic.md §6.1). */
const page = 1000;
const most = 100;

/** @param types reads everything but models */
export function openCatalogue(elasticsearch: Elasticsearch, types: ResourceTypes): Catalogue {
  const { client } = elasticsearch;

  async function paged(path: readonly string[], list: string, key: string): Promise<string[]> {
    const found: string[] = [];
    for (let round = 0; round < most; round += 1) {
      const query = { from: String(round * page), size: String(page) };
      const { value } = await client.send({ method: 'GET', path, query }, [404]);
      const ids = idsIn(value, list, key);
      found.push(...ids);
      if (ids.length < page) break;
    }
    return found;
  }

  async function whole(path: readonly string[], list: string, key: string): Promise<string[]> {
    return idsIn((await client.send({ method: 'GET', path }, [404])).value, list, key);
  }

  return {
    async ids(type) {
      const { path, list, key } = type === 'datafeed' ? datafeedCollection : jobCollection;
      if (type === 'job' || type === 'datafeed') return await whole(path, list, key);
      if (type === 'data-frame-analytics') {
        return await paged(analyticsCollection.path, analyticsCollection.list, analyticsCollection.key);
      }
      if (type === 'model') return await paged(['_ml', 'trained_models'], 'trained_model_configs', 'model_id');
      if (type !== 'pipeline') return undefined;
      const { value } = await client.send({ method: 'GET', path: ['_ingest', 'pipeline'] }, [404]);
      return membersOf(value).map(([id]) => id);
    },
    async read({ type, id }) {
      if (type === 'model') return await authoredModel(elasticsearch, id);
      const found = await types.get(type)?.read(id);
      return found === undefined ? undefined : unmarked(found.body);
    },
    async users({ type, id }) {
      if (type === 'model' || type === 'pipeline') return (await pipelinesUsing(client, type, id)).flatMap(keysOf);
      return type === 'job' ? ((await types.get('job')?.usedBy?.(id)) ?? []).flatMap(keysOf) : [];
    },
  };
}

function idsIn(value: Value | undefined, list: string, key: string): string[] {
  const rows = member(value, list);
  return (isArray(rows) ? rows : []).flatMap((row) => {
    const id = member(row, key);
    return typeof id === 'string' ? [id] : [];
  });
}

/** The way back from `keyText`. */
function keysOf(text: string): ObjectKey[] {
  const type = resourceTypes.find((each) => text.startsWith(`${each}/`));
  return type === undefined ? [] : [{ type, id: text.slice(type.length + 1) }];
}
