import { isObject, member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';
import { unboundedIndices } from '../index-pattern.ts';

/** Such a transform copies what nobody meant into an index that more people may read (security.md A23). */
export const transformUnboundedIndices = defineCheck({
  id: 'transform-unbounded-indices',
  severity: 'warning',
  scan: true,
  title: 'A transform reads every index',
  help: 'Name the indices that it is about: `logs-endpoint.events.*`.',
  run: (context) =>
    eachDocument(context, 'elastic-transform', function* ({ value, at }) {
      const source = member(value, 'source');
      if (!isObject(source) || !Object.hasOwn(source, 'index')) return;
      for (const { pointer, defect } of unboundedIndices(source['index'] ?? null, '/source/index')) {
        yield { message: `\`source.index\`: ${defect}.`, at: at(pointer) };
      }
    }),
});
