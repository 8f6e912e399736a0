import { member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';
import { unboundedIndices } from '../index-pattern.ts';

const fields = ['index', 'threat_index'];

/** Such a rule searches what nobody meant, every few minutes (security.md A23, A24). */
export const ruleUnboundedIndices = defineCheck({
  id: 'rule-unbounded-indices',
  severity: 'warning',
  scan: true,
  title: 'A rule searches every index',
  help: 'Name the indices that it is about: `packetbeat-*`. Without `index`, the space decides.',
  run: (context) =>
    eachDocument(context, 'elastic-rule', function* ({ value, at }) {
      for (const field of fields) {
        const list = member(member(value, 'rule'), field);
        if (list === undefined) continue;
        for (const { pointer, defect } of unboundedIndices(list, `/rule/${field}`)) {
          yield { message: `\`${field}\`: ${defect}.`, at: at(pointer) };
        }
      }
    }),
});
