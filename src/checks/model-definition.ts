import { member, type Value } from '../domain/document.ts';
import type { Unlisted } from './at-most.ts';
import type { CannotRun, CheckContext, CheckFinding } from './check.ts';
import { cut } from './datum.ts';
import { eachDocument, type Subject } from './each-document.ts';
import { faultsOf } from './model-trees.ts';
import type { TreeCheck, TreeFault } from './tree-faults.ts';

/** The definition of a model, which holds its trees: as it stands in the file, or opened. */
export interface Definition {
  readonly value: Value;
  /** A defect inside it, with its JSON path. What is compressed has no place of its own: the whole is pointed at. */
  finding(fault: TreeFault): CheckFinding;
}

/** The definition of a model; undefined where there is none, or one that cannot be opened. */
export function definitionOf({ entry, value, at }: Subject): Definition | undefined {
  const plain = member(value, 'definition');
  if (plain !== undefined) {
    const finding = ({ pointer, part, message }: TreeFault) => {
      const path = `/definition${pointer}`;
      return { message: `${message} (\`${cut(path)}\`)`, at: at(path, part) };
    };
    return { value: plain, finding };
  }
  if (entry.openedDefinition === undefined) return undefined;
  const finding = ({ pointer, message }: TreeFault) => {
    const path = pointer === '' ? '' : ` → ${cut(pointer)}`;
    return { message: `${message} (\`compressed_definition${path}\`)`, at: at('/compressed_definition') };
  };
  return { value: entry.openedDefinition, finding };
}

/** The findings of one of the checks that look at trees. */
export function treeFindings(context: CheckContext, check: TreeCheck): Iterable<CheckFinding | CannotRun> {
  return eachDocument(context, 'elastic-model', function* (subject): Iterable<CheckFinding | CannotRun | Unlisted> {
    const definition = definitionOf(subject);
    if (definition === undefined) {
      yield { skipped: `\`${subject.entry.path}\` has no definition that can be read` };
      return;
    }
    const { first, more } = faultsOf(definition.value).of(check);
    for (const fault of first) yield definition.finding(fault);
    if (more > 0) yield { unlisted: more };
  });
}
