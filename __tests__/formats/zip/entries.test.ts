import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../src/domain/limits.ts';
import { type CraftedEntry, craft, extra } from './crafted.ts';
import { readOurs } from './readers.ts';

const good: CraftedEntry = { name: 'top/a.json', content: Buffer.from('{"model": 1}') };
const unixMode = (mode: number) => ({ central: { attributes: mode * 0x10000 } });

async function findingsOf(...entries: CraftedEntry[]) {
  return (await readOurs(craft(entries))).findings;
}

describe('an entry by itself', () => {
  it.each<[string, Partial<CraftedEntry>, string]>([
    ['a symbolic link', unixMode(0o120777), 'archive-link-entry'],
    ['a symbolic link, made on DOS', { central: { attributes: 0o120777 * 0x10000, madeBy: 20 } }, 'archive-link-entry'],
    ['a reparse point of Windows', { central: { attributes: 0x420, madeBy: 10 << 8 } }, 'archive-link-entry'],
    ['a character device', unixMode(0o020644), 'archive-special-file'],
    ['a block device', unixMode(0o060644), 'archive-special-file'],
    ['a FIFO', unixMode(0o010644), 'archive-special-file'],
    ['a socket', unixMode(0o140644), 'archive-special-file'],
    ['a volume label', { central: { attributes: 0x08 } }, 'archive-special-file'],
    ['set-uid', unixMode(0o104755), 'archive-unsafe-mode'],
    ['set-gid', unixMode(0o102755), 'archive-unsafe-mode'],
    ['sticky', unixMode(0o101644), 'archive-unsafe-mode'],
    ['encrypted, as PKWARE did first', { flags: 1 }, 'archive-encrypted'],
    ['strongly encrypted', { flags: 1 | 64 }, 'archive-encrypted'],
    ['with masked headers', { flags: 1 << 13 }, 'archive-encrypted'],
    ['AES', { flags: 1, both: { method: 99, extra: extra(0x9901, Buffer.alloc(7)) } }, 'archive-encrypted'],
    ['AES, the flag left out', { both: { method: 99 } }, 'archive-encrypted'],
    ['deflate64', { both: { method: 9 } }, 'archive-unsupported-method'],
    ['bzip2', { both: { method: 12 } }, 'archive-unsupported-method'],
    ['Zstandard', { both: { method: 93 } }, 'archive-unsupported-method'],
    ['patched data', { flags: 1 << 5 }, 'archive-unsupported-method'],
    ['a reserved flag', { flags: 1 << 14 }, 'archive-unsupported-method'],
    ['a version that does not exist', { both: { versionNeeded: 200 } }, 'archive-unsupported-method'],
    ['extra fields that do not fit', { central: { extra: Buffer.from([1, 0, 9, 0, 0]) } }, 'archive-corrupt'],
    ['local extra fields that do not fit', { local: { extra: Buffer.from([1]) } }, 'archive-corrupt'],
  ])('%s is refused', async (_, change, check) => {
    const findings = await findingsOf(good, { ...good, name: 'top/b.json', ...change });
    expect(findings.map((finding) => finding.check)).toEqual([check]);
    expect(findings[0]?.message).toContain('top/b.json');
  });

  it.each<[string, Partial<CraftedEntry>]>([
    ['no mode at all', { central: { attributes: 0, madeBy: 20 } }],
    ['a mode without a kind, as Python writes it', unixMode(0o600)],
    ['the archive bit of Windows', { central: { attributes: 0x20, madeBy: 63 } }],
    ['mode 0755', unixMode(0o100755)],
    [
      'times and owner',
      { both: { extra: Buffer.concat([extra(0x5455, Buffer.alloc(5)), extra(0x7875, Buffer.alloc(11))]) } },
    ],
    ['times of NTFS', { central: { extra: extra(0x000a, Buffer.alloc(32)) } }],
    ['the mark of a jar', { both: { extra: extra(0xcafe, Buffer.alloc(0)) } }],
    ['a Unicode name that repeats the name', { both: { extra: extra(0x7075, Buffer.from('\x01\0\0\0\0top/a.json')) } }],
    [
      'the mode of ASi that repeats the mode',
      { central: { extra: extra(0x756e, Buffer.from('00000000a4810000', 'hex')) } },
    ],
    ['a comment', { central: { comment: Buffer.from('fine') } }],
    ['the UTF-8 flag on an ASCII name', { flags: 1 << 11 }],
    ['the marks of how hard deflate tried', { flags: 6 }],
  ])('with %s is taken', async (_, change) => {
    expect(await findingsOf({ ...good, ...change })).toEqual([]);
  });
});

