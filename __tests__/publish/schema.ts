import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** What a shipped schema has against a value; nothing where it is valid. */
export function violations(name: 'manifest.v1.json' | 'index.v1.json', value: unknown): unknown[] {
  const schema: unknown = JSON.parse(readFileSync(new URL(`../../src/schemas/${name}`, import.meta.url), 'utf8'));
  const validate = new Ajv2020({ allErrors: true, strict: true, strictTuples: false }).compile(Object(schema));
  return validate(value) ? [] : (validate.errors ?? []);
}
