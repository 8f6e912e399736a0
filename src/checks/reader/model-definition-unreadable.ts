import { defineCheck } from '../check.ts';

/** `compressed_definition` is a gzip inside base64: opened here under the same limits as everything else. */
export const modelDefinitionUnreadable = defineCheck({
  id: 'model-definition-unreadable',
  severity: 'error',
  title: 'The compressed definition of a model cannot be opened',
  help: 'Export the model again.',
});
