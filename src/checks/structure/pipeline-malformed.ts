import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';
import { pipelineDefects } from '../pipeline-shape.ts';

/** The body of `PUT _ingest/pipeline/<id>` (elastic.md §6.1), as far as its processors are lists of processors. */
export const pipelineMalformed = defineCheck({
  id: 'pipeline-malformed',
  severity: 'error',
  title: 'A pipeline file is no ingest pipeline',
  help: 'A pipeline is `{"processors": [{"<type>": {…}}, …]}`: objects of one key, in `on_failure` and `foreach` too.',
  run: (context) =>
    eachDocument(context, 'elastic-pipeline', function* ({ value, at }) {
      for (const { pointer, message } of pipelineDefects(value)) yield { message, at: at(pointer) };
    }),
});
