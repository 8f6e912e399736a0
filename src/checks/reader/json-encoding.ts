import { defineCheck } from '../check.ts';

/** JSON is UTF-8 without a byte-order mark (RFC 8259 §8.1). */
export const jsonEncoding = defineCheck({
  id: 'json-encoding',
  severity: 'error',
  title: 'A JSON file is not well-formed UTF-8',
  help: 'Save it as UTF-8 without a byte-order mark.',
});
