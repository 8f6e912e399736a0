import type { Bundle } from '../../domain/bundle.ts';
import { definitions } from '../../domain/reference.ts';
import { atMost } from '../at-most.ts';
import { type CannotRun, type CheckFinding, defineCheck } from '../check.ts';
import { unresolvedUses } from '../unresolved-uses.ts';

/** Only for kinds that bring their model: elsewhere a pipeline may rest on a model of the target. */
export const pipelineUnknownModel = defineCheck({
  id: 'pipeline-unknown-model',
  severity: 'error',
  title: 'A pipeline asks for a model that the bundle does not bring',
  help: 'Name the model of this bundle, or an alias that it declares in `metadata.aliases`.',
  run: ({ bundle }) => atMost(unknown(bundle)),
});

function* unknown({ graph }: Bundle): Iterable<CheckFinding | CannotRun> {
  if (!graph.definable.includes('model')) return;
  const brought = definitions(graph.references, 'model').map(({ id }) => `\`${id}\``);
  for (const result of unresolvedUses(graph, 'model')) {
    if ('skipped' in result) {
      yield result;
      continue;
    }
    const { id, at, meant } = result;
    yield {
      message: `The model \`${id}\` is not in the bundle, which brings ${brought.join(', ')}.`,
      ...(meant === undefined ? {} : { help: `Did you mean \`${meant.id}\` (${meant.at.file})?` }),
      at,
    };
  }
}
