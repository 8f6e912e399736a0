import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { Client } from './client.ts';
import { saidBy, unreachable } from './connection.ts';
import { isLimited } from './pauses.ts';
import { readRefusal } from './refusal.ts';
import { jsonIn, transfer } from './transfer.ts';
import type { RemoteAsset } from './wire.ts';

const mostRedirects = 3;

/**
 * The bytes of an asset, read as they are asked for; what breaks off is gone on with where it stopped.
 * @throws Failure `release-corrupt` at the end, where they are not what GitHub says; `github-unreachable`, `rate-limited`
 */
export async function* assetBytes(client: Client, asset: RemoteAsset): AsyncGenerator<Uint8Array> {
  const { clock, patience } = client;
  const hash = createHash('sha256');
  const deadline = clock.now().getTime() + patience.transfer;
  let size = 0;
  for (let attempt = 1; ; attempt += 1) {
    const began = clock.now();
    try {
      for await (const chunk of await openAsset(client, asset, size)) {
        size += chunk.length;
        if (clock.now().getTime() > deadline) throw late(asset, size, patience.transfer);
        if (size > asset.size) throw corrupt(asset, `more than ${asset.size} bytes`);
        hash.update(chunk);
        yield chunk;
      }
      if (size === asset.size) break;
      throw unreachable(`download of ${asset.name}`, new Error(`it broke off at ${size} of ${asset.size} bytes`));
    } catch (error) {
      if (clock.now().getTime() > deadline) throw error;
      await client.retry(error, attempt, began);
    }
  }
  const sha256 = hash.digest('hex');
  if (asset.sha256 !== undefined && asset.sha256 !== sha256) {
    throw corrupt(asset, `bytes with sha256 ${sha256}; GitHub says ${asset.sha256}`);
  }
}

/** SHA-256 of an asset by its bytes, for where GitHub does not say it; undefined where there are more or fewer of them. */
export async function digestByDownload(client: Client, asset: RemoteAsset): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of assetBytes(client, asset)) hash.update(chunk);
  return hash.digest('hex');
}

async function* openAsset(client: Client, asset: RemoteAsset, from: number): AsyncGenerator<Uint8Array> {
  const message = await openMessage(client, asset, from);
  // A server that does not know ranges begins anew.
  let skip = message.statusCode === 206 ? 0 : from;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      const fresh = chunk.subarray(Math.min(skip, chunk.length));
      skip -= chunk.length - fresh.length;
      if (fresh.length > 0) yield fresh;
    }
  } catch (error) {
    throw unreachable(`download of ${asset.name}`, error);
  } finally {
    message.destroy();
  }
}

async function openMessage(client: Client, asset: RemoteAsset, from: number): Promise<IncomingMessage> {
  const { connection, patience } = client;
  const start = new URL(`${connection.base}${client.place(`${client.root}/releases/assets/${asset.id}`)}`);
  let url = start;
  let hops = 0;
  for (let attempt = 1; ; ) {
    // The token and GitHub's own headers go to the API alone, whatever a redirect says.
    const own =
      url.origin === start.origin ? connection.headers : { 'user-agent': connection.headers['user-agent'] ?? '' };
    const range: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
    const headers = { ...own, ...range, accept: 'application/octet-stream' };
    const { stall } = patience;
    const message = await transfer({ method: 'GET', url, headers, stall, total: patience.request });
    const status = message.statusCode ?? 0;
    if (status === 200 || status === 206) return message;
    const said = saidBy(await jsonIn(message), undefined);
    message.destroy();
    const answer = { status, headers: textual(message), body: undefined, said };
    if (isLimited(answer)) {
      await client.waitOut(answer, attempt);
      attempt += 1;
      continue;
    }
    if (status >= 500 || status === 408)
      throw unreachable(`download of ${asset.name}`, new Error(`the answer was ${status}`));
    if (![301, 302, 303, 307, 308].includes(status)) {
      const anonymous = connection.headers['authorization'] === undefined;
      throw readRefusal(`download \`${safe(asset.name)}\``, answer, anonymous);
    }
    url = redirected(url, message.headers.location, asset);
    hops += 1;
    if (hops > mostRedirects) throw unreachable(`download of ${asset.name}`, new Error('too many redirects'));
  }
}

/** @throws Failure `github-refused` for an address that is not to be followed: another protocol than the API's */
function redirected(from: URL, location: string | undefined, { name }: RemoteAsset): URL {
  const target = URL.canParse(location ?? '', from.href) ? new URL(location ?? '', from) : undefined;
  if (target?.protocol === 'https:' || target?.protocol === from.protocol) return target;
  throw new Failure('github-refused', `The download of \`${safe(name)}\` leads to an address that is not HTTPS.`);
}

function textual({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, String(value)]));
}

function late({ name, size }: RemoteAsset, arrived: number, milliseconds: number): Failure {
  return unreachable(`download of ${name}`, new Error(`${arrived} of ${size} bytes after ${milliseconds} ms`));
}

function corrupt({ name }: RemoteAsset, what: string): Failure {
  return new Failure('release-corrupt', `\`${safe(name)}\` gave ${what}.`);
}
