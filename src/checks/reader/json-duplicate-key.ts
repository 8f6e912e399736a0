import { defineCheck } from '../check.ts';

/** One reader keeps the first value, another the last. */
export const jsonDuplicateKey = defineCheck({
  id: 'json-duplicate-key',
  severity: 'error',
  title: 'A key stands twice in one JSON object',
  help: 'Remove one of the two.',
});
