import { createHash } from 'node:crypto';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { fileFailure } from '../file-failure.ts';
import type { AssetContent } from '../store.ts';
import type { Answer } from './answer.ts';
import type { Client } from './client.ts';
import { saidBy, unreachable } from './connection.ts';
import { jsonIn, transfer } from './transfer.ts';

/**
 * Sends an asset once, as a new stream, and hashes it on the way. The last byte is held back until everything is as
 * announced: an asset with other bytes is never whole on the other side.
 * @param milliseconds that are left for it
 * @throws Failure `file-changed`, those of its source; `github-unreachable` where it is in doubt what arrived
 */
export async function sendAsset(
  { connection, patience }: Client,
  uploadUrl: string,
  name: string,
  asset: AssetContent,
  milliseconds: number,
): Promise<Answer> {
  const url = new URL(uploadUrl);
  url.searchParams.set('name', name);
  const message = await transfer({
    method: 'POST',
    url,
    headers: {
      ...connection.headers,
      accept: 'application/vnd.github+json',
      'content-type': 'application/octet-stream',
      'content-length': String(asset.size),
    },
    body: asAnnounced(asset),
    pace: { window: patience.window, least: patience.leastInWindow },
    stall: patience.stall,
    total: milliseconds,
  });
  const body = await jsonIn(message);
  message.destroy();
  const status = message.statusCode ?? 0;
  if (status >= 500 || status === 408 || body === undefined) {
    throw unreachable(
      `upload of ${name}`,
      new Error(`GitHub answered ${status}${body === undefined ? ', not JSON' : ''}`),
    );
  }
  const headers = Object.fromEntries(Object.entries(message.headers).map(([key, value]) => [key, String(value)]));
  return { status, headers, body, said: saidBy(body, connection.headers['authorization']?.replace(/^token /, '')) };
}

/**
 * The bytes of an asset, which end only if they are as announced.
 * @throws Failure `file-changed`, `file-unreadable`
 */
export async function* asAnnounced(asset: AssetContent): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let size = 0;
  let held: Uint8Array | undefined;
  for await (const chunk of readable(asset)) {
    if (chunk.length === 0) continue;
    size += chunk.length;
    if (size > asset.size) throw changed(asset, `more than ${asset.size} bytes`);
    hash.update(chunk);
    if (held !== undefined) yield held;
    if (chunk.length > 1) yield chunk.subarray(0, -1);
    // One byte, copied: whole pieces held back, or copied, would cost memory for nothing.
    held = Uint8Array.of(chunk.at(-1) ?? 0);
  }
  if (size !== asset.size) throw changed(asset, `${size} bytes instead of ${asset.size}`);
  const sha256 = hash.digest('hex');
  if (sha256 !== asset.sha256) throw changed(asset, `bytes with sha256 ${sha256} instead of ${asset.sha256}`);
  if (held !== undefined) yield held;
}

async function* readable(asset: AssetContent): AsyncGenerator<Uint8Array> {
  try {
    yield* asset.open();
  } catch (error) {
    throw fileFailure(error, 'read', asset.name);
  }
}

function changed({ name }: AssetContent, what: string): Failure {
  return new Failure('file-changed', `\`${safe(name)}\` gave ${what}: it changed since it was planned.`);
}
