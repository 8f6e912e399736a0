import { isArray, isObject, member, step, type Value } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { cut } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { routed } from '../routing.ts';

/** A transform writes with the rights of whoever deploys it: into one index of its own, and nowhere else (security.md A22). */
export const transformDestinationUnsafe = defineCheck({
  id: 'transform-destination-unsafe',
  severity: 'error',
  scan: true,
  title: 'A transform writes where it should not',
  help: 'Give it one index of its own: lower-case, without a pattern, without a dot in front, and none that it reads.',
  run: (context) =>
    eachDocument(context, 'elastic-transform', function* ({ value, at }) {
      const [destination, source] = [member(value, 'dest'), member(value, 'source')];
      const index = member(destination, 'index');
      const defect = typeof index === 'string' ? indexDefect(index, member(source, 'index')) : undefined;
      if (defect !== undefined) {
        yield { message: `\`dest.index\` is \`${cut(String(index))}\`: ${defect}.`, at: at('/dest/index') };
      }
      if (Object.hasOwn(isObject(destination) ? destination : {}, 'aliases')) {
        const message = '`dest.aliases` moves names that others read by to this index.';
        yield { message, help: 'Leave it out; an alias is for whoever owns the name.', at: at('/dest/aliases') };
      }
      const pivot = member(value, 'pivot');
      for (const key of ['group_by', 'aggregations', 'aggs']) {
        const fields = member(pivot, key);
        for (const name of isObject(fields) ? Object.keys(fields) : []) {
          const reached = routed(name);
          if (reached === undefined) continue;
          const message = `The field \`${cut(name)}\` is \`${reached}\`, which says where a document goes.`;
          yield { message, help: 'Name it otherwise.', at: at(step(`/pivot/${key}`, name), 'key') };
        }
      }
    }),
});

/** Why an index is none of the transform's own; undefined where it may be. */
function indexDefect(index: string, source: Value | undefined): string | undefined {
  if (/[*?,<>{}]/.test(index)) return 'it is a pattern, a list or a date, and not one index';
  if (index.includes(':')) return 'it is on another cluster';
  if (/^[._+-]/.test(index)) return `indices that begin with \`${index[0]}\` are the stack's, or none`;
  if (index !== index.toLowerCase()) return 'an index has no upper-case letters';
  const read = isArray(source) ? source : [source];
  return read.some((name) => name === index) ? 'the transform reads it too' : undefined;
}
