import { defineCheck } from '../check.ts';

/** Names reach logs, shells and other systems. */
export const archiveUnsafeName = defineCheck({
  id: 'archive-unsafe-name',
  severity: 'error',
  firm: true,
  title: 'The name of an entry is not safe everywhere',
  help: 'Rename the file.',
});
