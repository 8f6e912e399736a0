import { defineCheck } from '../check.ts';

/** Content far larger than its bytes in the archive, or than it says. */
export const archiveBomb = defineCheck({
  id: 'archive-bomb',
  severity: 'error',
  firm: true,
  title: 'The archive expands to far more than it may',
  help: 'Do not unpack it. If the content is honest, raise the limit in `ml-detection-release.toml`.',
});
