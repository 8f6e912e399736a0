import type { Reply } from '../elastic-server/exchange.ts';
import { type Json, type JsonObject, objectOr } from '../elastic-server/json.ts';
import type { KibanaState, SpaceState } from './state.ts';

/** A request as a route of Kibana sees it, in the space that its path names. */
export interface KibanaExchange {
  readonly state: KibanaState;
  readonly space: SpaceState;
  readonly version: string;
  readonly user: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly now: () => Date;
  /** Tells the one who wrote the test what the stand-in could not do. */
  readonly cannot: (what: string) => void;
}

/** One operation of Kibana's API. */
export interface KibanaRoute {
  readonly method: string;
  /** Below the space; a parameter in braces is one part of the path. */
  readonly template: string;
  /** What an account must be allowed to do in Kibana; `none`: whoever is known may. */
  readonly needs: 'all' | 'read' | 'none';
  /** The major version that has it first. */
  readonly since?: number;
  readonly answer: (exchange: KibanaExchange) => Reply | Promise<Reply>;
}

/** Thrown by parts of a route; the answer stands in it. */
export class KibanaRefusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(JSON.stringify(reply.body));
    this.reply = reply;
  }
}

const words: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** An error as Kibana's server words it. */
export function kibanaError(status: number, message: string): Reply {
  return { status, body: { statusCode: status, error: words[status] ?? 'Error', message } };
}

/** An error as the detection engine words it. */
export function detectionError(status: number, message: string): Reply {
  return { status, body: { message, status_code: status } };
}

/** The JSON body of a request. */
export function jsonBody({ bytes, contentType }: KibanaExchange): JsonObject {
  if (!contentType.startsWith('application/json')) throw new KibanaRefusal(kibanaError(415, 'Unsupported Media Type'));
  try {
    return objectOr(JSON.parse(bytes.toString('utf8')) as Json);
  } catch {
    throw new KibanaRefusal(kibanaError(400, 'Invalid request payload JSON format'));
  }
}
