import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AdmZip from 'adm-zip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ZipInput, zipStream } from '../../../src/formats/zip/write.ts';
import { createRandom, type Random } from '../../random.ts';
import { craft } from './crafted.ts';
import { type Contents, demandAgreement, demandSame, readOurs } from './readers.ts';
import { anyContent, anyNames, anyZip } from './written.ts';

const seeds = Array.from({ length: 150 }, (_, seed) => seed);

describe('what is accepted, adm-zip and yauzl read with equal names, sizes and bytes', () => {
  it('whatever way the format is used', async () => {
    for (const seed of seeds) {
      const { entries, archive } = anyZip(createRandom(seed));
      const bytes = craft(entries, archive);
      const { findings, contents } = await readOurs(bytes);
      expect(findings, `seed ${seed}`).toEqual([]);
      const expected = new Map(entries.map(({ name, content }) => [`${name}`, content ?? Buffer.alloc(0)]));
      demandSame(contents, expected);
      await demandAgreement(bytes, contents);
    }
  });

  it('when adm-zip wrote it', async () => {
    for (const seed of seeds.slice(0, 40)) {
      const files = anyFiles(createRandom(seed));
      const zip = new AdmZip();
      for (const [name, content] of files) zip.addFile(name, content);
      const bytes = zip.toBuffer();
      const { findings, contents } = await readOurs(bytes);
      expect(findings, `seed ${seed}`).toEqual([]);
      demandSame(contents, files);
      await demandAgreement(bytes, contents);
    }
  });
});

describe('what is written, others read', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zip-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('adm-zip, yauzl, unzip and this reader', async () => {
    for (const seed of seeds.slice(0, 60)) {
      const files = anyFiles(createRandom(1000 + seed));
      const bytes = await written(files);
      const { findings, contents } = await readOurs(bytes);
      expect(findings, `seed ${seed}`).toEqual([]);
      demandSame(contents, files);
      await demandAgreement(bytes, contents);
      unzipTest(join(folder, `${seed}.zip`), bytes);
    }
  });

  it('an entry that is streamed, too', async () => {
    const random = createRandom(5);
    const large = Buffer.concat(Array.from({ length: 17 * 1024 }, () => anyLine(random)));
    const files: Contents = new Map([
      ['top/large.json', large],
      ['top/small.json', Buffer.from('{}')],
    ]);
    expect(large.length).toBeGreaterThan(16 * 1024 * 1024);
    const bytes = await written(files);
    const { findings, contents } = await readOurs(bytes);
    expect(findings).toEqual([]);
    demandSame(contents, files);
    await demandAgreement(bytes, contents);
    unzipTest(join(folder, 'streamed.zip'), bytes);
  });

  it('and no entry at all', async () => {
    const bytes = await written(new Map());
    expect(bytes).toHaveLength(22);
    expect(await readOurs(bytes)).toMatchObject({ members: [], findings: [] });
  });
});

function anyFiles(random: Random): Contents {
  const names = anyNames(random).filter((name) => !name.endsWith('/'));
  return new Map(names.map((name) => [name, anyContent(random)]));
}

function anyLine(random: Random): Buffer {
  return Buffer.from(
    `{"gain": ${random.below(2 ** 31)}, "threshold": ${random.below(2 ** 31)}},`.padEnd(1000, ' 1,') + '{}'.repeat(20),
  );
}

async function written(files: Contents): Promise<Buffer> {
  const inputs = [...files].map(([path, content]): ZipInput => ({ path, size: content.length, open: () => [content] }));
  const chunks: Buffer[] = [];
  for await (const chunk of zipStream(inputs)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function unzipTest(path: string, bytes: Buffer): void {
  writeFileSync(path, bytes);
  const { error, status, stdout, stderr } = spawnSync('unzip', ['-tq', path], { encoding: 'utf8' });
  if (error) throw new Error('unzip is not installed: apt-get install -y unzip', { cause: error });
  expect({ status, stdout, stderr }).toMatchObject({ status: 0, stderr: '' });
}
