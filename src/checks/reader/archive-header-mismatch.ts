import { defineCheck } from '../check.ts';

/** Readers that trust the one header see another archive than readers that trust the other. */
export const archiveHeaderMismatch = defineCheck({
  id: 'archive-header-mismatch',
  severity: 'error',
  firm: true,
  title: 'The archive says two things about itself',
  help: 'Make the archive again with `mldr pack`; what is read here may not be what is unpacked elsewhere.',
});
