import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Upload } from './exchange.ts';

/** Larger uploads are hashed and not kept. */
const keptBytes = 8 * 1024 * 1024;

/**
 * Reads an upload whole, or what of it arrives.
 * @param pause milliseconds after each piece: a line that crawls
 */
export async function readUpload(
  request: IncomingMessage,
  truncated: boolean,
  pause?: number,
): Promise<Upload | undefined> {
  const announced = Number(request.headers['content-length'] ?? Number.NaN);
  const limit = truncated ? Math.floor(announced / 2) : Number.POSITIVE_INFINITY;
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let [arrived, size] = [0, 0];
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      arrived += chunk.length;
      const part = chunk.subarray(0, Math.max(0, limit - size));
      size += part.length;
      hash.update(part);
      if (size <= keptBytes) chunks.push(part);
      if (pause !== undefined) await setTimeout(pause);
    }
  } catch {
    return undefined;
  }
  if (arrived !== announced) return undefined;
  const bytes = size <= keptBytes ? Buffer.concat(chunks) : undefined;
  return { size, sha256: hash.digest('hex'), bytes, contentType: request.headers['content-type'] ?? '' };
}

/** Reads a JSON body; an empty one is an empty object, one that does not arrive whole is none. */
export async function readJson(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    return undefined;
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
