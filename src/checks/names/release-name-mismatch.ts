import { defineCheck } from '../check.ts';
import { refused } from '../files-of.ts';

/** Whoever unpacks a release gets the folder that its name promises. */
export const releaseNameMismatch = defineCheck({
  id: 'release-name-mismatch',
  severity: 'error',
  title: 'The top folder inside the zip has another name than the zip',
  help: 'Give both the name of the release, or let `mldr pack` make the zip.',
  *run({ bundle }) {
    const { source, topFolder, name } = bundle;
    if (source !== 'zip' || topFolder === undefined || topFolder === name || refused(bundle) !== undefined) return;
    yield { message: `The zip is called \`${name}.zip\`, and its top folder \`${topFolder}\`.` };
  },
});
