import type { Bundle } from '../../domain/bundle.ts';
import { atMost } from '../at-most.ts';
import { type CannotRun, type CheckFinding, defineCheck } from '../check.ts';
import { unresolvedUses } from '../unresolved-uses.ts';

/** An id is used, and no file of the bundle defines it. Spaces that the kind cannot define belong to the target. */
export const referenceUnresolved = defineCheck({
  id: 'reference-unresolved',
  severity: 'error',
  scan: true,
  title: 'An id is used that nothing in the bundle defines',
  help: 'Correct the id, or add the file that defines it.',
  run: ({ bundle }) => atMost(unresolved(bundle)),
});

function* unresolved({ graph }: Bundle): Iterable<CheckFinding | CannotRun> {
  // Models are `pipeline-unknown-model`, which knows what a model may be called.
  const spaces = graph.definable.filter((space) => space !== 'model');
  for (const result of spaces.flatMap((space) => unresolvedUses(graph, space))) {
    if ('skipped' in result) {
      yield result;
      continue;
    }
    const { space, id, at, meant } = result;
    yield {
      message: `${space[0]?.toUpperCase()}${space.slice(1)} \`${id}\` is used here, and nothing in the bundle defines it.`,
      ...(meant === undefined ? {} : { help: `Did you mean \`${meant.id}\` (${meant.at.file})?` }),
      at,
    };
  }
}
