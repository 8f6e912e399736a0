import { compareText } from '../../domain/diagnostic.ts';
import type { Reference } from '../../domain/reference.ts';
import { atMost } from '../at-most.ts';
import { type CheckFinding, defineCheck } from '../check.ts';
import { roleOf } from '../files-of.ts';

/** Two files define one id. Which of the two is wrong nobody can know: the second is reported, the first named. */
export const definitionDuplicate = defineCheck({
  id: 'definition-duplicate',
  severity: 'error',
  title: 'An id is defined twice in the bundle',
  help: 'Give one of the two another id, or remove it.',
  run: ({ bundle }) => {
    /** Several files for a role that one file plays define its ids again: `file-surplus` says so. */
    const surplus = ({ at }: Reference) => {
      const entry = bundle.entries.find(({ path }) => path === at.file);
      const count = entry && roleOf(bundle.kind, entry)?.count;
      return at.pointer === undefined && (count === 'one' || count === 'optional');
    };
    return atMost(duplicates(bundle.graph.references, surplus));
  },
});

function* duplicates(
  references: readonly Reference[],
  surplus: (reference: Reference) => boolean,
): Iterable<CheckFinding> {
  const firsts = new Map<string, Reference>();
  const sorted = references.filter(({ role }) => role === 'defines').sort((a, b) => compareText(a.at.file, b.at.file));
  for (const reference of sorted) {
    const key = `${reference.space} ${reference.id}`;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, reference);
    else if (!(surplus(first) && surplus(reference))) {
      const where = first.at.file === reference.at.file ? 'in this file' : `by \`${first.at.file}\``;
      yield { message: `The ${reference.space} \`${reference.id}\` is defined ${where} already.`, at: reference.at };
    }
  }
}
