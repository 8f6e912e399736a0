import { member, type Value } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';
import { unboundedIndices } from '../index-pattern.ts';
import { withoutComments } from '../query-reach.ts';

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
      const rule = member(value, 'rule');
      const sources = esqlSources(member(rule, 'type'), member(rule, 'query'));
      for (const { defect } of sources === undefined ? [] : unboundedIndices(sources, '')) {
        yield { message: `\`query\`: ${defect}.`, at: at('/rule/query') };
      }
      for (const field of fields) {
        const list = member(rule, field);
        if (list === undefined) continue;
        for (const { pointer, defect } of unboundedIndices(list, `/rule/${field}`)) {
          yield { message: `\`${field}\`: ${defect}.`, at: at(pointer) };
        }
      }
    }),
});

/** The indices that an ES|QL query names itself: behind `from`, up to `metadata` or the first pipe. */
function esqlSources(type: Value | undefined, query: Value | undefined): string | undefined {
  if (type !== 'esql' || typeof query !== 'string') return undefined;
  const [, sources] = /^\s*(?:from|ts)\s([^|]*)/i.exec(withoutComments(query)) ?? [];
  return sources?.replace(/\smetadata\s[\s\S]*$/i, '').replaceAll('"', '');
}
