import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';
import { approveHelp, unapproved } from '../script-approval.ts';

const formats = [
  'elastic-job',
  'elastic-rule',
  'elastic-transform',
  'elastic-enrich-policy',
  'elastic-saved-objects',
] as const;

/** Script fields, runtime mappings, script queries and scripted aggregations of whatever searches (security.md A23). */
export const searchScriptNotKnown = defineCheck({
  id: 'search-script-not-known',
  severity: 'error',
  scan: true,
  title: 'A search runs a script that nobody has approved',
  help: `${approveHelp} It then runs on every document that the search meets, as often as it is repeated.`,
  *run(context) {
    for (const format of formats) {
      yield* eachDocument(context, format, function* ({ entry, at }) {
        for (const script of entry.scripts ?? []) {
          const message = unapproved(script, context);
          if (message !== undefined) yield { message, at: at(script.pointer) };
        }
      });
    }
  },
});
