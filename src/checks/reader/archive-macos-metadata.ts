import { defineCheck } from '../check.ts';

/** Finder adds a second tree of `._` files, which no kind knows. */
export const archiveMacosMetadata = defineCheck({
  id: 'archive-macos-metadata',
  severity: 'error',
  firm: true,
  title: 'The archive holds metadata of macOS',
  help: 'Make it with `mldr pack`, or with `zip -r -X` on the command line.',
});
