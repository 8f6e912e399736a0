import { definitions, type Space } from '../../domain/reference.ts';
import { defineCheck } from '../check.ts';
import { nearest } from '../near.ts';

/** An id is used, and no file of the bundle defines it. Spaces that the kind cannot define belong to the target. */
export const referenceUnresolved = defineCheck({
  id: 'reference-unresolved',
  severity: 'error',
  title: 'An id is used that nothing in the bundle defines',
  help: 'Correct the id, or add the file that defines it.',
  *run({ bundle: { graph } }) {
    const known = (space: Space) => definitions(graph.references, space);
    for (const reason of new Set(Object.values(graph.unknownDefinitions))) yield { skipped: reason };
    for (const { space, id, role, at } of graph.references) {
      if (role !== 'uses' || !graph.definable.includes(space) || graph.unknownDefinitions[space] !== undefined) continue;
      if (known(space).some((definition) => definition.id === id)) continue;
      const near = nearest(
        id,
        known(space).map((definition) => definition.id),
      );
      const source = known(space).find((definition) => definition.id === near);
      yield {
        message: `${space[0]?.toUpperCase()}${space.slice(1)} \`${id}\` is used here, and nothing in the bundle defines it.`,
        ...(source === undefined ? {} : { help: `Did you mean \`${near}\` (${source.at.file})?` }),
        at,
      };
    }
  },
});
