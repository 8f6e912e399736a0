import { member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { cut } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { pathDefect } from '../path-id.ts';

/** `rule_id` stands in the address of Kibana's API (security.md A25). */
export const ruleIdUnsafe = defineCheck({
  id: 'rule-id-unsafe',
  severity: 'error',
  scan: true,
  title: 'The rule_id of a rule would change an address',
  help: 'Give the rule a fresh UUID once (`uuidgen`), and keep it in all later releases.',
  run: (context) =>
    eachDocument(context, 'elastic-rule', function* ({ value, at }) {
      const id = member(member(value, 'rule'), 'rule_id');
      // What is no text, or an empty one, is the matter of `rule-field-type`.
      const defect = typeof id === 'string' && id.trim() !== '' ? pathDefect(id) : undefined;
      if (defect === undefined) return;
      yield {
        message: `\`rule_id\` \`${cut(String(id))}\` cannot stand in an address: ${defect}.`,
        at: at('/rule/rule_id'),
      };
    }),
});
