import { member } from '../../domain/document.ts';
import { Failure } from '../../errors.ts';
import type { TargetAddress } from '../http/address.ts';
import { openTargetClient, type TargetClient } from '../http/client.ts';
import { elasticReason } from './reason.ts';
import { explainingRed } from './red.ts';

/** A server that answered, and is what it should be. */
export interface Elasticsearch {
  readonly client: TargetClient;
  /** `7.10.2` */
  readonly version: string;
  /** Who answers, for people: `Elasticsearch 8.17.2`, `OpenSearch 2.19.1`. */
  readonly title: string;
  /** OpenSearch has what both share (scripts, pipelines, templates, documents), and no machine learning of Elastic. */
  readonly distribution: 'elasticsearch' | 'opensearch';
  /** Whether the server has what came with this version of Elasticsearch. */
  since(major: number, minor: number): boolean;
}

/** What of ours an object says of itself, where its type takes a `_meta`. */
export interface Mark {
  readonly tool: string;
  readonly release: string;
}

/**
 * Asks a server who it is: address, certificate and credentials are right when it answers.
 * @param timeout milliseconds until an answer must be there whole
 * @throws Failure `target-answer-invalid` where something else answers; the client's
 */
export async function connectElasticsearch(address: TargetAddress, timeout?: number): Promise<Elasticsearch> {
  const options = { reasonOf: elasticReason, ...(timeout === undefined ? {} : { timeout }) };
  const client = explainingRed(openTargetClient(address, options));
  const { value } = await client.send({ method: 'GET', path: [] });
  const version = member(member(value, 'version'), 'number');
  const parts = typeof version === 'string' ? /^(\d{1,3})\.(\d{1,3})\.\d/.exec(version) : null;
  if (typeof version !== 'string' || parts === null) {
    throw new Failure('target-answer-invalid', `What answers at ${address.shown} is no Elasticsearch.`);
  }
  const opensearch = member(member(value, 'version'), 'distribution') === 'opensearch';
  // OpenSearch counts from 1 again, and began as Elasticsearch 7.10.
  const [major, minor] = opensearch ? lastShared : [Number(parts[1]), Number(parts[2])];
  return {
    client,
    version,
    title: `${opensearch ? 'OpenSearch' : 'Elasticsearch'} ${version}`,
    distribution: opensearch ? 'opensearch' : 'elasticsearch',
    since: (wantedMajor, wantedMinor) => major > wantedMajor || (major === wantedMajor && minor >= wantedMinor),
  };
}

const lastShared: readonly [number, number] = [7, 10];
