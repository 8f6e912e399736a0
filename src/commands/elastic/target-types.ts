import { elasticTypes, type TypeOptions } from '../../resources/elasticsearch/types.ts';
import { rules } from '../../resources/kibana/rule.ts';
import { savedObjects } from '../../resources/kibana/saved-object.ts';
import type { ResourceTypes } from '../../resources/resource.ts';
import { type Target, tool } from './target.ts';

/** Types whose objects stand in Kibana. */
const ofKibana: readonly string[] = ['rule', 'saved-object'];

/** Whether an object stands in Kibana, by its type: of a plan that was read, any word. */
export function isOfKibana({ type }: { readonly type: string }): boolean {
  return ofKibana.includes(type);
}

/** Every type of object of a target. Kibana is asked when an object of it is. @param release that marks are to name */
export function targetTypes(
  { elasticsearch, kibana }: Pick<Target, 'elasticsearch' | 'kibana'>,
  release = '',
  options: TypeOptions = {},
): ResourceTypes {
  return new Map([
    ...elasticTypes(elasticsearch, { tool, release }, options),
    ['rule', rules(kibana.open)],
    ['saved-object', savedObjects(kibana.open)],
  ]);
}
