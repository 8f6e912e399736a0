import { defineCheck } from '../check.ts';

/** A link leads whoever follows it to a file that nobody checked; a folder may hold none either. */
export const archiveLinkEntry = defineCheck({
  id: 'archive-link-entry',
  severity: 'error',
  firm: true,
  title: 'An entry is a link',
  help: 'Put the file itself in its place.',
});