describe('names', () => {
  it.each<[string, CraftedEntry[], string]>([
    ['twice', [good, good], 'there twice'],
    ['with another case', [good, { ...good, name: 'top/A.json' }], 'are one name'],
    [
      'composed in another way',
      [
        { name: 'top/\u00e9', flags: 1 << 11 },
        { name: 'top/e\u0301', flags: 1 << 11 },
      ],
      'are one name',
    ],
    [
      'in a compatibility form',
      [
        { name: 'top/fi', flags: 0 },
        { name: 'top/\ufb01', flags: 1 << 11 },
      ],
      'are one name',
    ],
    ['as a file and as a folder', [{ name: 'top/a' }, { name: 'top/a/' }], 'as a file and as a folder'],
    ['as a file with files below it', [{ name: 'top/a' }, { name: 'top/a/b' }], 'as a file and as a folder'],
    ['as a folder spelt in two ways', [{ name: 'top/Sub/a' }, { name: 'top/sub/b' }], 'are one name'],
  ])('%s collide', async (_, entries, text) => {
    const collisions = (await findingsOf(...entries)).filter(({ check }) => check === 'archive-name-collision');
    expect(collisions).toHaveLength(1);
    expect(collisions[0]?.message).toContain(text);
  });

  it('a folder listed before or behind what is in it does not', async () => {
    expect(await findingsOf({ name: 'top/' }, { name: 'top/a' })).toEqual([]);
    expect(await findingsOf({ name: 'top/a' }, { name: 'top/' })).toEqual([]);
  });

  it('outside ASCII need the UTF-8 flag, and the help says how', async () => {
    const [finding, ...more] = await findingsOf({ name: 'top/jöb.json' });
    expect(more).toEqual([]);
    expect(finding?.check).toBe('archive-unsafe-name');
    expect(finding?.help).toContain('mldr pack');
    expect(await findingsOf({ name: 'top/jöb.json', flags: 1 << 11 })).toEqual([]);
    // A Unicode field does not help: readers that do not know it see another name. No second finding about it either.
    const field = extra(0x7075, Buffer.from('\x01\0\0\0\0top/jöb.json'));
    const again = await findingsOf({ name: Buffer.from('top/j\x94b.json', 'latin1'), both: { extra: field } });
    expect(again.map(({ check }) => check)).toEqual(['archive-unsafe-name']);
  });

  it('that climb are said to climb even where their bytes are not sound', async () => {
    const findings = await findingsOf({ name: Buffer.from('../\xff', 'latin1') });
    expect(findings.map(({ check }) => check)).toContain('archive-path-traversal');
  });
});

describe('metadata of macOS', () => {
  it('is one finding for an archive, with the way to zip without it', async () => {
    const findings = await findingsOf(
      good,
      { name: '__MACOSX/' },
      { name: '__MACOSX/top/._a.json', content: Buffer.from('0005160700', 'hex') },
      { name: 'top/._b', content: Buffer.from('0005160700', 'hex') },
    );
    expect(findings).toEqual([
      {
        check: 'archive-macos-metadata',
        message: '"__MACOSX" is metadata of macOS, which Finder adds; it is no part of a bundle.',
        help: expect.stringContaining('zip -d x.zip'),
      },
    ]);
  });

  it('is not seen in a name that only begins with a dot', async () => {
    expect(await findingsOf(good, { name: 'top/.DS_Store' }, { name: 'top/.keep' }, { name: 'top/x._y' })).toEqual([]);
  });
});

describe('archives inside the archive', () => {
  const tar = Buffer.alloc(1024);
  tar.write('ustar', 257);
  const inside: [string, Buffer][] = [
    ['zip', craft([good])],
    ['zip', craft([])],
    ['gzip', gzipSync('text')],
    ['bzip2', Buffer.from('425a683931415926535900', 'hex')],
    ['xz', Buffer.from('fd377a585a000004', 'hex')],
    ['7z', Buffer.from('377abcaf271c0004', 'hex')],
    ['rar', Buffer.from('526172211a0700', 'hex')],
    ['zstd', Buffer.from('28b52ffd0458', 'hex')],
    ['tar', tar],
  ];

  it.each(inside)('%s is known by its content, whatever its name', async (format, content) => {
    for (const method of [0, 8]) {
      const [finding, ...more] = await findingsOf({ name: 'top/notes.json', content, method }, good);
      expect(more).toEqual([]);
      expect(finding).toMatchObject({ check: 'archive-nested', at: { file: 'top/notes.json' } });
      expect(finding?.message).toContain(`(${format})`);
    }
  });

  it.each(inside)('%s is taken where the path may nest', async (_, content) => {
    const archive = craft([{ name: 'top/model.tar.gz', content }, good]);
    const nesting = (path: string) => path === 'top/model.tar.gz';
    expect((await readOurs(archive, defaultLimits, { nesting })).findings).toEqual([]);
    const elsewhere = await readOurs(archive, defaultLimits, { nesting: (path) => !nesting(path) });
    expect(elsewhere.findings.map(({ check }) => check)).toEqual(['archive-nested']);
  });

  it('text that begins like one is not one', async () => {
    for (const text of ['BZh is a text', 'PK', 'Rar!', '7z', 'ustar']) {
      expect(await findingsOf({ name: 'top/a.txt', content: Buffer.from(text) })).toEqual([]);
    }
  });

  it('nothing of one reaches a sink', async () => {
    const { contents } = await readOurs(craft([{ name: 'top/a', content: gzipSync('text') }]));
    expect(contents.size).toBe(0);
  });
});
