import { isObject, member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';
import { unboundedIndices } from '../index-pattern.ts';

/** A policy copies the fields that it names into the documents of others, whoever may read those (security.md A22). */
export const enrichPolicyUnboundedIndices = defineCheck({
  id: 'enrich-policy-unbounded-indices',
  severity: 'warning',
  scan: true,
  title: 'An enrich policy reads every index',
  help: 'Name the indices that it is about: `filebeat-*`.',
  run: (context) =>
    eachDocument(context, 'elastic-enrich-policy', function* ({ value, at }) {
      for (const sort of ['match', 'geo_match', 'range']) {
        const policy = member(value, sort);
        if (!isObject(policy) || !Object.hasOwn(policy, 'indices')) continue;
        for (const { pointer, defect } of unboundedIndices(policy['indices'] ?? null, `/${sort}/indices`)) {
          yield { message: `\`indices\`: ${defect}.`, at: at(pointer) };
        }
      }
    }),
});
