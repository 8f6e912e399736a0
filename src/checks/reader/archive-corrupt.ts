import { defineCheck } from '../check.ts';

/** The bytes are not those that were packed, or not an archive at all. */
export const archiveCorrupt = defineCheck({
  id: 'archive-corrupt',
  severity: 'error',
  firm: true,
  title: 'The archive is damaged, or is none',
  help: 'Fetch or make it again, and compare its digest with that of its source.',
});
