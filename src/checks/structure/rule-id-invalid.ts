import { member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { cut } from '../datum.ts';
import { eachDocument } from '../each-document.ts';

/** Length of a UUID in text; nothing longer is looked at. */
const uuidLength = 36;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * `rule_id` tells rules apart wherever they are imported. elastic/detection-rules refuses what is no UUID
 * (elastic.md §7.4); Kibana takes any text, so this is a warning.
 */
export const ruleIdInvalid = defineCheck({
  id: 'rule-id-invalid',
  severity: 'warning',
  title: 'The rule_id of a rule is no UUID',
  help: 'Give the rule a fresh UUID once (`uuidgen`), and keep it in all later releases.',
  run: (context) =>
    eachDocument(context, 'elastic-rule', function* ({ value, at }) {
      const id = member(member(value, 'rule'), 'rule_id');
      // What is no text, or an empty one, is the matter of `rule-field-type`.
      if (typeof id !== 'string' || id.trim() === '') return;
      if (id.length === uuidLength && uuid.test(id)) return;
      yield {
        message: `\`rule_id\` \`${cut(id)}\` is no UUID: another rule may have it too.`,
        at: at('/rule/rule_id'),
      };
    }),
});
