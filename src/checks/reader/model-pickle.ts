import { defineCheck } from '../check.ts';

/** A pickle is a program that runs when it is loaded. */
export const modelPickle = defineCheck({
  id: 'model-pickle',
  severity: 'error',
  title: 'A model is a Python pickle',
  help: 'Export the model as JSON.',
});
