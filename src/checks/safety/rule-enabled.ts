import { member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { datum } from '../datum.ts';
import { eachDocument } from '../each-document.ts';

/** A rule is switched on by the people who will read its alerts (security.md A24). */
export const ruleEnabled = defineCheck({
  id: 'rule-enabled',
  severity: 'warning',
  scan: true,
  title: 'A rule wants to be on as soon as it is uploaded',
  help: 'Remove `enabled`: new rules are off until somebody switches them on, and known ones stay as they are.',
  run: (context) =>
    eachDocument(context, 'elastic-rule', function* ({ value, at }) {
      const enabled = member(member(value, 'rule'), 'enabled');
      if (enabled === undefined || enabled === false) return;
      yield { message: `\`enabled\` is ${datum(enabled)}.`, at: at('/rule/enabled') };
    }),
});
