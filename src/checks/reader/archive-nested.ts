import { defineCheck } from '../check.ts';

/** What lies in an archive inside the archive would not be checked. */
export const archiveNested = defineCheck({
  id: 'archive-nested',
  severity: 'error',
  firm: true,
  title: 'An archive lies inside the bundle',
  help: 'Put its files into the bundle itself.',
});
