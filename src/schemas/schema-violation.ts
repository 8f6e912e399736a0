/** One place where a value is not as its JSON Schema says, as ajv reports it. */
export interface SchemaViolation {
  /** JSON pointer (RFC 6901) to the value. */
  readonly instancePath: string;
  /** JSON pointer into the schema, as a fragment. */
  readonly schemaPath: string;
  /** The schema's keyword that does not hold: `required`, `type`, `additionalProperties`… */
  readonly keyword: string;
  /** What the keyword asks for: `{ missingProperty }`, `{ additionalProperty }`, `{ type }`, `{ allowedValues }`… */
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}
