import { defineCheck } from '../check.ts';

/** Deep nesting breaks readers that walk a document by recursion. */
export const tomlTooDeep = defineCheck({
  id: 'toml-too-deep',
  severity: 'error',
  title: 'A TOML document is nested too deep',
  help: 'Flatten it; limits can be raised in `ml-detection-release.toml`.',
});
