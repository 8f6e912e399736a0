import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../src/domain/limits.ts';
import { type CraftedArchive, type CraftedEntry, craft, descriptor, extra, truthOf, zip64 } from './crafted.ts';
import { readOurs } from './readers.ts';

const content = Buffer.from('{"model": 1}');
const good: CraftedEntry = { name: 'top/a.json', content };
const other: CraftedEntry = { name: 'top/b.json', content: Buffer.from('[]') };
const beyond = 0xffffffff;

async function checksOf(entries: readonly CraftedEntry[], archive: CraftedArchive = {}): Promise<string[]> {
  const { findings } = await readOurs(craft(entries, archive));
  return findings.map(({ check }) => check);
}

describe('two sound entries', () => {
  it('are read', async () => {
    expect(await checksOf([good, other])).toEqual([]);
  });
});

describe('both headers and the descriptor must say the same', () => {
  it.each<[string, Partial<CraftedEntry>]>([
    ['the method', { local: { method: 0 } }],
    ['the flags', { local: { flags: 2 } }],
    ['the encryption bit, in the local header alone', { local: { flags: 1 } }],
    ['the CRC', { local: { crc: 1 } }],
    ['the size', { local: { size: 3 } }],
    ['the compressed size', { local: { compressedSize: 3 } }],
    ['the name', { local: { name: Buffer.from('top/A.json') } }],
    ['the length of the name', { local: { name: Buffer.from('top/a.jso') } }],
    ['the size through zip64', { local: { size: beyond, compressedSize: beyond, extra: zip64(99, 99) } }],
    ['a CRC of 0 without a descriptor', { local: { crc: 0 } }],
    ['the CRC in the descriptor', { flags: 8, behind: descriptor({ crc: 1, compressedSize: 14, size: 12 }, 16) }],
    ['the descriptor, which is missing', { flags: 8, behind: Buffer.alloc(0) }],
    ['the descriptor, which is longer', { flags: 8, behind: Buffer.alloc(13) }],
    ['the descriptor and a CRC in the local header', { flags: 8, local: { crc: 1 } }],
    ['the name in the Unicode field', { central: { extra: extra(0x7075, Buffer.from('\x01\0\0\0\0top/z.json')) } }],
    ['the name in the local Unicode field', { local: { extra: extra(0x7075, Buffer.from('\x01\0\0\0\0top/z.json')) } }],
    ['the mode in the field of ASi', { central: { extra: extra(0x756e, Buffer.alloc(14, 0xa1)) } }],
    ['a zip64 field that is there twice', { central: { size: beyond, extra: Buffer.concat([zip64(12), zip64(12)]) } }],
    ['a zip64 field that is missing', { central: { size: beyond } }],
    ['a zip64 field that nobody asks for, with another size', { central: { extra: zip64(99) } }],
    ['a zip64 field open to two readings', { central: { compressedSize: beyond, extra: zip64(14) } }],
    ['a zip64 field that is too long', { central: { size: beyond, extra: zip64(12, 14, 0, 0) } }],
    ['a part of a split archive', { central: { part: 1 } }],
    ['a folder with content', { name: 'top/a/', content: Buffer.from('x'), method: 0 }],
    ['the mode of a folder, the name of a file', { central: { attributes: 0o040755 * 0x10000 } }],
    [
      'the mode of a file, the name of a folder',
      { name: 'top/a/', content: Buffer.alloc(0), central: { attributes: 0o100644 * 0x10000 } },
    ],
    ['a stored size that is not the size', { method: 0, both: { size: 5 } }],
    ['bytes before the entry', { before: Buffer.from('hidden') }],
    ['bytes behind the entry', { behind: Buffer.from('hidden') }],
  ])('%s', async (_, change) => {
    expect(await checksOf([{ ...good, ...change }, other])).toEqual(['archive-header-mismatch']);
    expect(await checksOf([other, { ...good, ...change }])).toEqual(['archive-header-mismatch']);
  });

  it.each([12, 16, 20, 24])('a descriptor of %i bytes that agrees is taken', async (length) => {
    const { numbers } = truthOf(good);
    expect(await checksOf([{ ...good, flags: 8, behind: descriptor(numbers, length) }, other])).toEqual([]);
    const wrong = { ...numbers, size: numbers.size + 1 };
    const mismatch = [{ ...good, flags: 8, behind: descriptor(wrong, length) }, other];
    expect(await checksOf(mismatch)).toEqual(['archive-header-mismatch']);
    const unsigned = descriptor(numbers, length).fill(0, 0, 4);
    expect(await checksOf([{ ...good, flags: 8, behind: unsigned }, other])).toEqual(['archive-header-mismatch']);
  });

  it('numbers that a streaming writer knew before are taken where they are right', async () => {
    const { size, compressedSize } = truthOf(good).numbers;
    expect(await checksOf([{ ...good, flags: 8, local: { size, compressedSize } }])).toEqual([]);
  });
});

