import { defineCheck } from '../check.ts';

/** Not JSON (RFC 8259), whatever a lenient reader makes of it. */
export const jsonSyntax = defineCheck({
  id: 'json-syntax',
  severity: 'error',
  title: 'A file is not valid JSON',
  help: 'Correct the place named.',
});
