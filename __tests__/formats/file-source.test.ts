import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/domain/limits.ts';
import { type FileSource, openFileSource } from '../../src/formats/file-source.ts';
import { readZip } from '../../src/formats/zip/read.ts';
import { createRandom } from '../random.ts';
import { openFolder, program } from './child.ts';
import { craft } from './zip/crafted.ts';

const folder = openFolder();
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'file');
beforeEach(() => {
  rmSync(path, { force: true });
  writeFileSync(path, '0123456789');
});

function withSource<T>(use: (source: FileSource) => T): T {
  const source = openFileSource(path);
  try {
    return use(source);
  } finally {
    source.close();
  }
}

/** Prints code and errno of the failure that opening gives, or `opened`. */
const opener = program(
  folder,
  'open',
  `import { openFileSource } from './file-source.ts';
  try { openFileSource(process.argv[2]); console.log('opened'); }
  catch (error) { console.log(error.code, error.cause?.code ?? '-', error.message); }`,
);

/** Opens in another process, so that a call which never returns fails the test instead of stopping it. */
function open(target: string, identity: { uid?: number; gid?: number } = {}): string {
  const { stdout, stderr, error } = spawnSync(process.execPath, [opener, target], {
    encoding: 'utf8',
    timeout: 20_000,
    ...identity,
  });
  if (error) throw error;
  expect(stderr).toBe('');
  return stdout.trim();
}

describe('reading', () => {
  it('gives bytes at any place, fewer only at the end', () => {
    withSource((source) => {
      expect(source).toMatchObject({ name: path, size: 10 });
      expect(source.read(0, 4).toString()).toBe('0123');
      expect(source.read(8, 100).toString()).toBe('89');
      expect(source.read(10, 5)).toHaveLength(0);
      expect(source.read(1e12, 5)).toHaveLength(0);
      source.verifyUnchanged();
    });
  });

  it('follows a link to a file', () => {
    const link = join(folder, 'link');
    symlinkSync(path, link);
    expect(open(link)).toBe('opened');
  });

  it('can be closed twice', () => {
    const source = openFileSource(path);
    source.close();
    source.close();
    expect(() => source.read(0, 1)).toThrow(expect.objectContaining({ code: 'file-unreadable' }));
  });
});

describe('what is no regular file', () => {
  it('a FIFO is refused at once, whether or not somebody writes', () => {
    const fifo = join(folder, 'fifo');
    expect(spawnSync('sh', ['-c', 'mkfifo "$0"', fifo]).status).toBe(0);
    expect(open(fifo)).toBe(`file-unreadable - ${fifo} is a FIFO, not a file.`);
  });

  it('a folder', () => {
    mkdirSync(join(folder, 'sub'));
    expect(open(join(folder, 'sub'))).toMatch(/^file-unreadable .* is a folder, not a file\.$/);
  });

  it('a device', () => {
    expect(open('/dev/null')).toMatch(/^file-unreadable .* is a device, not a file\.$/);
  });

  it('a socket', async () => {
    const server = createServer();
    const socket = join(folder, 'socket');
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    expect(open(socket)).toMatch(/^file-unreadable ENXIO /);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('what cannot be opened', () => {
  it.each([
    ['missing', 'ENOENT'],
    ['file/below', 'ENOTDIR'],
    ['dangling', 'ENOENT'],
  ])('%s: path-not-found, with the cause', (name, errno) => {
    rmSync(join(folder, 'dangling'), { force: true });
    symlinkSync('nowhere', join(folder, 'dangling'));
    expect(open(join(folder, name))).toBe(`path-not-found ${errno} ${join(folder, name)} does not exist.`);
  });

  it('a link to itself: file-unreadable', () => {
    const loop = join(folder, 'loop');
    symlinkSync('loop', loop);
    expect(open(loop)).toMatch(/^file-unreadable ELOOP /);
  });

  it('a name with a NUL: file-unreadable', () => {
    expect(() => openFileSource('a\0b')).toThrow(expect.objectContaining({ code: 'file-unreadable' }));
  });

  it('a file of somebody else: file-unreadable, with the errno', () => {
    chmodSync(path, 0o000);
    // Root reads everything, so another user has to try.
    const identity = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    expect(open(path, identity)).toBe(`file-unreadable EACCES ${path} cannot be read (EACCES).`);
  });
});

describe('a file that changes while it is read', () => {
  const changed = expect.objectContaining({ code: 'file-changed', message: expect.stringContaining(path) });

  it('cut off: the read that misses bytes fails', () => {
    withSource((source) => {
      truncateSync(path, 4);
      expect(source.read(0, 4).toString()).toBe('0123');
      expect(() => source.read(2, 4)).toThrow(changed);
      expect(() => source.verifyUnchanged()).toThrow(changed);
    });
  });

  it.each<[string, () => void]>([
    ['longer', () => appendFileSync(path, 'x')],
    ['other bytes at another time', () => writeFileSync(path, '9876543210')],
    ['another time', () => utimesSync(path, 1, 1)],
    ['removed', () => rmSync(path)],
    [
      'replaced by another file of the same size and time',
      () => {
        writeFileSync(`${path}2`, '9876543210');
        renameSync(`${path}2`, path);
      },
    ],
  ])('%s: found at the end', (_, change) => {
    // An old time, so that the change shows however coarse the clock of the file system is.
    utimesSync(path, 1000, 1000);
    withSource((source) => {
      change();
      expect(() => source.verifyUnchanged()).toThrow(changed);
    });
  });

  it('untouched itself, when its folder gives way to another', () => {
    const parent = join(folder, 'parent');
    mkdirSync(parent);
    writeFileSync(join(parent, 'file'), '0123456789');
    const source = openFileSource(join(parent, 'file'));
    renameSync(parent, `${parent}-before`);
    mkdirSync(parent);
    writeFileSync(join(parent, 'file'), '0123456789');
    expect(() => source.verifyUnchanged()).toThrow(expect.objectContaining({ code: 'file-changed' }));
    source.close();
  });

  it('while an archive is read from it', async () => {
    const content = createRandom(1).bytes(300_000);
    const entries = ['a', 'b', 'c'].map((name) => ({ name, content, method: 0 }));
    writeFileSync(path, craft(entries));
    const source = openFileSource(path);
    const seen: string[] = [];
    const visit = (name: string) => {
      seen.push(name);
      if (name === 'b') truncateSync(path, 400_000);
      return undefined;
    };
    await expect(readZip(source, defaultLimits, visit)).rejects.toThrow(changed);
    expect(seen).toEqual(['a', 'b']);
    source.close();
  });

  it('while a large entry is expanded from it', async () => {
    const content = createRandom(2).bytes(5 * 1024 * 1024);
    writeFileSync(path, craft([{ name: 'a', content, method: 8 }]));
    const source = openFileSource(path);
    const sink = () => truncateSync(path, 1_000_000);
    await expect(readZip(source, defaultLimits, () => sink)).rejects.toThrow(changed);
    source.close();
  });
});
