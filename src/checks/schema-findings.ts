import type { SchemaViolation } from '../schemas/schema-violation.ts';

/** What a schema finds wrong, in words. */
export interface SchemaFinding {
  /** JSON pointer into the value that was validated: the enclosing object where something is missing. */
  readonly pointer: string;
  /** As a predicate: "has no `indices`". */
  readonly defect: string;
}

/**
 * Violations in words. Those inside an `anyOf` are told by the `anyOf` itself, as one choice between fields.
 * Knows the keywords that schemas of required fields use; any other is told in the compiler's words.
 */
export function* schemaFindings(violations: readonly SchemaViolation[]): Iterable<SchemaFinding> {
  for (const { keyword, instancePath, schemaPath, params, message } of violations) {
    if (schemaPath.includes('/anyOf/')) continue;
    const pointer = instancePath;
    if (keyword === 'required') {
      yield { pointer, defect: `has no \`${params.missingProperty}\`` };
    } else if (keyword === 'anyOf') {
      const choices = violations.filter(
        (other) => other.instancePath === instancePath && other.schemaPath.startsWith(`${schemaPath}/`),
      );
      const names = choices.flatMap(({ params: { missingProperty } }) =>
        missingProperty ? [`\`${missingProperty}\``] : [],
      );
      yield { pointer, defect: `has neither ${names.join(' nor ')}` };
    } else if (keyword === 'type') {
      yield { pointer, defect: `must be of the type ${[params.type].flat().join(' or ')}` };
    } else if (keyword === 'minItems' || keyword === 'minProperties') {
      yield { pointer, defect: 'is empty' };
    } else {
      yield { pointer, defect: message ?? `breaks the rule ${keyword}` };
    }
  }
}
