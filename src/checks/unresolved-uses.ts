import { definitions, type Reference, type ReferenceGraph, type Space, uses } from '../domain/reference.ts';
import type { CannotRun } from './check.ts';
import { nearest } from './near.ts';

/** Ids for which a near one is looked for: the search is the dear part. */
const guessed = 20;

/** A use without a definition, and the definition that it most likely means. */
export interface UnresolvedUse extends Reference {
  readonly meant?: Reference;
}

/**
 * The uses of a space that nothing in the bundle defines.
 * @returns a reason instead, where the space is used and its definitions are not all known
 */
export function unresolvedUses(graph: ReferenceGraph, space: Space): (UnresolvedUse | CannotRun)[] {
  const used = uses(graph.references, space);
  const reason = graph.unknownDefinitions[space];
  if (reason !== undefined) return used.length === 0 ? [] : [{ skipped: reason }];
  const known = new Map(definitions(graph.references, space).map((definition) => [definition.id, definition]));
  const guesses = new Map<string, Reference | undefined>();
  return used.flatMap((use) => {
    if (known.has(use.id)) return [];
    if (!guesses.has(use.id) && guesses.size < guessed) {
      const near = nearest(use.id, known.keys());
      guesses.set(use.id, near === undefined ? undefined : known.get(near));
    }
    const meant = guesses.get(use.id);
    return [{ ...use, ...(meant === undefined ? {} : { meant }) }];
  });
}
