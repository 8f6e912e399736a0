import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileSource, openFileSource } from '../formats/file-source.ts';
import { type ByteSource, bufferSource, chunksOf } from '../formats/source.ts';
import { writing } from '../stores/file-failure.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** Up to here content is kept in memory; above it in a temporary file. Bytes. */
export const memoryBytes = 16 * 1024 * 1024;

/** Content that was streamed once and can be read any number of times, until it is disposed of. */
export interface Spooled {
  readonly size: number;
  /** Lower-case hex SHA-256. */
  readonly sha256: string;
  readonly source: ByteSource;
  /** A new stream of the whole content. */
  open(): AsyncIterable<Uint8Array>;
  /** Removes the temporary file, if there is one; calling it again does nothing. */
  dispose(): Promise<void>;
}

/**
 * Keeps a stream: in memory while it is small, else in a temporary file that only this user can read.
 * @param name for messages
 * @throws Failure `disk-full`, `write-failed`, and whatever the stream throws
 */
export async function spool(
  name: string,
  content: AsyncIterable<Uint8Array>,
  inMemory: number = memoryBytes,
): Promise<Spooled> {
  const hash = createHash('sha256');
  const chunks: Uint8Array[] = [];
  let size = 0;
  let file: TemporaryFile | undefined;
  try {
    for await (const chunk of content) {
      hash.update(chunk);
      size += chunk.length;
      chunks.push(Buffer.from(chunk));
      if (size <= inMemory) continue;
      file ??= await createTemporaryFile();
      for (const kept of chunks.splice(0)) await file.append(kept);
    }
    const source = file === undefined ? bufferSource(name, Buffer.concat(chunks)) : await file.reopen();
    return spooled(source, hash.digest('hex'), async () => file?.remove());
  } catch (error) {
    await file?.remove();
    throw error;
  }
}

function spooled(source: ByteSource, sha256: string, dispose: () => Promise<void>): Spooled {
  const { size } = source;
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield* chunksOf(source);
  };
  return { size, sha256, source, open, dispose };
}

interface TemporaryFile {
  append(chunk: Uint8Array): Promise<void>;
  /** Ends the writing. */
  reopen(): Promise<FileSource>;
  remove(): Promise<void>;
}

async function createTemporaryFile(): Promise<TemporaryFile> {
  const folder = await makeTemporaryFolder();
  const path = join(folder.path, 'content');
  let handle: FileHandle | undefined = await writing(path, () => open(path, 'wx', 0o600));
  let source: FileSource | undefined;
  return {
    append: (chunk) => writing(path, async () => handle?.writeFile(chunk)),
    async reopen() {
      await handle?.close();
      handle = undefined;
      source = openFileSource(path);
      return source;
    },
    async remove() {
      await handle?.close();
      handle = undefined;
      source?.close();
      await folder.remove();
    },
  };
}
