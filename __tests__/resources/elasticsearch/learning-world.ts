import { expect } from 'vitest';
import { canonicalJson } from '../../../src/domain/canonical-json.ts';
import type { Value } from '../../../src/domain/document.ts';
import type { ActualObject, DesiredObject, ObjectKey } from '../../../src/domain/resource.ts';
import { objectDigest } from '../../../src/formats/object-body.ts';
import { dataFrameAnalytics } from '../../../src/resources/elasticsearch/data-frame-analytics.ts';
import { datafeeds } from '../../../src/resources/elasticsearch/datafeed.ts';
import type { Elasticsearch } from '../../../src/resources/elasticsearch/elasticsearch.ts';
import { jobs } from '../../../src/resources/elasticsearch/job.ts';
import { elasticReason } from '../../../src/resources/elasticsearch/reason.ts';
import { targetAddress } from '../../../src/resources/http/address.ts';
import { openTargetClient } from '../../../src/resources/http/client.ts';
import type { ResourceType } from '../../../src/resources/resource.ts';
import { superuser } from '../../elastic-server/access.ts';
import { ask } from '../../elastic-server/ask.ts';
import type { Json } from '../../elastic-server/json.ts';
import { type ElasticServer, startElastic } from '../../elastic-server/server.ts';
import { stackView } from '../../elastic-server/stack.ts';

/** A server with jobs of somebody else, and the types of objects on it. */
export interface LearningWorld {
  readonly server: ElasticServer;
  readonly types: { readonly job: ResourceType; readonly datafeed: ResourceType; readonly analytics: ResourceType };
  /** A request of a person, past our own client. */
  person(method: string, path: string, body?: Json): Promise<unknown>;
  everything(): string[];
  /** `closed`, `started`…; undefined where there is none. */
  state(space: 'job' | 'datafeed' | 'data-frame-analytics', id: string): unknown;
  close(): Promise<void>;
}

/** Starts one. */
export async function learningWorld(version = '8.17.2', force = false): Promise<LearningWorld> {
  const server = await startElastic({ version });
  const { name: username, password = '' } = superuser;
  const address = targetAddress('elasticsearch', { url: server.url, username, password });
  // Nothing is tried again: each request that fails is to be seen.
  const client = openTargetClient(address, { reasonOf: elasticReason, pauses: [] });
  const elasticsearch: Elasticsearch = {
    ...{ client, version, title: '', distribution: 'elasticsearch', since: () => true },
  };
  const person: LearningWorld['person'] = async (method, path, body) => {
    const answer = await ask(server, method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await person('PUT', '/_ml/anomaly_detectors/theirs', { ...jobBody(), groups: ['group-of-theirs'] });
  await person('PUT', '/_ml/datafeeds/datafeed-theirs', { job_id: 'theirs', indices: ['their-logs'] });
  await person('PUT', '/_ml/data_frame/analytics/analytics-of-theirs', analyticsBody());
  await person('POST', '/_ml/anomaly_detectors/theirs/_open');
  await person('POST', '/_ml/datafeeds/datafeed-theirs/_start');
  const view = () => stackView(server.stack);
  return {
    server,
    types: {
      job: jobs(elasticsearch, { force }),
      datafeed: datafeeds(elasticsearch, { force }),
      analytics: dataFrameAnalytics(elasticsearch, { force }),
    },
    person,
    everything: () =>
      Object.entries(view())
        .flatMap(([space, rows]) =>
          Object.entries(rows).map(([id, row]) => `${space}/${id} ${canonicalJson(said(row))}`),
        )
        .sort(),
    state: (space, id) => (view()[space]?.[id] as { state?: unknown } | undefined)?.state,
    close: async () => {
      expect(server.problems).toEqual([]);
      await server.close();
    },
  };
}

/** A configuration without members that say nothing: a server does not show them. */
function said(row: Json): Value {
  const entries = Object.entries(row as { [key: string]: Value });
  return Object.fromEntries(entries.filter(([, value]) => !['[]', '{}', '""'].includes(JSON.stringify(value))));
}

/** An anomaly detection job as an author writes it. */
export function jobBody(more: { readonly [key: string]: Value } = {}): { [key: string]: Value } {
  return {
    description: 'Sum of probabilities',
    analysis_config: {
      bucket_span: '15m',
      detectors: [{ function: 'high_sum', field_name: 'p', over_field_name: 'source.ip' }],
      influencers: ['source.ip'],
    },
    data_description: { time_field: '@timestamp' },
    ...more,
  };
}

/** A datafeed. */
export function feedBody(more: { readonly [key: string]: Value } = {}): { [key: string]: Value } {
  return { job_id: 'ours', indices: ['logs-*'], query: { exists: { field: 'p' } }, ...more };
}

/** Analytics. */
export function analyticsBody(more: { readonly [key: string]: Value } = {}): { [key: string]: Value } {
  return {
    source: { index: ['summary'] },
    dest: { index: 'outliers' },
    analysis: { outlier_detection: {} },
    model_memory_limit: '100mb',
    ...more,
  };
}

/** What a bundle wants. */
export function wanted(type: ObjectKey['type'], id: string, body: Value): DesiredObject {
  return { type, id, body, digest: objectDigest('elastic-job', body), dependsOn: [], file: `${id}.json` };
}

/** What stands there, through a journal: as JSON keeps it. */
export async function standing(type: ResourceType, id: string): Promise<ActualObject> {
  const actual = (await type.read(id)) ?? expect.unreachable(`${id} is not there`);
  return JSON.parse(JSON.stringify(actual));
}
