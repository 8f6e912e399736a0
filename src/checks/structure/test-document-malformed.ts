import { atMost } from '../at-most.ts';
import { defineCheck } from '../check.ts';
import { pipelineTests } from '../pipeline-tests.ts';

/** `_dev/test/*.json` with `*-expected.json` (docs/recipes/test-documents.md). */
export const testDocumentMalformed = defineCheck({
  id: 'test-document-malformed',
  severity: 'error',
  title: 'A file of test documents is none, or has none beside it',
  help: 'Write a list of events, or `{"docs": [{"_source": …}]}`, and as many of them into `<name>-expected.json`.',
  run: ({ bundle }) => atMost(pipelineTests(bundle).faults),
});
