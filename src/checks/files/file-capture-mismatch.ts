import { defineCheck } from '../check.ts';
import { capturing, sharedCapture } from '../expected-names.ts';

/** The files of such a kind belong to one model, and their names say to which. */
export const fileCaptureMismatch = defineCheck({
  id: 'file-capture-mismatch',
  severity: 'error',
  title: 'A file carries another id in its name than the others',
  help: 'Check that it belongs to this model; then rename it.',
  *run({ bundle: { kind, entries } }) {
    if (kind?.sharedCapture !== true) return;
    const named = capturing(kind, entries).filter(({ capture }) => capture !== '');
    const shared = sharedCapture(kind, named);
    const agreeing = named.filter(({ capture }) => capture === shared).length;
    for (const { path, capture } of named) {
      if (capture === shared) continue;
      yield {
        message: `\`${path}\` carries the id \`${capture}\`; ${agreeing} of the ${named.length} files carry \`${shared}\`.`,
        at: { file: path },
      };
    }
  },
});
