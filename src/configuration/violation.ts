import { nearest } from '../checks/near.ts';
import { step } from '../domain/document.ts';
import schema from '../schemas/configuration.json' with { type: 'json' };
import type { SchemaViolation } from '../schemas/schema-violation.ts';
import { limitFlags } from './limits.ts';

/** A violation of a schema in words, and where it stands. */
export interface ViolationText {
  readonly pointer: string;
  readonly part?: 'key';
  readonly message: string;
  readonly help?: string;
}

/** Every key that the schema knows, for a guess at what an unknown one means. */
const keys = [...new Set([...propertyNames(schema), ...limitFlags])];

function propertyNames(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const below = Object.values(node).flatMap(propertyNames);
  const own = 'properties' in node && typeof node.properties === 'object' ? Object.keys(node.properties ?? {}) : [];
  return [...own, ...below];
}

/** Says what a violation means, in the words of the file. */
export function describeViolation({ instancePath, keyword, params, message }: SchemaViolation): ViolationText {
  if (keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    const near = nearest(key, keys);
    return {
      pointer: step(instancePath, key),
      part: 'key',
      message: `The key \`${key}\` is not known here.`,
      help: near === undefined ? 'See docs/configuration.md for the keys.' : `Did you mean \`${near}\`?`,
    };
  }
  if (keyword === 'required') {
    return { pointer: instancePath, message: `The key \`${String(params['missingProperty'])}\` is missing here.` };
  }
  const allowed = params['allowedValues'];
  if (keyword === 'enum' && Array.isArray(allowed)) {
    return { pointer: instancePath, message: `The value must be ${allowed.join(', ')}.` };
  }
  return { pointer: instancePath, message: `The value ${message ?? 'is not as the schema says'}.` };
}
