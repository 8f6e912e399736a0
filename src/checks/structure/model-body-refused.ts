import { isObject, member, step } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { cut, datum } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { nearest } from '../near.ts';

// Fields of the strict parser in Elasticsearch's `TrainedModelConfig` (elastic.md §6.1), `doc_type` among them.
const accepted = [
  ...['model_id', 'model_type', 'description', 'tags', 'metadata', 'input', 'inference_config', 'default_field_map'],
  ...['definition', 'compressed_definition', 'model_size_bytes', 'estimated_heap_memory_usage_bytes'],
  ...['estimated_operations', 'platform_architecture', 'prefix_strings', 'doc_type'],
];
const generated = ['version', 'created_by', 'create_time', 'license_level', 'location', 'model_package'];
const generatedMetadata = ['total_feature_importance', 'model_aliases'];
const exported = 'Remove it, or export the model with `GET _ml/trained_models/<id>?exclude_generated=true`.';

/** Elasticsearch answers 400 to a field that it does not know, and to those that only the server may set. */
export const modelBodyRefused = defineCheck({
  id: 'model-body-refused',
  severity: 'error',
  title: 'A model has a field that Elasticsearch refuses when it is created',
  help: exported,
  run: (context) =>
    eachDocument(context, 'elastic-model', function* ({ value, at }) {
      if (!isObject(value)) {
        yield { message: `A model must be an object, and this is ${datum(value)}.`, at: at('') };
        return;
      }
      for (const key of Object.keys(value).filter((name) => !accepted.includes(name))) {
        const own = generated.includes(key);
        const near = own ? undefined : nearest(key, accepted);
        yield {
          message: own
            ? `\`${key}\` is set by the server: Elasticsearch refuses it when a model is created.`
            : `\`${cut(key)}\` is no field of a model: Elasticsearch refuses what it does not know.`,
          ...(near === undefined ? {} : { help: `Did you mean \`${near}\`?` }),
          at: at(step('', key), 'key'),
        };
      }
      const metadata = member(value, 'metadata');
      for (const key of generatedMetadata.filter((name) => (member(metadata, name) ?? null) !== null)) {
        const message = `\`metadata.${key}\` is set by the server: Elasticsearch refuses it when a model is created.`;
        yield { message, at: at(`/metadata/${key}`, 'key') };
      }
    }),
});
