import { defineCheck } from '../check.ts';

/** A text that is not UTF-8 shows wrong letters wherever it is read. */
export const textEncoding = defineCheck({
  id: 'text-encoding',
  severity: 'warning',
  title: 'A text is not UTF-8',
  help: 'Save it as UTF-8 without a byte-order mark.',
});
