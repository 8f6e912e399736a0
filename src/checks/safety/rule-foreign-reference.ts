import { isArray, member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { datum } from '../datum.ts';
import { eachDocument } from '../each-document.ts';

/** Objects of a stack that no bundle brings, and what they do to the rule (Kibana's rule schema). */
const foreign: Readonly<Record<string, string>> = {
  exceptions_list: 'whoever edits that list silences the rule',
  saved_id: 'whoever edits that saved query changes what the rule looks for',
  data_view_id: 'whoever edits that data view changes where the rule looks',
};

/** A bundle is checked as a whole; what lies outside of it is not (security.md A24). */
export const ruleForeignReference = defineCheck({
  id: 'rule-foreign-reference',
  severity: 'error',
  scan: true,
  title: 'A rule rests on an object of the stack that the bundle does not bring',
  help: 'Write the query and the indices into the rule; add exceptions on the stack, where they survive the next release.',
  run: (context) =>
    eachDocument(context, 'elastic-rule', function* ({ value, at }) {
      for (const table of ['/rule', '']) {
        const holder = table === '' ? value : member(value, 'rule');
        for (const [field, what] of Object.entries(foreign)) {
          const found = member(holder, field) ?? null;
          if (found === null || found === '' || (isArray(found) && found.length === 0)) continue;
          yield { message: `\`${field}\` is ${datum(found)}: ${what}.`, at: at(`${table}/${field}`) };
        }
      }
    }),
});
