import { defineCheck } from '../check.ts';

/** `_dev/` holds a team's own tests and labelled data: no release carries it (design.md §7.10). */
export const devFolderPacked = defineCheck({
  id: 'dev-folder-packed',
  severity: 'error',
  title: 'The zip holds files of the `_dev/` folder',
  help: 'Let `mldr pack` make the zip: it leaves `_dev/` out.',
  *run({ bundle: { source, dev } }) {
    const [first] = dev;
    if (source !== 'zip' || first === undefined) return;
    const count = dev.length === 1 ? 'a file' : `${dev.length} files`;
    yield { message: `The zip holds ${count} below \`_dev/\`: \`${first.path}\`.`, at: { file: first.path } };
  },
});
