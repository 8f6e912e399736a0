import { defineCheck } from '../check.ts';

/** A number that a double cannot hold is another number wherever it is read as one. */
export const jsonNumberRange = defineCheck({
  id: 'json-number-range',
  severity: 'warning',
  title: 'A number of a JSON file changes when it is read',
  help: 'Write a number that a double holds, or a string where it is an id.',
});
