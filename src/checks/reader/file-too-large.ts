import { defineCheck } from '../check.ts';

/** Limits hold what a bundle takes of a machine (security.md §3.2). */
export const fileTooLarge = defineCheck({
  id: 'file-too-large',
  severity: 'error',
  firm: true,
  title: 'A file is larger than the limit',
  help: 'Check that it is the right file; limits can be raised in `ml-detection-release.toml`.',
});
