import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { zipStream } from '../src/formats/zip/write.ts';

/** Writes a zip of `count` JSON files, made one at a time: none is kept. */
export async function writeZip(path: string, count: number, text: (index: number) => string): Promise<string> {
  const inputs = Array.from({ length: count }, (_, index) => {
    let made: Buffer | undefined;
    const content = () => {
      made ??= Buffer.from(text(index));
      return made;
    };
    return {
      path: `ML-DGA-20261122-1/${String(index).padStart(4, '0')}.json`,
      size: content().length,
      *open() {
        yield content();
        made = undefined;
      },
    };
  });
  await pipeline(Readable.from(zipStream(inputs)), createWriteStream(path));
  return path;
}
