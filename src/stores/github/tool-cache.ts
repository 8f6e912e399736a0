import { createHash } from 'node:crypto';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../errors.ts';
import { type FileSource, openFileSource } from '../../formats/file-source.ts';
import type { RemoteAsset } from './wire.ts';

/** The cache's own words: a tool of ours, whose version is a digest, for every machine. */
const tool = 'ml-detection-release';
const everywhere = 'any';
const file = 'content';
const chunkBytes = 256 * 1024;

/** A file whose digest GitHub says. */
type DigestedAsset = RemoteAsset & { readonly sha256: string };

/** Downloads that outlive the run, by digest. Nothing depends on it: what it cannot do is done without it. */
export interface AssetCache {
  /** The bytes of an asset, hashed just now; undefined where there are none, or others. */
  find(asset: DigestedAsset): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** The bytes that are given, kept on their way where all of them come. */
  keep(asset: DigestedAsset, bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

/**
 * The tool cache of a runner (`RUNNER_TOOL_CACHE`).
 * @param temporary folder for files on their way there
 */
export function toolCache(temporary: string): AssetCache {
  return { find: (asset) => found(asset), keep: (asset, bytes) => kept(temporary, asset, bytes) };
}

function versionOf({ sha256 }: DigestedAsset): string {
  return `0.0.0-sha256-${sha256}`;
}

async function found(asset: DigestedAsset): Promise<AsyncIterable<Uint8Array> | undefined> {
  try {
    const { find } = await import('@actions/tool-cache');
    const folder = find(tool, versionOf(asset), everywhere);
    return folder === '' ? undefined : sound(join(folder, file), asset);
  } catch {
    return undefined;
  }
}

/** Whoever shares the runner may have been at the file: it is hashed before a byte of it is given away. */
function sound(path: string, asset: DigestedAsset): AsyncIterable<Uint8Array> | undefined {
  const source = openFileSource(path);
  let fits = false;
  try {
    fits = source.size === asset.size && digestOf(source) === asset.sha256;
  } finally {
    if (!fits) source.close();
  }
  return fits ? given(source, asset) : undefined;
}

async function* given(source: FileSource, { sha256 }: DigestedAsset): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  try {
    for (const chunk of chunksOf(source)) {
      hash.update(chunk);
      yield chunk;
    }
    if (hash.digest('hex') !== sha256) throw new Failure('file-changed', `${source.name} changed while it was read.`);
  } finally {
    source.close();
  }
}

function digestOf(source: FileSource): string {
  const hash = createHash('sha256');
  for (const chunk of chunksOf(source)) hash.update(chunk);
  return hash.digest('hex');
}

function* chunksOf(source: FileSource): Generator<Buffer> {
  for (let offset = 0; offset < source.size; offset += chunkBytes) yield source.read(offset, chunkBytes);
}

async function* kept(
  temporary: string,
  asset: DigestedAsset,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const copy = await beginCopy(temporary);
  try {
    for await (const chunk of bytes) {
      await copy.add(chunk);
      yield chunk;
    }
    await copy.keep(asset);
  } finally {
    await copy.remove();
  }
}

interface Copy {
  add(chunk: Uint8Array): Promise<void>;
  /** Hands it over to the cache. */
  keep(asset: DigestedAsset): Promise<void>;
  remove(): Promise<void>;
}

/** A copy aside: the first thing that goes wrong with it ends it, and nobody is told. */
async function beginCopy(temporary: string): Promise<Copy> {
  let folder: string | undefined;
  let handle: FileHandle | undefined;
  let sick = false;
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    if (sick) return;
    await work().catch(() => {
      sick = true;
    });
  };
  await attempt(async () => {
    folder = await mkdtemp(join(temporary, 'asset-'));
    handle = await open(join(folder, file), 'wx', 0o600);
  });
  return {
    add: (chunk) => attempt(async () => await handle?.writeFile(chunk)),
    keep: (asset) =>
      attempt(async () => {
        await handle?.close();
        handle = undefined;
        const { cacheFile } = await import('@actions/tool-cache');
        await cacheFile(join(folder ?? '', file), file, tool, versionOf(asset), everywhere);
      }),
    remove: async () => {
      await handle?.close().catch(() => undefined);
      if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    },
  };
}
