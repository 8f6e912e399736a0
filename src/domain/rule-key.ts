/** The space that every Kibana has, whose addresses do not name it. */
export const defaultSpace = 'default';

/** Where a rule stands. */
interface RulePlace {
  readonly space: string;
  readonly ruleId: string;
}

/**
 * The id under which the journal knows a rule: `rule_id` in the default space, `space/rule_id` in another one, so that
 * whoever repairs or asks reaches the space in which it was put.
 */
export function ruleKey({ space, ruleId }: RulePlace): string {
  return space === defaultSpace && !ruleId.includes('/') ? ruleId : `${space}/${ruleId}`;
}

/** Where the rule of an id stands. */
export function rulePlace(id: string): RulePlace {
  const slash = id.indexOf('/');
  return slash === -1
    ? { space: defaultSpace, ruleId: id }
    : { space: id.slice(0, slash), ruleId: id.slice(slash + 1) };
}
