import type { IncomingMessage, RequestOptions } from 'node:http';
import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import { safe } from '../../domain/safe.ts';
import { errnoOf, Failure } from '../../errors.ts';
import type { TargetAddress } from './address.ts';
import type { StreamedBody } from './json-body.ts';

/** One request. The path is parts, so that no name can lead elsewhere. */
export interface TargetRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** Parts of the path, as they are called: each is percent-encoded. */
  readonly path: readonly string[];
  /** `*` and `,` in the path are characters of a name: the server has no patterns there. */
  readonly named?: true;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | StreamedBody;
  /** Takes the bytes of a 200 as they come, in place of the answer's value; made anew for each try. */
  readonly receiver?: () => (chunk: Buffer) => void;
}

/** An answer, whatever its status. */
export interface TargetAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly bytes: Buffer;
}

/** Limits of one exchange. */
export interface ExchangeLimits {
  /** Milliseconds until the answer must be there whole. */
  readonly timeout: number;
  /** Bytes of an answer. */
  readonly answer: number;
}

/** `PUT /_scripts/dga_ngrams_create`: for messages. */
export function requestText({ method, path }: TargetRequest): string {
  return safe(`${method} /${path.join('/')}`);
}

/**
 * One exchange over node:http or node:https, tried once and never redirected. Node's fetch would do, but for a CA file
 * and a fingerprint, which it takes only from a package of its own.
 * @throws Failure `target-invalid` (a name that cannot stand in a path), `target-unreachable`, `target-timeout`,
 * `target-answer-invalid` (too large, cut short)
 */
export async function exchange(
  address: TargetAddress,
  request: TargetRequest,
  limits: ExchangeLimits,
): Promise<TargetAnswer> {
  const secure = address.url.protocol === 'https:';
  const { request: send } = secure ? await import('node:https') : await import('node:http');
  const options = { ...optionsFor(address, request), ...(secure ? await tlsOptions(address, limits.timeout) : {}) };
  const what = `${requestText(request)} at ${address.shown}`;
  return new Promise<TargetAnswer>((resolve, reject) => {
    const outgoing = send(options, (incoming) => {
      const take = incoming.statusCode === 200 ? request.receiver?.() : undefined;
      collect(incoming, limits.answer, what, take).then(
        (bytes) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, bytes }),
        (error: unknown) => {
          reject(error instanceof Failure ? error : unreachable(what, error));
          outgoing.destroy();
        },
      );
    });
    const timer = setTimeout(() => {
      reject(new Failure('target-timeout', `${what} was not answered within ${limits.timeout / 1000} s.`));
      outgoing.destroy();
    }, limits.timeout);
    outgoing.on('error', (error) => reject(unreachable(what, error)));
    outgoing.on('close', () => clearTimeout(timer));
    const { body } = request;
    if (isStreamed(body)) Readable.from(body.chunks()).pipe(outgoing);
    else outgoing.end(body);
  });
}

function optionsFor({ url, authorization }: TargetAddress, request: TargetRequest): RequestOptions {
  const { method, path, query, headers, body } = request;
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
  return {
    method,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? undefined : Number(url.port),
    path: `${url.pathname === '/' ? '' : url.pathname}/${path.map((part) => encodedPart(part, request)).join('/')}${search}`,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': lengthOf(body) }),
      ...(authorization === undefined ? {} : { authorization }),
      ...headers,
    },
  };
}

function isStreamed(body: TargetRequest['body']): body is StreamedBody {
  return typeof body === 'object' && 'chunks' in body;
}

function lengthOf(body: NonNullable<TargetRequest['body']>): number {
  return isStreamed(body) ? body.bytes : Buffer.byteLength(body);
}

/**
 * A part of a path; `.`, `..`, the empty part, wildcards and, in a change, the word for everything would name something
 * else (security.md A25).
 */
function encodedPart(part: string, { method, named }: TargetRequest): string {
  const everything = part === '_all' && method !== 'GET';
  if (part === '' || part === '.' || part === '..' || everything || (named !== true && /[*,]/.test(part))) {
    throw new Failure('target-invalid', `\`${safe(part)}\` cannot name one object in a request.`);
  }
  return encodeURIComponent(part).replaceAll('*', '%2A');
}

async function tlsOptions(
  { url, ca, fingerprint }: TargetAddress,
  timeout: number,
): Promise<RequestOptions & { ca?: string }> {
  if (fingerprint === undefined) return ca === undefined ? {} : { ca };
  const { Agent } = await import('node:https');
  const { connect } = await import('node:tls');
  const agent = new Agent();
  // Whoever signed it: the certificate itself is known. Compared before a byte, and so a secret, is sent.
  agent.createConnection = (_, done) => {
    const [host, port] = [url.hostname.replace(/^\[|\]$/g, ''), url.port === '' ? 443 : Number(url.port)];
    // Several servers may share an address: which one is meant, its name tells. An address has none.
    const servername = isIP(host) === 0 ? host : '';
    const socket = connect({ host, port, servername, rejectUnauthorized: false }, () => {
      const seen = socket.getPeerCertificate().fingerprint256?.replaceAll(':', '').toLowerCase();
      socket.setTimeout(0);
      if (seen === fingerprint) done?.(null, socket);
      else socket.destroy(new Error(`the server's certificate has the fingerprint ${seen}, not the one given`));
    });
    // Whoever gives the request up does not know of a connection that is not made yet: it would keep the process.
    socket.setTimeout(timeout, () => socket.destroy());
    socket.once('error', (error) => done?.(error, socket));
    return undefined;
  };
  return { agent };
}

async function collect(
  incoming: IncomingMessage,
  most: number,
  what: string,
  take: ((chunk: Buffer) => void) | undefined,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) {
      throw new Failure('target-answer-invalid', `${what} was answered with more than ${most} bytes.`);
    }
    if (take === undefined) chunks.push(chunk);
    else take(chunk);
  }
  return Buffer.concat(chunks);
}

function unreachable(what: string, cause: unknown): Failure {
  const reason = cause instanceof Error ? cause.message : 'unknown error';
  const untrusted = /CERT|SIGNATURE|ISSUER/.test(errnoOf(cause) ?? '') || /certificate/.test(reason);
  const help =
    'Name the certificate authority with ELASTIC_CA_FILE, or the certificate itself with ELASTIC_FINGERPRINT (SHA-256).';
  return new Failure('target-unreachable', `${what}: ${safe(reason)}.`, { cause, ...(untrusted && { help }) });
}
