import { definitions } from '../../domain/reference.ts';
import { defineCheck } from '../check.ts';
import { cut } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { enrichDefects, policyNameDefect } from '../enrich-shape.ts';

/** The body of `PUT _enrich/policy/<name>` (elastic.md §2.5, §6.1), under a name that policies take. */
export const enrichPolicyMalformed = defineCheck({
  id: 'enrich-policy-malformed',
  severity: 'error',
  title: 'A file of an enrich policy is none',
  help: 'A policy is `{"match": {"indices": …, "match_field": "…", "enrich_fields": […]}}`; `geo_match` and `range` are alike.',
  run: (context) =>
    eachDocument(context, 'elastic-enrich-policy', function* ({ entry, value, at }) {
      for (const { pointer, message } of enrichDefects(value)) yield { message, at: at(pointer) };
      for (const { id } of definitions(context.bundle.graph.references, 'enrich-policy').filter(
        (defined) => defined.at.file === entry.path,
      )) {
        const defect = policyNameDefect(id);
        if (defect === undefined) continue;
        const message = `The file name gives the policy \`${cut(id)}\`, which Elasticsearch refuses: ${defect}.`;
        yield { message, help: 'Rename the file, and the `policy_name` in pipelines.', at: { file: entry.path } };
      }
    }),
});
