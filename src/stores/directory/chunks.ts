import { createHash } from 'node:crypto';
import { constants, promises } from 'node:fs';
import { storeFailure, storeInvalid } from './failure.ts';

const chunkBytes = 256 * 1024;
// A link is refused and a pipe does not make the reader wait; Windows has neither flag.
const plainFile = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a plain file; it is opened when the first chunk is asked for, and closed at the end.
 * @throws Failure `file-unreadable`, `store-invalid` (a link, a pipe)
 */
export async function* readChunks(path: string): AsyncGenerator<Buffer> {
  try {
    const handle = await promises.open(path, plainFile);
    try {
      if (!(await handle.stat()).isFile()) throw storeInvalid(path, 'is not a plain file');
      for (;;) {
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, null);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw storeFailure(error, 'read', path);
  }
}

/** SHA-256 and size of a plain file. */
export async function digestOf(path: string): Promise<{ readonly size: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of readChunks(path)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest('hex') };
}

/** The text of a plain file; undefined where it holds more bytes than `limit`. */
export async function readText(path: string, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of readChunks(path)) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
