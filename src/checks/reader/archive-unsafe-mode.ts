import { defineCheck } from '../check.ts';

/** Set-uid, set-gid and sticky bits have no meaning in a bundle of data. */
export const archiveUnsafeMode = defineCheck({
  id: 'archive-unsafe-mode',
  severity: 'error',
  firm: true,
  title: 'An entry carries a mode that gives rights away',
  help: 'Make the archive again with `mldr pack`, which writes mode 0644.',
});
