import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { HttpClient } from '@actions/http-client';
import type { Value } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { unreachable } from './connection.ts';
import { type Pace, sendBody } from './sending.ts';

/** A request whose body or answer is streamed. */
export interface TransferRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: AsyncIterable<Uint8Array>;
  /** How fast the body must go at least. */
  readonly pace?: Pace;
  /** Milliseconds without a byte moving, after which it is given up. */
  readonly stall: number;
  /** Milliseconds that it may take until the answer begins. */
  readonly total: number;
}

const smallAnswer = 4 * 1024 * 1024;

/**
 * One exchange past octokit, tried once and never redirected: bytes go as they come, none is kept.
 * The answer's own stream fails when it stands still.
 * @throws Failure `github-unreachable`, `transfer-stalled`; whatever the body throws
 */
export async function transfer({
  method,
  url,
  headers,
  body,
  pace,
  stall,
  total,
}: TransferRequest): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? requestSecure : requestPlain;
  // The proxy of the environment, as the runner's own client finds it.
  const agent = new HttpClient().getAgent(url.href);
  const outgoing = send(url, { method, headers, agent });
  let stalled: string | undefined;
  const giveUp = (why: string): void => {
    stalled ??= why;
    outgoing.destroy(new Error(why));
  };
  outgoing.setTimeout(stall, () => giveUp(`no byte moved for ${stall} ms`));
  const timer = setTimeout(() => giveUp(`not done after ${total} ms`), total);
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
  });
  let broken: { readonly reason: unknown } | undefined;
  const onBroken = (reason: unknown): void => {
    broken = { reason };
    outgoing.destroy(new Error('the source of the body failed'));
  };
  if (body === undefined) outgoing.end();
  else void sendBody(outgoing, body, pace, { onBroken, onSlow: giveUp });
  try {
    return await answered;
  } catch (error) {
    if (broken !== undefined) throw broken.reason;
    const what = `${method} ${url.host}${url.pathname}`;
    throw stalled === undefined
      ? unreachable(what, error)
      : new Failure('transfer-stalled', `${safe(what)}: ${stalled}.`);
  } finally {
    clearTimeout(timer);
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
