import { defineCheck } from '../check.ts';

/** Reading TOML costs more than its size: a rule has a few kilobytes. */
export const tomlTooLarge = defineCheck({
  id: 'toml-too-large',
  severity: 'error',
  title: 'A TOML file is larger than the limit',
  help: 'Check that it is a rule; limits can be raised in `ml-detection-release.toml`.',
});
