import { defineCheck } from '../check.ts';
import { capturing } from '../expected-names.ts';
import { roleOf } from '../files-of.ts';

/** `dga__model.json` fits the pattern of the historic tool, and its model would be called `dga_`. */
export const fileCaptureEmpty = defineCheck({
  id: 'file-capture-empty',
  severity: 'error',
  title: 'The id in the name of a file is empty',
  help: 'Put the id of the model into the name.',
  *run({ bundle: { kind, entries } }) {
    if (kind === undefined) return;
    for (const entry of capturing(kind, entries)) {
      if (entry.capture !== '') continue;
      const pattern = roleOf(kind, entry)?.pattern;
      yield { message: `\`${entry.path}\` has nothing where \`${pattern}\` has \`<id>\`.`, at: { file: entry.path } };
    }
  },
});
