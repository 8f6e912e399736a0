import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../elastic-server/json.ts';
import type { KibanaExchange } from './exchange.ts';
import { withDefaults } from './rule-shape.ts';

/** A rule as the server keeps it: with defaults, and with what it adds. */
export function storedRule(
  rule: JsonObject,
  before: JsonObject | undefined,
  { user, now }: Pick<KibanaExchange, 'user' | 'now'>,
): JsonObject {
  const moment = now().toISOString();
  return {
    ...withDefaults(rule),
    id: before?.['id'] ?? randomUUID(),
    created_at: before?.['created_at'] ?? moment,
    created_by: before?.['created_by'] ?? user,
    updated_at: moment,
    updated_by: user,
    revision: before === undefined ? 0 : Number(before['revision'] ?? 0) + 1,
    ...(before?.['execution_summary'] === undefined ? {} : { execution_summary: before['execution_summary'] }),
  };
}

/** What a licence without machine learning is told. */
export const unlicensed = 'Your license does not support machine learning. Please upgrade your license.';
