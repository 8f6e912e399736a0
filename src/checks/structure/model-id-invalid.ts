import { member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { cut, datum } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { idDefect, idGrammar } from '../elastic-id.ts';
import { modelIdsOf } from '../model-ids.ts';

/** The id stands in the address of the model's API, and in `model_id` of its body where it has one. */
export const modelIdInvalid = defineCheck({
  id: 'model-id-invalid',
  severity: 'error',
  title: 'The id of a model is none that Elasticsearch takes',
  help: 'Rename the file, and the `model_id` inside it.',
  run: (context) =>
    eachDocument(context, 'elastic-model', function* ({ entry, value, at }) {
      const named = modelIdsOf(context.bundle, entry.path);
      for (const id of named) {
        const defect = idDefect(id);
        if (defect === undefined) continue;
        const message = `The file name gives the model id \`${cut(id)}\`, which Elasticsearch refuses: ${defect}.`;
        yield { message: `${message} ${idGrammar}`, at: { file: entry.path } };
      }
      const inside = member(value, 'model_id');
      if (inside === undefined || named.some((id) => id === inside)) return;
      if (typeof inside !== 'string') {
        yield { message: `\`model_id\` must be a string, and is ${datum(inside)}.`, at: at('/model_id') };
        return;
      }
      const defect = idDefect(inside);
      if (defect === undefined) return;
      const message = `Elasticsearch refuses the model id \`${cut(inside)}\`: ${defect}. ${idGrammar}`;
      yield { message, at: at('/model_id') };
    }),
});
