import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { errnoOf, Failure } from '../errors.ts';
import type { ByteSource } from './source.ts';

/** A file that is open for reading. */
export interface FileSource extends ByteSource {
  /**
   * Compares the file, and what its path leads to now, with what was opened.
   * @throws Failure `file-changed`
   */
  verifyUnchanged(): void;
  /** Closes the file; calling it again does nothing. */
  close(): void;
}

// O_NONBLOCK: opening a FIFO returns at once, and the kind of the open file is looked at before anything is read.
// Windows knows neither flag; there both are undefined, which `|` takes for 0.
const openFlags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * Opens a regular file (links are followed: the user named them).
 * @throws Failure `path-not-found`, `file-unreadable` (no regular file, no permission…; cause: the system's error)
 */
export function openFileSource(path: string): FileSource {
  const descriptor = attempt(path, () => openSync(path, openFlags));
  try {
    const opened = attempt(path, () => fstatSync(descriptor, { bigint: true }));
    if (!opened.isFile()) throw new Failure('file-unreadable', `${path} is ${kindOf(opened)}, not a file.`);
    return source(path, descriptor, opened);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function source(path: string, descriptor: number, opened: BigIntStats): FileSource {
  const size = Number(opened.size);
  let open = true;
  return {
    name: path,
    size,
    read(offset, length, into) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const buffer = into?.subarray(0, wanted) ?? Buffer.allocUnsafe(wanted);
      let filled = 0;
      while (filled < wanted) {
        const count = attempt(path, () => readSync(descriptor, buffer, filled, wanted - filled, offset + filled));
        if (count === 0)
          throw new Failure('file-changed', `${path} had ${size} bytes, and ends at ${offset + filled} now.`);
        filled += count;
      }
      return buffer;
    },
    verifyUnchanged() {
      const now = attempt(path, () => fstatSync(descriptor, { bigint: true }));
      const there = attempt(path, () => statSync(path, { bigint: true, throwIfNoEntry: false }));
      if (there === undefined) throw new Failure('file-changed', `${path} was removed while it was read.`);
      if (!same(opened, now) || !same(opened, there)) {
        throw new Failure('file-changed', `${path} changed while it was read.`);
      }
    },
    close() {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

function same(a: BigIntStats, b: BigIntStats): boolean {
  return a.ino === b.ino && a.dev === b.dev && a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;
}

function kindOf(stats: BigIntStats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') {
      throw new Failure('path-not-found', `${path} does not exist.`, { cause: error });
    }
    throw new Failure('file-unreadable', `${path} cannot be read (${errno ?? 'unknown error'}).`, { cause: error });
  }
}
