import type { ResourceType, ResourceTypes } from '../resource.ts';
import { componentTemplates } from './component-template.ts';
import type { Elasticsearch, Mark } from './elasticsearch.ts';
import { models } from './model.ts';
import { pipelines } from './pipeline.ts';
import { type ScriptPlace, scripts } from './script.ts';

/**
 * Every type of object that a deployment puts on an Elasticsearch.
 * @param placeOf where the source of a script stands in its file
 */
export function elasticTypes(elasticsearch: Elasticsearch, mark: Mark, placeOf: ScriptPlace): ResourceTypes {
  const types: ResourceType[] = [
    models(elasticsearch, mark),
    scripts(elasticsearch, placeOf),
    pipelines(elasticsearch, mark),
    componentTemplates(elasticsearch, mark),
  ];
  return new Map(types.map((each) => [each.type, each]));
}
