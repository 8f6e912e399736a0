import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';
import { approveHelp, unapproved } from '../script-approval.ts';

/** Script fields, runtime mappings, script queries and scripted aggregations of jobs, datafeeds and rules (security.md A23). */
export const searchScriptNotKnown = defineCheck({
  id: 'search-script-not-known',
  severity: 'error',
  scan: true,
  title: 'A job or rule searches with a script that nobody has approved',
  help: `${approveHelp} It then runs on every document that the search meets, as often as it is repeated.`,
  *run(context) {
    for (const format of ['elastic-job', 'elastic-rule'] as const) {
      yield* eachDocument(context, format, function* ({ entry, at }) {
        for (const script of entry.scripts ?? []) {
          const message = unapproved(script, context);
          if (message !== undefined) yield { message, at: at(script.pointer) };
        }
      });
    }
  },
});
