import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Reply } from './exchange.ts';
import { type Ending, endingAfter, endingBefore, type Fault, isDeadly, type Wording } from './faults.ts';

/** A request that arrived whole. Credentials stand in `headers` alone, which nothing records. */
export interface Incoming {
  /** Its number, from 0. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** A request as tests count it. */
export interface Recorded {
  readonly number: number;
  readonly method: string;
  /** Without the query, as it was written: percent signs stay. */
  readonly path: string;
  readonly query: string;
  /** The body, where it is JSON. */
  readonly body: unknown;
  status: number | 'reset' | 'silence' | 'cut' | 'endless';
  /** Whether a stand-in answered it, where a real server stands behind. */
  standIn: boolean;
  /** Milliseconds of one clock: when it came, and when it was answered. */
  readonly began: number;
  ended: number;
}

/** What a server is made with, whatever it stands in for. */
export interface LoopbackOptions {
  /** Speaks TLS with this key and certificate (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Milliseconds that the fault `slow` takes; 300 by default. */
  readonly slowness?: number;
  /** Waited for before a request has any effect: others at work. */
  readonly onRequest?: (request: Recorded) => void | Promise<void>;
  /** Waited for after a request had its effect, and before its answer: an observer judges each moment. */
  readonly onChange?: (request: Recorded) => void | Promise<void>;
  /** Waited for when a fault ends a request: the death of a client. */
  readonly onFault?: (fault: Fault, request: Recorded) => void | Promise<void>;
}

/** A server on 127.0.0.1. */
export interface Loopback {
  readonly url: string;
  readonly requests: Recorded[];
  /** By the number of the request, from 0. */
  readonly faults: Map<number, Fault>;
  /** What no test may cause: a body that is not as the description has it, a program that the stand-in cannot run. */
  readonly problems: string[];
  /** Lets requests arrive again after a client was killed: another one asks. */
  revive(): void;
  close(): Promise<void>;
}

/** What stands behind a server. */
export interface Behind {
  readonly answer: (request: Incoming, recorded: Recorded) => Promise<Reply>;
  readonly wording: Wording;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts a server that answers by what stands behind it, as its faults let it. */
export async function startLoopback(behind: Behind, options: LoopbackOptions): Promise<Loopback> {
  const requests: Recorded[] = [];
  const faults = new Map<number, Fault>();
  let dead = false;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await wholeBody(request);
    // The client died before it had asked.
    if (bytes === undefined || dead) return void response.destroy();
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const incoming: Incoming = {
      number: requests.length,
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      bytes,
    };
    const recorded: Recorded = {
      number: incoming.number,
      method: incoming.method,
      path: incoming.path,
      query: url.search,
      body: parsed(bytes),
      status: 'reset',
      standIn: false,
      began: performance.now(),
      ended: Number.NaN,
    };
    requests.push(recorded);
    const fault = faults.get(incoming.number);
    if (isDeadly(fault)) dead = true;
    await options.onRequest?.(recorded);
    const before = endingBefore(fault, behind.wording);
    const ending = before ?? endingAfter(fault, behind.wording, await behind.answer(incoming, recorded));
    if (before === undefined) await options.onChange?.(recorded);
    if (fault === 'slow') await setTimeout(options.slowness ?? 300);
    recorded.status = typeof ending === 'string' ? ending : ending.status;
    recorded.ended = performance.now();
    if (fault !== undefined) await options.onFault?.(fault, recorded);
    finish(response, ending, incoming.method, behind.headers ?? {});
  }

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch((error: unknown) => {
      problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
      response.destroy();
    });
  };
  const problems: string[] = [];
  const server = options.tls === undefined ? createServer(listener) : createSecureServer(options.tls, listener);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    faults,
    problems,
    revive: () => {
      dead = false;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

async function wholeBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function parsed(bytes: Buffer): unknown {
  try {
    return bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function finish(
  response: ServerResponse,
  ending: Ending,
  method: string,
  headers: Readonly<Record<string, string>>,
): void {
  if (ending === 'silence') return;
  if (ending === 'reset') return void response.destroy();
  if (ending === 'cut' || ending === 'endless') {
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(ending === 'cut' ? { 'content-length': 99 } : {}),
    });
    response.write('{"acknowledged":');
    if (ending === 'cut') response.socket?.end();
    else pour(response);
    return;
  }
  const { status, body, headers: own = {} } = ending;
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers, ...own });
  response.end(method === 'HEAD' ? undefined : text);
}

/** Sends blanks as fast as they are taken, until the client leaves. */
function pour(response: ServerResponse): void {
  const blanks = Buffer.alloc(1024 * 1024, ' ');
  const more = (): void => {
    while (!response.destroyed && response.write(blanks));
  };
  response.on('drain', more);
  more();
}
