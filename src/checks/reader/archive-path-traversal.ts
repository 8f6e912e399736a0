import { defineCheck } from '../check.ts';

/** A name climbs out of the folder that an archive is unpacked into (CWE-22). */
export const archivePathTraversal = defineCheck({
  id: 'archive-path-traversal',
  severity: 'error',
  firm: true,
  title: 'A name in the archive climbs out of it',
  help: 'Do not unpack it. Make the archive again from the folder, with `mldr pack`.',
});
