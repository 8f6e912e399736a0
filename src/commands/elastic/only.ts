import type { ObjectKey, ResourceTypeId } from '../../domain/resource.ts';
import { rulePlace } from '../../domain/rule-key.ts';
import { safe } from '../../domain/safe.ts';
import { savedObjectPlace } from '../../domain/saved-object-key.ts';
import { Failure } from '../../errors.ts';
import type { Inputs } from '../../inputs.ts';

/** What `--only` names. */
const words = ['model', 'jobs', 'rules', 'dashboards'] as const;

/** Which word names a type. */
const wordOf: Readonly<Record<ResourceTypeId, (typeof words)[number]>> = {
  model: 'model',
  script: 'model',
  'enrich-policy': 'model',
  pipeline: 'model',
  'component-template': 'model',
  mapping: 'model',
  attachment: 'model',
  transform: 'model',
  job: 'jobs',
  datafeed: 'jobs',
  'data-frame-analytics': 'jobs',
  rule: 'rules',
  'saved-object': 'dashboards',
};

/**
 * Which objects a command is about: all, or those of `--only`; of what is in Kibana, where a space is meant, that in it.
 * @param space undefined for every space
 * @throws Failure `usage`
 */
export function selectionOf({ only }: Inputs, space: string | undefined): (key: ObjectKey) => boolean {
  const named = only?.split(',').map((word) => word.trim());
  const unknown = named?.find((word) => !words.some((known) => known === word));
  if (unknown !== undefined) {
    throw new Failure('usage', `\`--only ${safe(unknown)}\` names nothing: ${words.join(', ')} can be named.`);
  }
  return ({ type, id }) => {
    if (named !== undefined && !named.includes(wordOf[type])) return false;
    if (space === undefined) return true;
    if (type === 'saved-object') return savedObjectPlace(id)?.space === space;
    return type !== 'rule' || rulePlace(id).space === space;
  };
}
