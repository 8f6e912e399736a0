import { defineCheck } from '../check.ts';

/** A name says where on the machine its file goes. */
export const archiveAbsolutePath = defineCheck({
  id: 'archive-absolute-path',
  severity: 'error',
  firm: true,
  title: 'A name in the archive is an absolute path',
  help: 'Do not unpack it. Make the archive again from the folder, with `mldr pack`.',
});
