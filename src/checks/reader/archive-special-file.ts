import { defineCheck } from '../check.ts';

/** A device, pipe or socket is no content. */
export const archiveSpecialFile = defineCheck({
  id: 'archive-special-file',
  severity: 'error',
  firm: true,
  title: 'An entry is neither a file nor a folder',
  help: 'Remove it.',
});
