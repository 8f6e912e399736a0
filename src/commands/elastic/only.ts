import type { ObjectKey, ResourceTypeId } from '../../domain/resource.ts';
import { rulePlace } from '../../domain/rule-key.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { Inputs } from '../../inputs.ts';

/** What `--only` names. */
const words = ['model', 'jobs', 'rules'] as const;

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
};

/**
 * Which objects a command is about: all, or those of `--only`; of rules, where a space is meant, those in it.
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
    return type !== 'rule' || space === undefined || rulePlace(id).space === space;
  };
}
