import { isArray, member, type Value } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { type Condition, unmet } from '../preflight.ts';
import type { Client } from './client.ts';
import { takesRef } from './ref-pattern.ts';

const subject = 'tag rules';

/** A tag that a family would be released under. */
const sampleTag = (family: string): string => `${family}-20000101-1`;

const bypassHelp =
  'Let this token pass: Settings → Rules → Rulesets → the ruleset → Bypass list; for a job that is an App, whose token ' +
  'it takes as `token`. Or let somebody push the tag who may: a run that a tag started makes none.';

/**
 * The rules that keep tags of some families from being made.
 * @param given whether a tag started the run: then none is made
 */
export async function ruleConditions(
  client: Client,
  families: readonly string[],
  given: boolean,
): Promise<Condition[]> {
  const list = await client.read(`${client.root}/rulesets?targets=tag&per_page=100`);
  if (list.status !== 200 || !isArray(list.body)) {
    const message = `Rules for tags cannot be seen: GitHub answered ${list.status}${list.said === '' ? '' : ` (${list.said})`}.`;
    return [{ subject, state: 'attention', message, help: 'See Settings → Rules → Rulesets.' }];
  }
  const active = list.body.filter((ruleset) => {
    return member(ruleset, 'target') === 'tag' && member(ruleset, 'enforcement') === 'active';
  });
  const found = await Promise.all(active.map((ruleset) => conditionsOf(client, ruleset, families, given)));
  const conditions = found.flat();
  if (conditions.length > 0) return conditions;
  return [{ subject, state: 'good', message: 'None keeps this token from making the tags of a release.' }];
}

async function conditionsOf(
  client: Client,
  listed: Value,
  families: readonly string[],
  given: boolean,
): Promise<Condition[]> {
  const name = `\`${safe(String(member(listed, 'name')))}\``;
  const { status, body } = await client.read(`${client.root}/rulesets/${Number(member(listed, 'id'))}`);
  if (status !== 200) {
    return [{ subject, state: 'attention', message: `What the ruleset ${name} says cannot be seen: ${status}.` }];
  }
  if (['always', 'exempt'].includes(String(member(body, 'current_user_can_bypass')))) return [];
  const meant = families.filter((family) => isMeant(member(member(body, 'conditions'), 'ref_name'), family));
  const rules = member(body, 'rules');
  const forbidden = meant.filter((family) => isArray(rules) && rules.some((rule) => forbids(rule, family) === true));
  if (forbidden.length > 0) {
    const message = `The ruleset ${name} forbids this token to make tags of ${forbidden.join(', ')}.`;
    if (given) return [{ subject, state: 'good', message: `${message} The tag of this run is there already.` }];
    return [unmet(new Failure('tag-rule', message, { help: bypassHelp }), subject)];
  }
  const doubtful = (isArray(rules) ? rules : []).filter((rule) =>
    meant.some((family) => forbids(rule, family) !== false),
  );
  if (doubtful.length === 0) return [];
  const types = doubtful.map((rule) => safe(String(member(rule, 'type')))).join(', ');
  const message = `The ruleset ${name} may refuse tags of ${meant.join(', ')}: ${types}.`;
  return [{ subject, state: 'attention', message, help: 'See whether the commits that are released satisfy it.' }];
}

function isMeant(conditions: Value | undefined, family: string): boolean {
  const patterns = (key: string): string[] => {
    const list = member(conditions, key);
    return isArray(list) ? list.filter((pattern) => typeof pattern === 'string') : [];
  };
  const ref = `refs/tags/${sampleTag(family)}`;
  // In doubt a pattern takes it, and excludes it not.
  const included = patterns('include').some((pattern) => takesRef(pattern, ref) !== false);
  return included && !patterns('exclude').some((pattern) => takesRef(pattern, ref) === true);
}

const harmless = new Set(['update', 'deletion', 'non_fast_forward', 'required_linear_history']);

/** Whether a rule keeps a tag of the family from being made; undefined where that cannot be told from here. */
function forbids(rule: Value, family: string): boolean | undefined {
  const type = String(member(rule, 'type'));
  if (type === 'creation') return true;
  if (harmless.has(type)) return false;
  if (type !== 'tag_name_pattern') return undefined;
  const parameters = member(rule, 'parameters');
  const [operator, pattern] = ['operator', 'pattern'].map((key) => String(member(parameters, key)));
  const tag = sampleTag(family);
  const fits =
    operator === 'starts_with'
      ? tag.startsWith(pattern ?? '')
      : operator === 'contains'
        ? tag.includes(pattern ?? '')
        : undefined;
  // An ending is a number's, and an expression is RE2's: neither can be tried here.
  if (fits === undefined) return undefined;
  return (member(parameters, 'negate') === true) === fits;
}
