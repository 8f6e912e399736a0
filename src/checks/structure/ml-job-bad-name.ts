import { member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { cut } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { idDefect, idGrammar } from '../elastic-id.ts';

/** The name becomes an id in a path of the API: `../_security/user/x` would reach another one (security.md A25). */
export const mlJobBadName = defineCheck({
  id: 'ml-job-bad-name',
  severity: 'error',
  scan: true,
  title: "A job's name is no id of Elasticsearch",
  help: 'Give the job another name, in its datafeed and in the rules that rest on it too.',
  run: (context) =>
    eachDocument(context, 'elastic-job', function* ({ value, at }) {
      const name = member(value, 'name');
      const defect = typeof name === 'string' ? idDefect(name) : undefined;
      if (typeof name !== 'string' || defect === undefined) return;
      yield {
        message: `Elasticsearch refuses the job name \`${cut(name)}\`: ${defect}. ${idGrammar}`,
        at: at('/name'),
      };
    }),
});
