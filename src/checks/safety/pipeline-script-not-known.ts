import { uses } from '../../domain/reference.ts';
import { atMost } from '../at-most.ts';
import { type CannotRun, type CheckContext, type CheckFinding, defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';
import { approveHelp, unapproved } from '../script-approval.ts';

/** A script may do anything to a document; which ones are harmless cannot be computed, only known (security.md A22, A23). */
export const pipelineScriptNotKnown = defineCheck({
  id: 'pipeline-script-not-known',
  severity: 'error',
  scan: true,
  title: 'A pipeline runs a script that nobody has approved',
  help: `${approveHelp} It then runs on every document that passes, and may change all of it.`,
  *run(context) {
    for (const format of ['elastic-pipeline', 'elastic-script'] as const) {
      yield* eachDocument(context, format, function* ({ entry, at }) {
        for (const script of entry.scripts ?? []) {
          const message = unapproved(script, context);
          if (message !== undefined) yield { message, at: at(script.pointer) };
        }
      });
    }
    yield* atMost(ofTarget(context));
  },
});

/** Stored scripts that no file of the kind could define. */
function* ofTarget({ bundle: { graph } }: CheckContext): Iterable<CheckFinding | CannotRun> {
  if (graph.definable.includes('script')) return;
  for (const { id, at } of uses(graph.references, 'script')) {
    const message = `The stored script \`${id}\` comes with no bundle of this kind: nobody here knows what it does.`;
    yield { message, help: 'Let the bundle bring it: add a role for scripts to the kind.', at };
  }
}
