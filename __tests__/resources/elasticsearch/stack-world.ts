import { expect } from 'vitest';
import { canonicalJson } from '../../../src/domain/canonical-json.ts';
import { member, type Value } from '../../../src/domain/document.ts';
import type { DesiredObject, ObjectKey } from '../../../src/domain/resource.ts';
import { objectDigest } from '../../../src/formats/object-body.ts';
import { templateDigest } from '../../../src/resources/elasticsearch/component-template.ts';
import { connectElasticsearch, type Elasticsearch } from '../../../src/resources/elasticsearch/elasticsearch.ts';
import { elasticTypes } from '../../../src/resources/elasticsearch/types.ts';
import { targetAddress } from '../../../src/resources/http/address.ts';
import type { ResourceType } from '../../../src/resources/resource.ts';
import { type ResourcePlace, resourceTypeContract } from '../../contracts/resource-type.ts';
import { superuser } from '../../elastic-server/access.ts';
import { ask } from '../../elastic-server/ask.ts';
import type { Json } from '../../elastic-server/json.ts';
import { startElastic } from '../../elastic-server/server.ts';
import { type StackView, stackView } from '../../elastic-server/stack.ts';

/** An Elasticsearch, whatever it is made of. */
export interface Server {
  readonly url: string;
  readonly problems: readonly string[];
  view(): Promise<StackView>;
  close(): Promise<void>;
}

/** A stand-in of a version; what it was asked wrongly fails the test. */
export async function loopback(version: string): Promise<Server> {
  const server = await startElastic({ version });
  const close = async (): Promise<void> => {
    await server.close();
    expect(server.problems).toEqual([]);
  };
  return { url: server.url, problems: server.problems, view: async () => stackView(server.stack), close };
}

/** What our objects say of themselves. */
export const mark = { tool: 'ml-detection-release 1', release: 'ML-DGA-20261122-2' };

/** Asks a server as the product does. */
export async function connected({ url }: { readonly url: string }): Promise<Elasticsearch> {
  const { name: username, password = '' } = superuser;
  return connectElasticsearch(targetAddress('elasticsearch', { url, username, password }));
}

/** One type of object on it. */
export async function typeOn(server: { readonly url: string }, type: ObjectKey['type']): Promise<ResourceType> {
  const found = elasticTypes(await connected(server), mark).get(type);
  if (found === undefined) throw new Error(`no type ${type}`);
  return found;
}

/** A request of a person, past our own client. */
export async function person(server: { readonly url: string }, method: string, path: string, body?: Json) {
  const answer = await ask(server, method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

interface Sample {
  readonly key: ObjectKey;
  readonly path: string;
  readonly first: Json;
  readonly second: Json;
  readonly byHand: Json;
}

const script = (source: string): Json => ({ script: { lang: 'painless', source } });
const pipeline = (value: string): Json => ({ description: 'ours', processors: [{ set: { field: 'a', value } }] });
const template = (type: string, more: { readonly [key: string]: Json } = {}): Json => ({
  template: { mappings: { properties: { 'ml_is_dga.p': { type } } }, ...more },
  _meta: { author: 'theirs' },
});

const samples: Readonly<Record<string, Sample>> = {
  'a script': {
    key: { type: 'script', id: 'ours' },
    path: '/_scripts/ours',
    first: script("ctx['a'] = 1"),
    second: script("ctx['a'] = 2"),
    byHand: script("ctx['a'] = 3"),
  },
  'a pipeline': {
    key: { type: 'pipeline', id: 'ours' },
    path: '/_ingest/pipeline/ours',
    first: pipeline('1'),
    second: pipeline('2'),
    byHand: pipeline('3'),
  },
  'a component template': {
    key: { type: 'component-template', id: 'ours' },
    path: '/_component_template/ours',
    first: template('keyword'),
    second: template('double'),
    byHand: template('long'),
  },
  'a component template with settings': {
    key: { type: 'component-template', id: 'ours' },
    path: '/_component_template/ours',
    first: template('keyword', { settings: { number_of_shards: 1, 'index.hidden': true } }),
    second: template('keyword', { settings: { index: { number_of_shards: 2 } } }),
    byHand: template('keyword', { settings: { number_of_shards: 3 } }),
  },
};

/** What a bundle wants. */
export function wanted({ type, id }: ObjectKey, body: Value): DesiredObject {
  const format = type === 'script' ? 'elastic-script' : 'elastic-pipeline';
  const digest = type === 'component-template' ? templateDigest(body) : objectDigest(format, body);
  return { type, id, body, digest, dependsOn: [], file: `${id}.json` };
}

/** The contract of the types that need nothing but the server. */
export function stackContract(title: string, start: () => Promise<Server>): void {
  for (const [name, { key, path, first, second, byHand }] of Object.entries(samples)) {
    resourceTypeContract(`${name} on ${title}`, async (): Promise<ResourcePlace> => {
      const server = await start();
      await person(server, 'PUT', '/_scripts/theirs', script('1'));
      await person(server, 'PUT', '/_ingest/pipeline/theirs', pipeline('theirs'));
      await person(server, 'PUT', '/_component_template/theirs', template('keyword'));
      return {
        type: await typeOn(server, key.type),
        desired: (which) => wanted(key, which === 'first' ? first : second),
        changeByHand: async () => void (await person(server, 'PUT', path, byHand)),
        everything: async () => rowsOf(await server.view()),
        close: () => server.close(),
      };
    });
  }
}

function rowsOf(view: StackView): string[] {
  return Object.entries(view)
    .flatMap(([space, rows]) => Object.entries(rows).map(([id, row]) => `${space}/${id} ${canonicalJson(row)}`))
    .sort();
}

/** What an object says of itself and of its author. */
export function metaOf(view: StackView, space: string, id: string): Value | undefined {
  return member(view[space]?.[id], '_meta');
}
