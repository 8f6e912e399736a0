import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { HttpClient } from '@actions/http-client';

/** What octokit asks a `fetch` for. */
interface Wanted {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** Bytes of an answer: 100,000 tags take 35 MB. */
const mostBytes = 128 * 1024 * 1024;

/**
 * How octokit reaches the API: as transfers do, through the runner's own agent, and never redirected. undici, which it
 * would use, asks a proxy that hangs up again without end, past every time limit, and keeps the process alive with it.
 * @returns a `fetch` that reads answers whole; it rejects where there is none, or not the whole of it
 */
export function openFetch(): (url: string, wanted: Wanted) => Promise<Response> {
  // Reading goes on over the same connection. Writing begins a new one: of an old one that is closed just then nobody
  // could say whether the request was read.
  const [reading, writing] = [new HttpClient(undefined, undefined, { keepAlive: true }), new HttpClient()];
  return async (url, { method, headers, body, signal }) => {
    const send = url.startsWith('https:') ? requestSecure : requestPlain;
    const agent = (method === 'GET' ? reading : writing).getAgent(url);
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = { method, headers: { ...headers, ...length, 'accept-encoding': 'gzip' }, agent, signal };
    const message = await new Promise<IncomingMessage>((resolve, reject) => {
      send(url, options, resolve).once('error', reject).end(body);
    });
    const status = message.statusCode ?? 0;
    const content = await contentOf(message);
    return new Response(content.length === 0 ? null : content, { status, headers: textual(message) });
  };
}

async function contentOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = async (content: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of content) {
      size += chunk.length;
      if (size > mostBytes) throw new Error(`the answer has more than ${mostBytes} bytes`);
      chunks.push(chunk);
    }
  };
  const { 'content-encoding': encoding, 'content-length': length } = message.headers;
  // A header of a content that does not come.
  const empty = length === '0' || message.statusCode === 204 || message.statusCode === 304;
  if (encoding === 'gzip' && !empty) {
    await pipeline(message, createGunzip(), collect);
  } else {
    await pipeline(message, collect);
  }
  return Buffer.concat(chunks);
}

function textual({ headers }: IncomingMessage): Record<string, string> {
  const { 'content-encoding': _, ...others } = headers;
  return Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]));
}
