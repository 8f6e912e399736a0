import type { Bundle } from '../../domain/bundle.ts';
import { definitions } from '../../domain/reference.ts';
import { atMost } from '../at-most.ts';
import { type CannotRun, type CheckFinding, defineCheck } from '../check.ts';
import { unresolvedUses } from '../unresolved-uses.ts';

/** A model that the bundle does not bring was trained on nobody knows what (security.md A22). */
export const pipelineUnknownModel = defineCheck({
  id: 'pipeline-unknown-model',
  severity: 'error',
  scan: true,
  title: 'A pipeline asks for a model that the bundle does not bring',
  help: 'Name the model of this bundle, or an alias that it declares in `metadata.aliases`.',
  run: ({ bundle }) => atMost(unknown(bundle)),
});

function* unknown({ graph }: Bundle): Iterable<CheckFinding | CannotRun> {
  const models = definitions(graph.references, 'model').map(({ id }) => `\`${id}\``);
  const brought = models.length > 0 ? models.join(', ') : 'none';
  for (const result of unresolvedUses(graph, 'model')) {
    if ('skipped' in result) {
      yield result;
      continue;
    }
    const { id, at, meant } = result;
    yield {
      message: `The model \`${id}\` is not in the bundle, which brings ${brought}.`,
      ...(meant === undefined ? {} : { help: `Did you mean \`${meant.id}\` (${meant.at.file})?` }),
      at,
    };
  }
}
