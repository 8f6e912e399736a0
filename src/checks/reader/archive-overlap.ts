import { defineCheck } from '../check.ts';

/** Entries that share bytes multiply them: a bomb without a high ratio. */
export const archiveOverlap = defineCheck({
  id: 'archive-overlap',
  severity: 'error',
  firm: true,
  title: 'Entries of the archive share the same bytes',
  help: 'Do not unpack it. Make the archive again from the folder, with `mldr pack`.',
});
