import { defineCheck } from '../check.ts';

/** An archive is unpacked into one folder that has the name of the release. */
export const archiveTopFolder = defineCheck({
  id: 'archive-top-folder',
  severity: 'error',
  firm: true,
  title: 'The archive has no single top folder',
  help: 'Put everything below one folder with the name of the release, or let `mldr pack` make the zip.',
});
