import { defineCheck } from '../check.ts';

/** Not TOML 1.0, whatever a lenient reader makes of it. */
export const tomlSyntax = defineCheck({
  id: 'toml-syntax',
  severity: 'error',
  title: 'A file is not valid TOML',
  help: 'Correct the place named.',
});
