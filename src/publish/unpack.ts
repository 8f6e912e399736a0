import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Limits } from '../domain/limits.ts';
import type { ArchiveReading } from '../formats/archive.ts';
import type { ByteSource } from '../formats/source.ts';
import { readZip } from '../formats/zip/read.ts';
import { writingNow } from '../stores/file-failure.ts';

/**
 * Unpacks a zip into a folder of our own, through the strict reader: no name is used before every header was found
 * sound, files are created and never opened, their mode is 0644 whatever the archive says.
 * @param folder exists, is empty, and nobody else writes to it
 * @returns the reading; where it has findings, what was written is not to be used
 * @throws Failure `disk-full`, `write-failed`, and those of the source
 */
export async function unpackZip(
  source: ByteSource,
  limits: Limits,
  folder: string,
  nesting: (path: string) => boolean,
): Promise<ArchiveReading> {
  let open: number | undefined;
  const close = (): void => {
    if (open !== undefined) closeSync(open);
    open = undefined;
  };
  try {
    // Members come one after the other: when the next one begins, the one before is complete.
    return await readZip(
      source,
      limits,
      (path) => {
        const target = join(folder, path);
        close();
        const descriptor = writingNow(target, () => {
          mkdirSync(dirname(target), { recursive: true });
          return openSync(target, 'wx', 0o644);
        });
        open = descriptor;
        return (chunk) => writingNow(target, () => writeAll(descriptor, chunk));
      },
      { nesting },
    );
  } finally {
    close();
  }
}

function writeAll(descriptor: number, chunk: Buffer): void {
  for (let written = 0; written < chunk.length; ) written += writeSync(descriptor, chunk, written);
}
