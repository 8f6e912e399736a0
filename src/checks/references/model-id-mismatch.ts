import { member } from '../../domain/document.ts';
import { definitions } from '../../domain/reference.ts';
import { defineCheck } from '../check.ts';

/** Elasticsearch takes a `model_id` in the body only if it is the one in the address, which the file name gives. */
export const modelIdMismatch = defineCheck({
  id: 'model-id-mismatch',
  severity: 'error',
  title: 'The model_id inside a model is not the id that its file name gives',
  help: 'Write the same id in both; pipelines use the one that the file name gives.',
  *run({ bundle: { graph, entries } }) {
    for (const { id, at } of definitions(graph.references, 'model')) {
      if (at.pointer !== undefined) continue;
      const inside = member(entries.find(({ path }) => path === at.file)?.document?.value, 'model_id');
      if (typeof inside !== 'string' || inside === id) continue;
      yield {
        message: `\`model_id\` is \`${inside}\`; the file name gives \`${id}\`.`,
        at: { file: at.file, pointer: '/model_id' },
      };
    }
  },
});
