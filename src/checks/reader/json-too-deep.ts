import { defineCheck } from '../check.ts';

/** Deep nesting breaks readers that walk a document by recursion. */
export const jsonTooDeep = defineCheck({
  id: 'json-too-deep',
  severity: 'error',
  title: 'A JSON document is nested too deep',
  help: 'Flatten it; limits can be raised in `ml-detection-release.toml`.',
});
