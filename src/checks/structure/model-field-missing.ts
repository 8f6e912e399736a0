import { isObject, type ObjectValue } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';
import { definitionOf } from '../model-definition.ts';
import { definitionGaps, inferenceGaps, inputGaps } from '../model-fields.ts';

/** What Elasticsearch cannot create a model without (`TrainedModelConfig.Builder.validate`, elastic.md §6.1). */
export const modelFieldMissing = defineCheck({
  id: 'model-field-missing',
  severity: 'error',
  title: 'A model lacks a field that Elasticsearch requires, or it cannot be used',
  help: 'Export the model again, with its definition and its configuration.',
  run: (context) =>
    eachDocument(context, 'elastic-model', function* (subject) {
      const { value, at } = subject;
      if (!isObject(value)) return;
      const model: ObjectValue = value;
      for (const gap of [...inferenceGaps(model), ...inputGaps(model), ...definitionGaps(model)]) {
        yield { message: gap.message, at: at(gap.pointer) };
      }
      const definition = definitionOf(subject);
      if (definition === undefined) return;
      if (!isObject(definition.value))
        yield definition.finding({ pointer: '', message: 'The definition of a model must be an object.' });
      else if (!Object.hasOwn(definition.value, 'trained_model')) {
        yield definition.finding({ pointer: '', message: 'The definition of the model has no `trained_model`.' });
      }
    }),
});
