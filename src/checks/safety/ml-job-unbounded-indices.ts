import { isObject, member, type Value } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';
import { unboundedIndices } from '../index-pattern.ts';

/** Such a job reads what nobody meant, whoever may see its results, and keeps the cluster busy (security.md A23). */
export const mlJobUnboundedIndices = defineCheck({
  id: 'ml-job-unbounded-indices',
  severity: 'warning',
  scan: true,
  title: 'A datafeed or job reads every index',
  help: 'Name the indices that it is about: `packetbeat-*`.',
  run: (context) =>
    eachDocument(context, 'elastic-job', function* ({ value, at }) {
      for (const { holder, pointer, keys } of readers(value)) {
        const lists = keys.filter((key) => Object.hasOwn(holder, key));
        if (lists.length === 0) {
          const message = `\`${keys[0]}\` is missing: no index is named.`;
          yield { message, at: at(pointer) };
        }
        for (const key of lists) {
          for (const found of unboundedIndices(holder[key] ?? null, `${pointer}/${key}`)) {
            yield { message: `\`${key}\`: ${found.defect}.`, at: at(found.pointer) };
          }
        }
      }
    }),
});

/** What reads indices in a job file: a datafeed, that inside a job, the source of an analytics job. */
function readers(value: Value) {
  const body = member(value, 'body');
  const indices = ['indices', 'indexes'];
  const places = [
    ...(member(value, 'type') === 'datafeed' ? [{ holder: body, pointer: '/body', keys: indices }] : []),
    { holder: member(body, 'datafeed_config'), pointer: '/body/datafeed_config', keys: indices },
    { holder: member(body, 'source'), pointer: '/body/source', keys: ['index'] },
  ];
  return places.flatMap(({ holder, ...place }) => (isObject(holder) ? [{ holder, ...place }] : []));
}
