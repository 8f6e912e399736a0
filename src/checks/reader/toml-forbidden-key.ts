import { defineCheck } from '../check.ts';

/** Keys that change the prototype of an object where a reader merges documents. */
export const tomlForbiddenKey = defineCheck({
  id: 'toml-forbidden-key',
  severity: 'error',
  title: 'A TOML key is one that changes how programs behave',
  help: 'Remove it, or give it another name.',
});
