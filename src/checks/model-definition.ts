import type { Location } from '../domain/diagnostic.ts';
import { member, type Value } from '../domain/document.ts';
import type { Unlisted } from './at-most.ts';
import type { CannotRun, CheckContext, CheckFinding } from './check.ts';
import { eachDocument, type Subject } from './each-document.ts';
import { faultsOf } from './model-trees.ts';
import type { TreeCheck } from './tree-faults.ts';

/** The definition of a model, which holds its trees: as it stands in the file, or opened. */
export interface Definition {
  readonly value: Value;
  /** A defect at a JSON pointer inside it: a compressed one has no place of its own, so the message says where. */
  finding(pointer: string, message: string): CheckFinding;
}

/** The definition of a model; undefined where there is none, or one that cannot be opened. */
export function definitionOf({ entry, value, at }: Subject): Definition | undefined {
  const plain = member(value, 'definition');
  const told = (place: Location, path: string, message: string) => ({ message: `${message} (\`${path}\`)`, at: place });
  if (plain !== undefined) {
    const finding = (pointer: string, message: string) =>
      told(at(`/definition${pointer}`), `/definition${pointer}`, message);
    return { value: plain, finding };
  }
  if (entry.openedDefinition === undefined) return undefined;
  const inside = (pointer: string) => `compressed_definition → ${pointer === '' ? 'the whole' : pointer}`;
  const finding = (pointer: string, message: string) => told(at('/compressed_definition'), inside(pointer), message);
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
    for (const { pointer, message } of first) yield definition.finding(pointer, message);
    if (more > 0) yield { unlisted: more };
  });
}
