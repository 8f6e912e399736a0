import { defineCheck } from '../check.ts';

/** A bundle has a handful of files; thousands are a mistake, or an attack on the reader. */
export const archiveTooManyEntries = defineCheck({
  id: 'archive-too-many-entries',
  severity: 'error',
  firm: true,
  title: 'There are more entries than a bundle may have',
  help: 'Check that this is the right folder or archive; the limit is `entries` in `ml-detection-release.toml`.',
});
