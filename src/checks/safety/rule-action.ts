import { isArray, member, type Value } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { datum } from '../datum.ts';
import { eachDocument } from '../each-document.ts';

/** Both kinds act by themselves when the rule fires: send alerts somewhere, or do something to the host (Kibana's rule schema). */
const fields = ['actions', 'response_actions'];

/** What a rule does is the business of the team that runs it, never of who writes it (security.md A24). */
export const ruleAction = defineCheck({
  id: 'rule-action',
  severity: 'error',
  scan: true,
  title: 'A rule brings actions',
  help: 'Remove them; add actions on the stack, where they survive the next release.',
  run: (context) =>
    eachDocument(context, 'elastic-rule', function* ({ value, at }) {
      for (const table of ['/rule', '']) {
        const holder = table === '' ? value : member(value, 'rule');
        for (const field of fields) {
          const found = member(holder, field);
          if (found === undefined || isEmpty(found)) continue;
          const type = member(isArray(found) ? found[0] : found, 'action_type_id');
          const what = typeof type === 'string' ? `, first ${datum(type)}` : '';
          yield {
            message: `\`${field}\` is ${datum(found)}${what}: it acts when the rule fires.`,
            at: at(`${table}/${field}`),
          };
        }
      }
    }),
});

function isEmpty(value: Value): boolean {
  return isArray(value) && value.length === 0;
}
