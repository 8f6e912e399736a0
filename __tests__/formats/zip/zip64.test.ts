import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../src/domain/limits.ts';
import type { ByteSource } from '../../../src/formats/source.ts';
import { readZip } from '../../../src/formats/zip/read.ts';
import {
  dataDescriptor,
  directoryRecord,
  endRecords,
  localHeader,
  type WrittenEntry,
} from '../../../src/formats/zip/records.ts';
import { type CraftedEntry, craft, extra, zip64 } from './crafted.ts';
import { readOurs, readYauzl } from './readers.ts';

const gib = 1024 ** 3;
const beyond = 0xffffffff;

describe('numbers of more than 32 bits', () => {
  it('are written and read: an entry of 5 GiB, and another one behind it', async () => {
    const { source, entries } = archiveOf([5 * gib, 10]);
    const limits = { ...defaultLimits, archiveBytes: 16 * gib };
    const { findings } = await readZip(source, limits, () => undefined);
    // The structure is sound, so nothing but the limits is reported.
    expect(findings.map(({ check, message }) => [check, message])).toEqual([
      ['archive-bomb', `"top/0" expands to ${5 * gib} bytes; the limit for one entry is ${gib}.`],
      ['archive-bomb', `The archive expands to ${5 * gib + 10} bytes; the limit is ${2 * gib}.`],
    ]);
    expect(entries[1]?.offset).toBeGreaterThan(beyond);
  });

  it('of the archive itself meet the limit of the archive', async () => {
    const { findings } = await readZip(archiveOf([5 * gib]).source, defaultLimits, () => undefined);
    expect(findings.map(({ check }) => check)).toEqual(['archive-bomb']);
  });

  it('above what a double holds are no way around the limits', async () => {
    const huge = Buffer.alloc(8, 0xff);
    const field = extra(1, Buffer.concat([huge, huge]));
    const entry: CraftedEntry = {
      name: 'a',
      content: Buffer.from('x'),
      both: { size: beyond, compressedSize: beyond, extra: field },
    };
    const { findings } = await readOurs(craft([entry]));
    expect(findings.map(({ check }) => check)).toContain('archive-overlap');
  });
});

describe('the forms of zip64 that readers agree on', () => {
  const content = Buffer.from('{"model": 1}');
  it.each<[string, CraftedEntry]>([
    ['the offset alone', { name: 'a', content, central: { offset: beyond, extra: zip64(0) } }],
    ['the size and the offset', { name: 'a', content, central: { offset: beyond, size: beyond, extra: zip64(12, 0) } }],
    ['the number of the part', { name: 'a', content, central: { part: 0xffff, extra: extra(1, Buffer.alloc(4)) } }],
    ['a field that nobody asks for', { name: 'a', content, central: { extra: zip64(12) } }],
    ['an empty field', { name: 'a', content, central: { extra: zip64() } }],
  ])('%s', async (_, entry) => {
    const archive = craft([entry], { zip64: true });
    const { findings, contents } = await readOurs(archive);
    expect(findings).toEqual([]);
    expect((await readYauzl(archive)).get('a')?.equals(contents.get('a') ?? Buffer.alloc(0))).toBe(true);
  });
});

/** An archive whose contents are zeros that exist nowhere, written by the product's own records. */
function archiveOf(sizes: readonly number[]): { source: ByteSource; entries: WrittenEntry[] } {
  const pieces: { at: number; bytes: Buffer }[] = [];
  const entries: WrittenEntry[] = [];
  let at = 0;
  const put = (bytes: Buffer): void => {
    pieces.push({ at, bytes });
    at += bytes.length;
  };
  for (const [index, size] of sizes.entries()) {
    const large = size >= beyond;
    const numbers = { size, compressedSize: size, crc: 0, method: 0, streamed: large, zip64: large } as const;
    const entry = { ...numbers, name: Buffer.from(`top/${index}`), offset: at };
    entries.push(entry);
    put(localHeader(entry));
    at += size;
    if (large) put(dataDescriptor(entry));
  }
  const directory = Buffer.concat(entries.map(directoryRecord));
  const offset = at;
  put(directory);
  put(endRecords(entries.length, offset, directory.length));
  const size = at;
  const read = (from: number, length: number): Buffer => {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - from)));
    for (const piece of pieces) {
      const start = Math.max(from, piece.at);
      const end = Math.min(from + bytes.length, piece.at + piece.bytes.length);
      if (start < end) piece.bytes.copy(bytes, start - from, start - piece.at, end - piece.at);
    }
    return bytes;
  };
  return { source: { name: 'large.zip', size, read }, entries };
}
