import { createHash } from 'node:crypto';
import AdmZip from 'adm-zip';
import { fromBuffer } from 'yauzl';
import { defaultLimits, type Limits } from '../../../src/domain/limits.ts';
import type { ArchiveOptions, ArchiveReading } from '../../../src/formats/archive.ts';
import { bufferSource } from '../../../src/formats/source.ts';
import { readZip } from '../../../src/formats/zip/read.ts';

/** Names (folders with a trailing `/`) and contents of an archive. */
export type Contents = Map<string, Buffer>;

/** What our reader says of an archive in memory, with the bytes that the sinks were given. */
export async function readOurs(
  archive: Buffer,
  limits: Limits = defaultLimits,
  options: ArchiveOptions = {},
): Promise<ArchiveReading & { readonly contents: Contents }> {
  const chunks = new Map<string, Buffer[]>();
  const reading = await readZip(
    bufferSource('test.zip', archive),
    limits,
    (path) => {
      const kept: Buffer[] = [];
      chunks.set(path, kept);
      return (chunk) => kept.push(Buffer.from(chunk));
    },
    options,
  );
  const contents: Contents = new Map();
  for (const { path, directory, size, sha256 } of reading.members) {
    const content = Buffer.concat(chunks.get(path) ?? []);
    if (content.length !== size) throw new Error(`${path}: ${size} bytes promised, ${content.length} given`);
    if (!directory && createHash('sha256').update(content).digest('hex') !== sha256) throw new Error(`${path}: sha256`);
    contents.set(directory ? `${path}/` : path, content);
  }
  return { ...reading, contents };
}

/** What adm-zip reads. */
function readAdmZip(archive: Buffer): Contents {
  const contents: Contents = new Map();
  for (const entry of new AdmZip(archive).getEntries()) {
    const content = entry.getData();
    if (entry.header.size !== content.length) throw new Error(`adm-zip: ${entry.entryName} has another size`);
    addOnce(contents, entry.entryName, content);
  }
  return contents;
}

/** What yauzl reads. */
export function readYauzl(archive: Buffer): Promise<Contents> {
  const contents: Contents = new Map();
  return new Promise((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true }, (error, zip) => {
      if (error !== null) return reject(error);
      zip.on('error', reject);
      zip.on('end', () => resolve(contents));
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, (failed, stream) => {
          if (failed !== null) return reject(failed);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('error', reject);
          stream.on('end', () => {
            const content = Buffer.concat(chunks);
            if (content.length !== entry.uncompressedSize) return reject(new Error(`yauzl: ${entry.fileName}: size`));
            try {
              addOnce(contents, entry.fileName, content);
            } catch (twice) {
              return reject(twice);
            }
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    });
  });
}

/** Throws unless both other readers see the same names, sizes and bytes. */
export async function demandAgreement(archive: Buffer, ours: Contents): Promise<void> {
  for (const [reader, theirs] of [
    ['adm-zip', readAdmZip(archive)],
    ['yauzl', await readYauzl(archive)],
  ] as const) {
    demandSame(theirs, ours, reader);
  }
}

function addOnce(contents: Contents, name: string, content: Buffer): void {
  if (contents.has(name)) throw new Error(`${name} is listed twice`);
  contents.set(name, content);
}

/** Throws unless names and bytes are equal. */
export function demandSame(seen: Contents, expected: Contents, reader = 'the reader'): void {
  const [names, wanted] = [seen, expected].map((contents) => JSON.stringify([...contents.keys()].sort()));
  if (names !== wanted) throw new Error(`${reader} lists ${names}, expected ${wanted}`);
  for (const [name, content] of expected) {
    if (!seen.get(name)?.equals(content)) throw new Error(`${reader} reads other bytes of ${name}`);
  }
}
