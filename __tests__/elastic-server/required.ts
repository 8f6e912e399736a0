import { Ajv, type ValidateFunction } from 'ajv';
import description from '../fixtures/schemas/elasticsearch-required.json' with { type: 'json' };
import { matched } from './router.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema({ $id: 'required', $defs: description.$defs });
const operations = Object.entries(description.operations).map(([name, schema]) => {
  const [method = '', template = ''] = name.split(' ');
  return { method, template, schema };
});
const compiled = new Map<string, ValidateFunction>();

/**
 * Holds a request's body against the fields that Elastic's description says it must have (test-bed.md: no more can be
 * asked of it).
 * @returns what is missing; undefined where nothing is, or the description says nothing of the operation
 */
export function missingFields(method: string, path: string, body: unknown): string | undefined {
  const operation = matched(operations, method, path)?.route;
  if (operation === undefined) return undefined;
  const name = `${method} ${operation.template}`;
  const validate = compiled.get(name) ?? ajv.compile(rooted(operation.schema) as object);
  compiled.set(name, validate);
  return validate(body) ? undefined : `${name}: ${ajv.errorsText(validate.errors, { dataVar: 'body' })}`;
}

/** References lead to the one document. */
function rooted(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"required#/$defs/')) as unknown;
}
