import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CraftedEntry, craft, extra, truthOf, zip64 } from './crafted.ts';
import { demandAgreement, readOurs } from './readers.ts';

const folder = new URL('../../fixtures/zip/', import.meta.url);
const fixture = (name: string) => readFileSync(new URL(`${name}.zip`, folder));

/** Sizes of the files that every fixture holds. */
const files = { 'top/empty.txt': 0, 'top/model.json': 4091, 'top/random.bin': 500, 'top/sub/job.json': 12 };

const accepted = [
  'git-archive-tree',
  'info-zip',
  'info-zip-no-folders',
  'info-zip-streamed',
  'info-zip-streamed-stored',
  'info-zip-x',
  'info-zip-zip64',
  'python',
  'python-streamed',
  'python-streamed-zip64',
  'python-zip64',
];

/** What is refused, the check that says it, and a word of the help. */
const refused: [string, string, string][] = [
  ['git-archive-commit', 'archive-header-mismatch', 'HEAD^{tree}'],
  ['info-zip-comment', 'archive-header-mismatch', 'zip -z'],
  ['info-zip-encrypted', 'archive-encrypted', 'without a password'],
  ['info-zip-link', 'archive-link-entry', 'without `-y`'],
  ['info-zip-not-ascii', 'archive-unsafe-name', 'mldr pack'],
  ['info-zip-stdin', 'archive-special-file', 'zip x.zip -'],
  ['info-zip-streamed-zip64', 'archive-corrupt', 'again'],
];

describe('zips as people make them', () => {
  it('are all tried', () => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.zip'));
    const tried = [...accepted, ...refused.map(([name]) => name)];
    expect(names.sort()).toEqual(tried.map((name) => `${name}.zip`).sort());
  });

  it.each(accepted)('%s is accepted', async (name) => {
    const { contents, findings, members } = await readOurs(fixture(name));
    expect(findings).toEqual([]);
    const sizes = new Map(members.map(({ path, size }) => [path, size]));
    for (const [path, size] of Object.entries(files)) expect(sizes.get(path)).toBe(size);
    await demandAgreement(fixture(name), contents);
  });

  it.each(refused)('%s is refused by %s, and the help explains it', async (name, check, word) => {
    const { findings } = await readOurs(fixture(name));
    expect(findings.map((finding) => finding.check)).toContain(check);
    expect(findings.find((finding) => finding.check === check)?.help).toContain(word);
  });
});

describe('layouts of tools that are not at hand', () => {
  const finder = (name: string, content?: Buffer): CraftedEntry => ({
    name,
    ...(content && { content }),
    flags: content && content.length > 0 ? 8 : 0,
    local: { extra: extra(0x5855, Buffer.alloc(12, 1)) },
    central: { extra: extra(0x5855, Buffer.alloc(8, 1)), madeBy: (3 << 8) | 21 },
  });
  const bundle = [finder('top/'), finder('top/model.json', Buffer.from('{}')), finder('top/empty.txt')];

  it('Finder’s, without metadata, is accepted', async () => {
    const archive = craft([...bundle, finder('top/.DS_Store', Buffer.alloc(6148))]);
    const { findings, contents } = await readOurs(archive);
    expect(findings).toEqual([]);
    await demandAgreement(archive, contents);
  });

  it('Finder’s, with metadata, is refused as what it is and as nothing else', async () => {
    const appleDouble = Buffer.concat([Buffer.from('0005160700020000', 'hex'), Buffer.alloc(120)]);
    const metadata = [finder('__MACOSX/'), finder('__MACOSX/top/'), finder('__MACOSX/top/._model.json', appleDouble)];
    const { findings } = await readOurs(craft([...bundle, ...metadata]));
    expect(findings.map(({ check }) => check)).toEqual(['archive-macos-metadata']);
  });

  it('7-Zip’s and Explorer’s are accepted', async () => {
    const ntfs = extra(0x000a, Buffer.concat([Buffer.alloc(4), Buffer.from('0100180000', 'hex'), Buffer.alloc(23)]));
    const content = Buffer.from('{"model": 1}');
    const archive = craft([
      { name: 'top/', central: { madeBy: 63, attributes: 0x10, extra: ntfs } },
      { name: 'top/a.json', content, central: { madeBy: 63, attributes: 0x20, extra: ntfs } },
    ]);
    const { findings, contents } = await readOurs(archive);
    expect(findings).toEqual([]);
    await demandAgreement(archive, contents);
  });

  it('a jar’s is accepted', async () => {
    const folderOfJar = { name: 'META-INF/', method: 8, flags: 0x808, both: { extra: extra(0xcafe, Buffer.alloc(0)) } };
    const manifest = { name: 'META-INF/MANIFEST.MF', content: Buffer.from('Manifest-Version: 1.0\n'), flags: 0x808 };
    expect((await readOurs(craft([folderOfJar, manifest]))).findings).toEqual([]);
  });

  it('Go’s zip64, which repeats the offset, is accepted', async () => {
    const entry: CraftedEntry = { name: 'top/a.json', content: Buffer.from('{"model": 1}') };
    const { size, compressedSize } = truthOf(entry).numbers;
    const beyond = 0xffffffff;
    const field = zip64(size, compressedSize, 0);
    const archive = craft([{ ...entry, central: { size: beyond, compressedSize: beyond, extra: field } }], {
      zip64: true,
    });
    const { findings, contents } = await readOurs(archive);
    expect(findings).toEqual([]);
    await demandAgreement(archive, contents);
  });

  it('backslashes of old .NET are refused, and the help names what is taken', async () => {
    const { findings } = await readOurs(craft([{ name: 'top\\a.json' }]));
    expect(findings.map(({ check }) => check)).toEqual(['archive-unsafe-name']);
    expect(findings[0]?.message).toContain('joined by "/"');
  });
});
