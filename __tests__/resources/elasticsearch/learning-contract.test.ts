import type { Value } from '../../../src/domain/document.ts';
import type { ObjectKey } from '../../../src/domain/resource.ts';
import type { ResourceType } from '../../../src/resources/resource.ts';
import { type ResourcePlace, resourceTypeContract } from '../../contracts/resource-type.ts';
import type { Json } from '../../elastic-server/json.ts';
import { analyticsBody, feedBody, jobBody, type LearningWorld, learningWorld, wanted } from './learning-world.ts';

/** Two bodies of a type, and what a person does to the first. */
interface Sample {
  readonly key: ObjectKey;
  readonly type: (world: LearningWorld) => ResourceType;
  readonly first: Value;
  readonly second: Value;
  readonly byHand: readonly [path: string, body: Json];
}

const job: Sample = {
  key: { type: 'job', id: 'ours' },
  type: ({ types }) => types.job,
  first: jobBody(),
  second: jobBody({ description: 'Another', groups: ['dga'], analysis_limits: { model_memory_limit: '2gb' } }),
  byHand: ['/_ml/anomaly_detectors/ours/_update', { description: 'by hand' }],
};

const feed: Sample = {
  key: { type: 'datafeed', id: 'datafeed-ours' },
  type: ({ types }) => types.datafeed,
  first: feedBody(),
  second: feedBody({ indices: ['other-*'], frequency: '10m' }),
  byHand: ['/_ml/datafeeds/datafeed-ours/_update', { query: { match_none: {} } }],
};

const analytics: Sample = {
  key: { type: 'data-frame-analytics', id: 'ours' },
  type: ({ types }) => types.analytics,
  first: analyticsBody(),
  second: analyticsBody({ model_memory_limit: '1gb', description: 'Larger' }),
  byHand: ['/_ml/data_frame/analytics/ours/_update', { model_memory_limit: '200mb' }],
};

const samples: Readonly<Record<string, Sample>> = {
  'an anomaly detection job': job,
  'an anomaly detection job of which another is made': {
    ...job,
    second: jobBody({ data_description: { time_field: 'other' } }),
  },
  'a datafeed': feed,
  'a datafeed that loses what the API cannot take away': {
    ...feed,
    first: feedBody({ frequency: '150s' }),
    second: feedBody(),
  },
  'data-frame analytics': analytics,
  'data-frame analytics of which others are made': {
    ...analytics,
    second: analyticsBody({ dest: { index: 'others' } }),
  },
};

for (const version of ['8.17.2', '7.10.2']) {
  for (const [title, { key, type, first, second, byHand }] of Object.entries(samples)) {
    resourceTypeContract(`${title} on ${version}`, async (): Promise<ResourcePlace> => {
      const world = await learningWorld(version);
      if (key.type === 'datafeed') await world.person('PUT', '/_ml/anomaly_detectors/ours', jobBody());
      return {
        type: type(world),
        desired: (which) => wanted(key.type, key.id, which === 'first' ? first : second),
        changeByHand: async () => void (await world.person('POST', ...byHand)),
        everything: async () => world.everything(),
        close: world.close,
      };
    });
  }
}