describe('the end of the archive', () => {
  it.each<[string, CraftedArchive, string]>([
    [
      'bytes before the first entry, offsets shifted',
      { prefix: Buffer.from('#!/bin/sh\n') },
      'archive-header-mismatch',
    ],
    ['bytes behind the end', { suffix: Buffer.from('x') }, 'archive-header-mismatch'],
    ['a comment', { comment: Buffer.from('hello') }, 'archive-header-mismatch'],
    ['bytes behind the directory', { betweenDirectoryAndEnd: Buffer.from('x') }, 'archive-header-mismatch'],
    ['a count too low', { end: { entries: 1, entriesHere: 1 } }, 'archive-header-mismatch'],
    ['a count too high', { end: { entries: 3, entriesHere: 3 } }, 'archive-header-mismatch'],
    ['two counts', { end: { entriesHere: 1 } }, 'archive-header-mismatch'],
    ['a part number', { end: { part: 1, directoryPart: 1 } }, 'archive-header-mismatch'],
    ['a directory beyond the end', { end: { offset: 0x7fffffff } }, 'archive-corrupt'],
    ['zip64 numbers without a zip64 record', { end: { size: beyond } }, 'archive-corrupt'],
    ['a zip64 record with another count', { zip64: true, end: { entries: 1 } }, 'archive-header-mismatch'],
    ['a zip64 record with another size', { zip64: true, end: { size: 1 } }, 'archive-header-mismatch'],
    ['a zip64 record with room for more', { zip64: true, end64: { recordSize: 60 } }, 'archive-header-mismatch'],
    ['a locator to another place', { zip64: true, end64: { locatorOffset: 0 } }, 'archive-header-mismatch'],
    ['a locator that counts two parts', { zip64: true, end64: { parts: 2 } }, 'archive-header-mismatch'],
    ['a zip64 directory elsewhere', { zip64: true, end64: { offset: 1 } }, 'archive-header-mismatch'],
  ])('%s', async (_, archive, check) => {
    expect(await checksOf([good, other], archive)).toEqual([check]);
  });

  it('an end record inside another one’s comment', async () => {
    const inner = craft([good]);
    const { findings } = await readOurs(craft([other], { comment: inner }));
    expect(findings).toMatchObject([
      { check: 'archive-header-mismatch', message: expect.stringContaining('two end records') },
    ]);
  });

  it('two archives, one behind the other', async () => {
    const twice = Buffer.concat([craft([good]), craft([other])]);
    expect((await readOurs(twice)).findings.map(({ check }) => check)).toEqual(['archive-header-mismatch']);
  });

  it.each([0, 1, 21, 22])('%i bytes of nothing are no zip', async (length) => {
    expect((await readOurs(Buffer.alloc(length))).findings.map(({ check }) => check)).toEqual(['archive-corrupt']);
  });

  it('an archive cut off at any byte is refused, and the help says what to do', async () => {
    const whole = craft([good, other], { zip64: true });
    for (let length = 0; length < whole.length; length += 1) {
      const { findings } = await readOurs(whole.subarray(0, length));
      expect(findings.map(({ check }) => check)).toEqual(['archive-corrupt']);
    }
  });
});

describe('entries fill the file', () => {
  it('an entry that the directory does not list is named', async () => {
    const { findings } = await readOurs(craft([good, { ...other, hidden: true }]));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      check: 'archive-header-mismatch',
      message: expect.stringContaining('does not list'),
    });
  });

  it.each<[string, Partial<CraftedEntry>]>([
    ['two records of one entry', { central: { offset: 0 } }],
    ['an entry inside another', { central: { offset: 10 } }],
  ])('%s', async (_, change) => {
    expect(await checksOf([good, { ...other, ...change }])).toContain('archive-overlap');
  });

  it('a local header quoted inside the content of another entry', async () => {
    const inner = craft([{ ...other, name: 'top/q.json' }]);
    const local = inner.subarray(0, inner.indexOf('PK\x01\x02', 0, 'latin1'));
    const outer: CraftedEntry = { name: 'top/a.bin', content: local, method: 0 };
    const quoted: CraftedEntry = { ...other, name: 'top/q.json', central: { offset: 30 + 9 } };
    const checks = await checksOf([outer, quoted]);
    expect(checks).toContain('archive-overlap');
  });

  it('an entry that reaches into the directory', async () => {
    const checks = await checksOf([good, { ...other, both: { compressedSize: 100 } }]);
    expect(checks).toEqual(['archive-overlap']);
  });

  it('an offset behind the end of the file', async () => {
    expect(await checksOf([good, { ...other, central: { offset: 0x7fffffff } }])).toEqual([
      'archive-header-mismatch',
      'archive-corrupt',
    ]);
  });

  it('a gap that lies behind the end of the file', async () => {
    for (const flags of [0, 8]) {
      const far = { ...good, flags, both: { compressedSize: 1_000_000 } };
      const farther = { ...other, central: { offset: 2_000_000 } };
      expect(await checksOf([far, farther])).toContain('archive-header-mismatch');
    }
  });

  it('a local header that is none', async () => {
    const archive = craft([good]);
    archive.writeUInt8(0, 0);
    expect((await readOurs(archive)).findings.map(({ check }) => check)).toEqual(['archive-corrupt']);
  });
});

describe('few findings', () => {
  it('name one defect in each of 500 entries five times, and count the rest', async () => {
    const entries = Array.from({ length: 500 }, (_, index): CraftedEntry => ({ name: `../${index}` }));
    const { findings } = await readOurs(craft(entries));
    expect(findings).toHaveLength(6);
    expect(findings[5]).toEqual({ check: 'archive-path-traversal', message: '495 more entries have this defect.' });
  });

  it('and a directory that is large beyond reason is not read', async () => {
    const comment = Buffer.alloc(65_535);
    const entries = Array.from(
      { length: 260 },
      (_, index): CraftedEntry => ({ name: `${index}`, central: { comment } }),
    );
    const { findings } = await readOurs(craft(entries), { ...defaultLimits });
    expect(findings.map(({ check }) => check)).toEqual(['archive-bomb']);
  });
});
