import { isArray, member, step, type Value } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { cut, datum } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { idDefect, idGrammar } from '../elastic-id.ts';
import { modelIdsOf } from '../model-ids.ts';

/** Tags follow the grammar of ids, and share a name space with them (`TrainedModelConfig.Builder.validate`). */
export const modelTagInvalid = defineCheck({
  id: 'model-tag-invalid',
  severity: 'error',
  title: 'A tag of a model is none that Elasticsearch takes',
  help: 'Change the tag, or leave it out.',
  run: (context) =>
    eachDocument(context, 'elastic-model', function* ({ entry, value, at }) {
      const tags = member(value, 'tags');
      if (tags === undefined) return;
      if (!isArray(tags)) {
        yield { message: `\`tags\` must be an array of strings, and is ${datum(tags)}.`, at: at('/tags') };
        return;
      }
      const ids = [member(value, 'model_id'), ...modelIdsOf(context.bundle, entry.path)];
      for (const [index, tag] of tags.entries()) {
        const defect = tagDefect(tag, ids);
        if (defect !== undefined) yield { message: defect, at: at(step('/tags', index)) };
      }
    }),
});

function tagDefect(tag: Value, ids: readonly (Value | undefined)[]): string | undefined {
  if (typeof tag !== 'string') return `A tag must be a string, and this one is ${datum(tag)}.`;
  if (ids.includes(tag)) return `The tag \`${cut(tag)}\` is the id of the model, which no tag may be.`;
  const defect = idDefect(tag);
  return defect && `Elasticsearch refuses the tag \`${cut(tag)}\`: ${defect}. ${idGrammar}`;
}
