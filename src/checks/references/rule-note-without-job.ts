import { isArray, isObject, member, type Value } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';

/** A rule raises nothing until its job runs, and its note is where an analyst looks. */
export const ruleNoteWithoutJob = defineCheck({
  id: 'rule-note-without-job',
  severity: 'note',
  title: 'The note of a machine-learning rule does not name its job',
  help: 'Say in `note` or `setup` which job has to run, by its name.',
  run: (context) =>
    eachDocument(context, 'elastic-rule', function* ({ value, at }) {
      const rule = member(value, 'rule');
      if (!isObject(rule) || member(rule, 'type') !== 'machine_learning') return;
      const text = `${member(rule, 'note') ?? ''}\n${member(rule, 'setup') ?? ''}`;
      const place = ['note', 'setup'].find((key) => member(rule, key) !== undefined);
      for (const job of jobsOf(member(rule, 'machine_learning_job_id'))) {
        if (text.includes(job)) continue;
        const pointer = place === undefined ? '/rule' : `/rule/${place}`;
        yield { message: `The rule rests on the job \`${job}\`, which its note does not name.`, at: at(pointer) };
      }
    }),
});

/** A string, or an array of strings (elastic.md §7.4), of which more than a few are no rule that anybody wrote. */
function jobsOf(value: Value | undefined): string[] {
  const all = isArray(value) ? value.slice(0, 20) : [value];
  return all.filter((job) => typeof job === 'string');
}
