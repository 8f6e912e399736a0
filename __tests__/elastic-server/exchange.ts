import type { Caller } from './access.ts';
import type { GoldenRows } from './golden.ts';
import { type Json, type JsonObject, objectOr } from './json.ts';
import type { Program } from './painless.ts';
import type { Stack } from './stack.ts';
import type { ServerVersion } from './version.ts';

/** What a route answers; a text is sent as it is. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as a route sees it. */
export interface Exchange {
  readonly stack: Stack;
  readonly version: ServerVersion;
  readonly caller: Caller;
  readonly method: string;
  readonly path: string;
  /** Parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Undefined where the request has none. */
  readonly body: Json | undefined;
  /** The pipelines of the stack; where a real node has them, read from there. */
  readonly pipelines: () => Promise<ReadonlyMap<string, JsonObject>>;
  readonly golden: GoldenRows;
  readonly programs: Readonly<Record<string, Program>>;
  readonly now: () => Date;
}

/** One operation of the API. */
export interface Route {
  readonly method: string;
  /** A parameter in braces is one part of the path. */
  readonly template: string;
  /** Action by which the security of Elasticsearch knows it; undefined: whoever is known may. */
  readonly action?: string;
  /** Parameter of the path with the indices that an index action is about. */
  readonly indices?: string;
  /** Query parameters beside those that every operation has; others are refused. */
  readonly query?: readonly string[];
  /** Part of X-Pack's machine learning, for which the licence must be good. */
  readonly licensed?: boolean;
  readonly answer: (exchange: Exchange) => Reply | Promise<Reply>;
}

/** An error in Elasticsearch's words, thrown by the parts of a route. */
export class Refusal extends Error {
  readonly status: number;
  readonly detail: JsonObject;

  constructor(status: number, detail: JsonObject) {
    super(String(detail['reason']));
    this.status = status;
    this.detail = detail;
  }
}

/** Makes an error to throw. `more` are further fields of it, `cause` what stands under `caused_by`. */
export function refusal(status: number, type: string, reason: string, more: JsonObject = {}, cause?: Json): Refusal {
  return new Refusal(status, { type, reason, ...more, ...(cause === undefined ? {} : { caused_by: cause }) });
}

/** The body that carries an error: the root cause has all of it but its causes. */
export function errorBody(detail: JsonObject): JsonObject {
  const { caused_by: _, ...root } = detail;
  return { root_cause: [root], ...detail };
}

/** The answer that carries an error. */
export function refused(status: number, detail: JsonObject, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, body: { error: errorBody(detail), status }, headers };
}

/** The body of a request that must have one. */
export function bodyOf({ body }: Exchange): JsonObject {
  if (body === undefined) throw refusal(400, 'parse_exception', 'request body is required');
  return objectOr(body);
}

/** The common answer to a change. */
export const acknowledged: Reply = { status: 200, body: { acknowledged: true } };
