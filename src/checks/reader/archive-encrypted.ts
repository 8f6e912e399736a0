import { defineCheck } from '../check.ts';

/** What cannot be read cannot be checked. */
export const archiveEncrypted = defineCheck({
  id: 'archive-encrypted',
  severity: 'error',
  firm: true,
  title: 'An entry is encrypted',
  help: 'Make the archive without a password.',
});
