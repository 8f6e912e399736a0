import type { Json, JsonObject } from '../json.ts';

/** A request, the status of its answer, and what the answer has in it. */
type Step = readonly [method: string, path: string, body: Json | undefined, status: number, answer?: JsonObject];

/** Requests to a server with nothing on it, one after the other. */
export interface Case {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** An error as an answer carries it. */
export function failure(type: string, reason: string, more: JsonObject = {}): JsonObject {
  const root = { type, reason, ...more };
  return { error: { root_cause: [root], ...root } };
}
