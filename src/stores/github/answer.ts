import type { Value } from '../../domain/document.ts';

/** A request to the API; nothing of the token is in it. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From the base of the API, escaped, with its query. */
  readonly path: string;
  readonly body?: { readonly [key: string]: Value };
}

/** What came back whole. */
export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string | undefined };
  /** Undefined where it is not JSON: a page of a proxy, a body cut short. */
  readonly body: Value | undefined;
  /** What GitHub says of an error: its message and its fields' messages, one line, printable, without the token. */
  readonly said: string;
}
