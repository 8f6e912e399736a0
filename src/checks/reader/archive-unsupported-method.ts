import { defineCheck } from '../check.ts';

/** Only stored and deflated entries are read the same way everywhere. */
export const archiveUnsupportedMethod = defineCheck({
  id: 'archive-unsupported-method',
  severity: 'error',
  firm: true,
  title: 'An entry is compressed in a way that not every reader knows',
  help: 'Make the archive with deflate, or with `mldr pack`.',
});
