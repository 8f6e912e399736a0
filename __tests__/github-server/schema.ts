import { Ajv, type ValidateFunction } from 'ajv';
import slice from '../fixtures/schemas/github-openapi-slice.json' with { type: 'json' };

/**
 * What the description leaves out and GitHub answers all the same (test-bed.md): errors of many operations, a body for
 * the 422 of an upload, the bytes of a download, a 404 of a release by its id.
 */
const undocumented = new Set([301, 307, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503]);

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
ajv.addSchema({ $id: 'github', components: converted(slice.components) });
const compiled = new Map<string, ValidateFunction>();

/**
 * Checks a body against GitHub's description.
 * @param part `request`, or the status of a response
 * @returns what is wrong; undefined where nothing is
 */
export function schemaProblem(
  method: string,
  template: string,
  part: 'request' | number,
  body: unknown,
): string | undefined {
  const operation = at(at(slice.paths, template), method.toLowerCase());
  const where = `${method} ${template} ${part}`;
  if (operation === undefined) return `${where}: no such operation`;
  const holder =
    part === 'request' ? at(operation, 'requestBody') : resolved(at(at(operation, 'responses'), String(part)));
  if (part !== 'request' && holder === undefined) {
    if (!undocumented.has(part)) return `${where}: no such answer`;
    return failed(where, { $ref: 'github#/components/schemas/basic-error' }, body);
  }
  const schema = at(at(at(holder, 'content'), 'application/json'), 'schema');
  return schema === undefined ? undefined : failed(where, converted(schema), body);
}

function failed(where: string, schema: Json, body: unknown): string | undefined {
  const validate = compiled.get(where) ?? ajv.compile(schema as object);
  compiled.set(where, validate);
  return validate(body)
    ? undefined
    : `${where}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(body).slice(0, 400)}`;
}

function resolved(value: Json | undefined): Json | undefined {
  const reference = at(value, '$ref');
  if (typeof reference !== 'string') return value;
  return reference
    .split('/')
    .slice(1)
    .reduce<Json | undefined>((inner, key) => at(inner, key), slice as Json);
}

function at(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (value as { readonly [key: string]: Json | undefined })[key];
}

/** OpenAPI 3.0 as JSON Schema: `nullable` becomes a type of its own, references lead to the one document. */
function converted(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map((item: Json) => converted(item));
  if (typeof value !== 'object' || value === null) return value ?? null;
  const result: Record<string, Json> = {};
  for (const [key, inner] of Object.entries(value)) {
    // The description's list of states leaves out the one that its own text on uploads names.
    if (key === 'enum' && JSON.stringify(inner) === '["uploaded","open"]') {
      result[key] = ['uploaded', 'open', 'starter'];
      continue;
    }
    if (key === 'nullable' || key === 'example' || key === 'examples') continue;
    result[key] = key === '$ref' && typeof inner === 'string' ? `github${inner}` : converted(inner);
  }
  if (at(value, 'nullable') !== true) return result;
  return { anyOf: [result, { type: 'null' }] };
}
