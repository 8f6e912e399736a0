import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '../../src/publish/asset.ts';
import { spool } from '../../src/publish/spool.ts';
import { asset, codeOf, seededBytes } from '../contracts/assets.ts';
import { temporaryFolder } from '../stores/directory/temporary.ts';
import { contentOf } from './written-store.ts';

const bytes = seededBytes('spool', 1_000_000);
const stream = () => asset('a', bytes, 10_000).open();

describe('spooling', () => {
  it.each([
    ['in memory', bytes.length],
    ['in a file', bytes.length - 1],
    ['in a file from the first byte', 0],
  ])('%s keeps every byte, to be read again and at any place', async (_, inMemory) => {
    const kept = await spool('a', stream(), inMemory);
    expect(kept).toMatchObject({ size: bytes.length, sha256: sha256Of(bytes) });
    for (let count = 0; count < 2; count += 1) {
      expect((await contentOf({ name: 'a', size: 0, sha256: '', open: kept.open })).equals(bytes)).toBe(true);
    }
    expect(kept.source.read(999_990, 100).equals(bytes.subarray(999_990))).toBe(true);
    await kept.dispose();
    await kept.dispose();
  });

  it('in a file lets nobody else look, and removes it', async () => {
    const kept = await spool('a', stream(), 10);
    const path = kept.source.name;
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    await kept.dispose();
    expect(existsSync(dirname(path))).toBe(false);
  });

  it('of a stream that fails leaves nothing', async () => {
    const [before, scratch] = [process.env.TMPDIR, temporaryFolder()];
    async function* failing() {
      yield* stream();
      expect(readdirSync(scratch)).toHaveLength(1);
      throw new Error('cut off');
    }
    process.env.TMPDIR = scratch;
    try {
      await expect(spool('a', failing(), 10)).rejects.toThrow('cut off');
      expect(readdirSync(scratch)).toEqual([]);
      process.env.TMPDIR = join(scratch, 'missing');
      expect(await codeOf(spool('a', stream(), 10))).toBe('write-failed');
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });

  it('keeps what the stream uses again', async () => {
    async function* reusing() {
      const buffer = Buffer.from('a');
      yield buffer;
      buffer[0] = 0x62;
      yield buffer;
    }
    const kept = await spool('a', reusing());
    expect(kept.source.read(0, 2).toString()).toBe('ab');
    await kept.dispose();
  });
});
