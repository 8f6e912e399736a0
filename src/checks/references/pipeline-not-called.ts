import { member } from '../../domain/document.ts';
import { definitions, uses } from '../../domain/reference.ts';
import { defineCheck } from '../check.ts';

/** Documents enter by the outer pipeline: if it calls no other, the model never sees one. */
export const pipelineNotCalled = defineCheck({
  id: 'pipeline-not-called',
  severity: 'error',
  title: 'The outer pipeline never calls the inference pipeline',
  help: 'Add a `pipeline` processor that names it.',
  kinds: ['ml-dga'],
  *run({ bundle: { graph, entries } }) {
    const pipelines = definitions(graph.references, 'pipeline');
    const inner = pipelines.filter(({ entryPoint }) => entryPoint === undefined);
    for (const { id, at } of pipelines.filter(({ entryPoint }) => entryPoint === true)) {
      const entry = entries.find(({ path }) => path === at.file);
      if (entry?.document === undefined) {
        yield { skipped: `\`${at.file}\` cannot be read (${entry?.unreadable ?? 'it was not opened'})` };
        continue;
      }
      // A call of a pipeline that does not exist is `reference-unresolved`: meant is most likely this one.
      if (inner.length === 0 || uses(graph.references, 'pipeline').some((use) => use.at.file === at.file)) continue;
      const listed = member(entry.document.value, 'processors') === undefined ? '' : '/processors';
      yield {
        message: `\`${id}\` calls no pipeline; the model is behind \`${inner.map((pipeline) => pipeline.id).join('`, `')}\`.`,
        at: { file: at.file, pointer: listed },
      };
    }
  },
});
