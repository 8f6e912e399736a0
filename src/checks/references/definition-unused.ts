import type { Bundle } from '../../domain/bundle.ts';
import type { Reference, Space } from '../../domain/reference.ts';
import { atMost } from '../at-most.ts';
import { type CannotRun, type CheckFinding, defineCheck } from '../check.ts';

/** Something is shipped that nothing asks for: left over, or the use has another id. */
export const definitionUnused = defineCheck({
  id: 'definition-unused',
  severity: 'note',
  title: 'Nothing in the bundle uses what a file defines',
  help: 'Remove the file, or correct the id where it is meant to be used.',
  run: ({ bundle }) => atMost(unused(bundle)),
});

function* unused({ graph }: Bundle): Iterable<CheckFinding | CannotRun> {
  const used = new Set(graph.references.filter(({ role }) => role === 'uses').map(key));
  const defined = graph.references.filter(({ role }) => role === 'defines');
  // A model that is called by an alias is used, whatever its id: both are defined by one file.
  const answering = new Set(defined.filter((reference) => used.has(key(reference))).map(fileKey));
  const ids = new Set(defined.map(key));
  const lost = new Set(
    graph.references.filter((use) => use.role === 'uses' && !ids.has(key(use))).map(({ space }) => space),
  );
  const unresolved = (space: Space) =>
    lost.has(space) ? `a use in the space ${space} is unresolved, and may mean any of its definitions` : undefined;
  const silent = new Set<string>();
  for (const reference of defined) {
    const { space, id, at, entryPoint } = reference;
    if (entryPoint === true || answering.has(fileKey(reference))) continue;
    const reason = graph.unknownUses[space] ?? unresolved(space);
    if (reason === undefined) yield { message: `Nothing in the bundle uses the ${space} \`${id}\`.`, at };
    else silent.add(reason);
  }
  for (const reason of silent) yield { skipped: reason };
}

function key({ space, id }: Reference): string {
  return `${space} ${id}`;
}

function fileKey({ space, at }: Reference): string {
  return `${space} ${at.file}`;
}
