import type { ResourceType, ResourceTypes } from '../resource.ts';
import { attachments } from './attachment.ts';
import { componentTemplates } from './component-template.ts';
import { dataFrameAnalytics } from './data-frame-analytics.ts';
import { datafeeds } from './datafeed.ts';
import type { Elasticsearch, Mark } from './elasticsearch.ts';
import { enrichPolicies } from './enrich-policy.ts';
import { jobs } from './job.ts';
import type { StopOptions } from './learning.ts';
import { mappings } from './mapping.ts';
import { models } from './model.ts';
import { pipelines } from './pipeline.ts';
import { type ScriptPlace, scripts } from './script.ts';
import { transforms } from './transform.ts';

/** What types may be told besides whose their objects are. */
export interface TypeOptions extends StopOptions {
  /** Where the source of a script stands in its file; by default the file is all that is said. */
  readonly placeOf?: ScriptPlace;
}

const fileAlone: ScriptPlace = async ({ file }) => file;

/** Every type of object that a deployment puts on an Elasticsearch. */
export function elasticTypes(
  elasticsearch: Elasticsearch,
  mark: Mark,
  { placeOf = fileAlone, ...stopping }: TypeOptions = {},
): ResourceTypes {
  const types: ResourceType[] = [
    models(elasticsearch, mark),
    scripts(elasticsearch, placeOf),
    pipelines(elasticsearch, mark),
    componentTemplates(elasticsearch, mark),
    mappings(elasticsearch, mark),
    attachments(elasticsearch),
    jobs(elasticsearch, stopping),
    datafeeds(elasticsearch, stopping),
    dataFrameAnalytics(elasticsearch, stopping),
    enrichPolicies(elasticsearch),
    transforms(elasticsearch, stopping),
  ];
  return new Map(types.map((each) => [each.type, each]));
}
