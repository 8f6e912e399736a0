import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HttpClient } from '@actions/http-client';
import type { Value } from '../../domain/document.ts';
import { unreachable } from './connection.ts';

/** A request whose body or answer is streamed. */
export interface TransferRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: AsyncIterable<Uint8Array>;
  /** Milliseconds without a byte moving, after which it is given up. */
  readonly stall: number;
  /** Milliseconds that it may take until the answer begins. */
  readonly total: number;
}

const smallAnswer = 4 * 1024 * 1024;

/**
 * One exchange past octokit, tried once and never redirected: bytes go as they come, none is kept.
 * The answer's own stream fails when it stands still.
 * @throws Failure `github-unreachable`; whatever the body throws
 */
export async function transfer({
  method,
  url,
  headers,
  body,
  stall,
  total,
}: TransferRequest): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? requestSecure : requestPlain;
  // The proxy of the environment, as the runner's own client finds it.
  const agent = new HttpClient().getAgent(url.href);
  const outgoing = send(url, { method, headers, agent });
  outgoing.setTimeout(stall, () => outgoing.destroy(new Error(`no byte moved for ${stall} ms`)));
  const timer = setTimeout(() => outgoing.destroy(new Error(`not done after ${total} ms`)), total);
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
  });
  let broken: unknown;
  const sent =
    body === undefined
      ? Promise.resolve(outgoing.end())
      : pipeline(Readable.from(noting(body), { objectMode: true }), outgoing);
  // An answer that comes before all is sent counts, whatever became of the rest.
  sent.catch(() => undefined);
  try {
    return await answered;
  } catch (error) {
    if (broken !== undefined) throw broken;
    throw unreachable(`${method} ${url.host}${url.pathname}`, error);
  } finally {
    clearTimeout(timer);
  }

  async function* noting(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
    } catch (error) {
      broken = error;
      throw error;
    }
  }
}

/** Reads an answer that is JSON; undefined where it is not, or is cut short. @throws Failure `github-unreachable` */
export async function jsonIn(message: IncomingMessage): Promise<Value | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > smallAnswer) return undefined;
      chunks.push(chunk);
    }
    const value: Value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return value;
  } catch {
    return undefined;
  }
}
