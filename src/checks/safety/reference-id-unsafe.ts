import type { Bundle } from '../../domain/bundle.ts';
import type { Reference, Space } from '../../domain/reference.ts';
import { atMost } from '../at-most.ts';
import { type CheckFinding, defineCheck } from '../check.ts';
import { cut } from '../datum.ts';
import { pathDefect } from '../path-id.ts';

/** Spaces whose ids stand in the address of an API. */
const addressed: readonly Space[] = ['script', 'pipeline', 'model', 'job', 'datafeed', 'transform', 'enrich-policy'];

/** An id that a bundle uses or defines ends up in a request with the rights of whoever deploys (security.md A25). */
export const referenceIdUnsafe = defineCheck({
  id: 'reference-id-unsafe',
  severity: 'error',
  scan: true,
  title: 'An id would change the address of an API',
  help: 'Use letters, digits, `-`, `_`, `.`, `@` and `:`.',
  run: ({ bundle }) => atMost(unsafe(bundle)),
});

function* unsafe({ graph }: Bundle): Iterable<CheckFinding> {
  for (const reference of graph.references) {
    const { space, id, at } = reference;
    if (!addressed.includes(space) || hasStricterCheck(reference)) continue;
    const defect = pathDefect(id);
    if (defect === undefined) continue;
    yield { message: `The ${space} \`${cut(id)}\` cannot stand in an address: ${defect}.`, at };
  }
}

/** Names of jobs are `ml-job-bad-name`; ids that a file's name gives its model are `model-id-invalid`, aliases are not. */
function hasStricterCheck({ space, role, at }: Reference): boolean {
  if (role === 'uses') return false;
  return space === 'job' || space === 'datafeed' || (space === 'model' && at.pointer === undefined);
}
