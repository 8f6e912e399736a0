import { isArray, isObject, member, type Value } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { cut } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { matchesAll } from '../query-reach.ts';

/** Types whose query alone decides what fires; others compare with indicators, earlier terms or a model. */
const types = ['query', 'saved_query', 'eql', 'esql', 'threshold'];

/** One such rule buries all others under its alerts (security.md A24). */
export const ruleMatchAll = defineCheck({
  id: 'rule-match-all',
  severity: 'warning',
  scan: true,
  title: 'A rule fires on everything',
  help: 'Say in the query what the rule is about.',
  run: (context) =>
    eachDocument(context, 'elastic-rule', function* ({ value, at }) {
      const rule = member(value, 'rule');
      const type = member(rule, 'type') ?? 'query';
      const query = member(rule, 'query');
      if (typeof query !== 'string' || typeof type !== 'string' || !types.includes(type)) return;
      const language = type === 'eql' || type === 'esql' ? type : (member(rule, 'language') ?? 'kuery');
      if (!matchesAll(query, String(language)) || isNarrowed(member(rule, 'filters'))) return;
      const counted = member(member(rule, 'threshold'), 'value');
      if (type === 'threshold' && typeof counted === 'number' && counted > 1) return;
      yield {
        message: `The query \`${cut(query)}\` (${cut(String(language))}) matches every document.`,
        at: at('/rule/query'),
      };
    }),
});

/** Whether some filter is in force that is more than `match_all`. */
function isNarrowed(filters: Value | undefined): boolean {
  if (!isArray(filters)) return false;
  return filters.some((filter) => {
    const query = member(filter, 'query') ?? filter;
    const disabled = member(member(filter, 'meta'), 'disabled') === true;
    return (
      !disabled && isObject(query) && Object.keys(query).some((key) => !['match_all', 'meta', '$state'].includes(key))
    );
  });
}
