import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Bundle, Entry } from '../domain/bundle.ts';
import type { Limits } from '../domain/limits.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import type { ArchiveReading } from '../formats/archive.ts';
import { openFileSource } from '../formats/file-source.ts';
import { type ByteSource, chunksOf } from '../formats/source.ts';
import { readZip } from '../formats/zip/read.ts';
import { memoryBytes } from './spool.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';
import { unpackZip } from './unpack.ts';

/** Reads the entries of a bundle again, as they were when they were checked. */
export interface BundleContent {
  /**
   * The bytes of an entry.
   * @throws Failure `file-changed` where they are not those that were checked, `path-not-found`, `file-unreadable`
   */
  open(entry: Entry): AsyncIterable<Uint8Array>;
  /** Removes what was written aside. */
  dispose(): Promise<void>;
}

/**
 * Opens a bundle for packing. The files of a folder are read when they are asked for; a zip is read at once, into
 * memory while it is small, else into a temporary folder.
 * @throws Failure `file-changed`, `path-not-found`, `file-unreadable`
 */
export async function openContent(bundle: Bundle, limits: Limits): Promise<BundleContent> {
  if (bundle.source === 'zip') {
    const total = bundle.entries.reduce((sum, { size }) => sum + size, 0);
    return total <= memoryBytes ? inMemory(bundle, limits) : inFolder(bundle, limits);
  }
  return {
    open: (entry) => same(entry, contentOf(join(bundle.path, entry.path))),
    dispose: async () => undefined,
  };
}

async function* contentOf(path: string): AsyncGenerator<Uint8Array> {
  const source = openFileSource(path);
  try {
    yield* chunksOf(source);
    source.verifyUnchanged();
  } finally {
    source.close();
  }
}

/** Passes the chunks on, and fails at their end unless they are what was checked. */
async function* same(
  { path, sha256 }: Entry,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  const actual = hash.digest('hex');
  if (actual === sha256) return;
  throw new Failure(
    'file-changed',
    `\`${safe(path)}\` had sha256 ${sha256} when it was checked, and has ${actual} now.`,
  );
}

async function inMemory(bundle: Bundle, limits: Limits): Promise<BundleContent> {
  const kept = new Map<string, Uint8Array[]>();
  const visit = (path: string) => {
    const chunks: Uint8Array[] = [];
    kept.set(path, chunks);
    return (chunk: Buffer) => {
      chunks.push(Buffer.from(chunk));
    };
  };
  await readAgain(bundle, (source, nesting) => readZip(source, limits, visit, { nesting }));
  return {
    open: (entry) => same(entry, kept.get(memberPath(bundle, entry)) ?? []),
    dispose: async () => kept.clear(),
  };
}

async function inFolder(bundle: Bundle, limits: Limits): Promise<BundleContent> {
  const folder = await makeTemporaryFolder();
  try {
    await readAgain(bundle, (source, nesting) => unpackZip(source, limits, folder.path, nesting));
    return {
      open: (entry) => same(entry, contentOf(join(folder.path, memberPath(bundle, entry)))),
      dispose: () => folder.remove(),
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

function memberPath({ topFolder }: Bundle, { path }: Entry): string {
  return topFolder === undefined ? path : `${topFolder}/${path}`;
}

async function readAgain(
  bundle: Bundle,
  read: (source: ByteSource, nesting: (path: string) => boolean) => Promise<ArchiveReading>,
): Promise<void> {
  const source = openFileSource(bundle.path);
  try {
    // Whether an entry may be an archive itself was decided when the bundle was checked.
    const members = new Set(bundle.entries.map((entry) => memberPath(bundle, entry)));
    const { findings } = await read(source, (path) => members.has(path));
    source.verifyUnchanged();
    const finding = findings.find(({ severity }) => severity !== 'note');
    if (finding !== undefined) throw new Failure('file-changed', `${safe(bundle.path, 1000)}: ${finding.message}`);
  } finally {
    source.close();
  }
}
