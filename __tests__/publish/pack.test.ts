import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AdmZip from 'adm-zip';
import { describe, expect, it } from 'vitest';
import type { Bundle } from '../../src/domain/bundle.ts';
import { type Packed, packBundle } from '../../src/publish/pack.ts';
import { codeOf, failureOf, seededBytes } from '../contracts/assets.ts';
import { fingerprint, temporaryFolder } from '../stores/directory/temporary.ts';
import { bundle, bundleFolder, detections, dga, packOptions, read } from './workshop.ts';
import { contentOf } from './written-store.ts';

async function packed<T>(from: Bundle, use: (packed: Packed) => Promise<T>): Promise<T> {
  const result = await packBundle(from, packOptions(from.name));
  try {
    return await use(result);
  } finally {
    await result.dispose();
  }
}

const zipOf = (from: Bundle): Promise<Buffer> => packed(from, ({ zip }) => contentOf(zip));
const names = (zip: Buffer): string[] => new AdmZip(zip).getEntries().map(({ entryName }) => entryName);

/** More than is kept in memory, and of a kind that compresses to a fifth. */
function large(): string {
  const line = seededBytes('large', 512).toString('hex');
  return Array.from({ length: 66 * 1024 }, (_, number) => `${number} ${line.slice(number % 512)}`).join('\n');
}

describe('the zip', () => {
  it('holds the files in one folder of the release name, as they are', async () => {
    const from = await bundle(dga);
    const zip = await zipOf(from);
    expect(names(zip)).toEqual(from.entries.map(({ path }) => `${dga}/${path}`));
    expect(new AdmZip(zip).readAsText(`${dga}/README.md`)).toContain('#');
  });

  it('does not hold what is below _dev/', async () => {
    const from = await bundle(dga, dga, { '_dev/labels/a.csv': 'secret' });
    expect(from.dev).toHaveLength(1);
    expect(names(await zipOf(from)).filter((name) => name.includes('_dev'))).toEqual([]);
  });

  it('is the same whatever the times, modes and place of the files', async () => {
    const [one, two] = [bundleFolder(dga), bundleFolder(dga)];
    for (const name of readdirSync(two)) {
      utimesSync(join(two, name), 1, 1);
      chmodSync(join(two, name), 0o600);
    }
    expect((await zipOf(await read(two))).equals(await zipOf(await read(one)))).toBe(true);
  });

  it('is made anew from a zip: ours, whoever made the other', async () => {
    const folder = bundleFolder(dga);
    const foreign = new AdmZip();
    foreign.addLocalFolder(folder, dga);
    const path = join(temporaryFolder(), `${dga}.zip`);
    writeFileSync(path, foreign.toBuffer());
    const from = await read(path);
    expect(from.findings).toEqual([]);
    const [direct, again] = [await zipOf(await read(folder)), await zipOf(from)];
    expect(again.equals(direct)).toBe(true);
    expect(again.equals(foreign.toBuffer())).toBe(false);
  });

  it('under another name differs in that name only', async () => {
    const from = await bundle(dga);
    const other = await packBundle(from, packOptions('ML-DGA-20261122-77'));
    expect(other.zip.name).toBe('ML-DGA-20261122-77.zip');
    expect(names(await contentOf(other.zip))[0]).toBe('ML-DGA-20261122-77/README.md');
    await other.dispose();
  });

  it('leaves the folder as it was', async () => {
    const folder = bundleFolder(dga);
    const before = fingerprint(folder);
    await zipOf(await read(folder));
    expect(fingerprint(folder)).toEqual(before);
  });

  it('of a large zip is made from a temporary folder, which is removed, and is the same as from its folder', async () => {
    const from = await bundle(detections, detections, { 'large.txt': large() });
    const [direct, zip] = await packed(
      from,
      async (result) => [result.zip.sha256, await contentOf(result.zip)] as const,
    );
    const path = join(temporaryFolder(), `${detections}.zip`);
    writeFileSync(path, zip);
    const [before, scratch] = [process.env.TMPDIR, temporaryFolder()];
    process.env.TMPDIR = scratch;
    try {
      const again = await read(path);
      expect(await packed(again, async (result) => result.zip.sha256)).toBe(direct);
      writeFileSync(path, 'no zip');
      expect(await codeOf(packBundle(again, packOptions(detections)))).toBe('file-changed');
      expect(readdirSync(scratch)).toEqual([]);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });
});

describe('a file that changed since it was checked', () => {
  const model = 'dga_1000_1.0_model.json';
  const change: [string, (path: string) => void][] = [
    ['by a byte', (path) => writeFileSync(path, '{ }')],
    ['in its length', (path) => writeFileSync(path, `${'x'.repeat(100_000)}`)],
    [
      'into a link to other bytes',
      (path) => {
        rmSync(path);
        writeFileSync(`${path}.other`, '[]');
        symlinkSync(`${path}.other`, path);
      },
    ],
  ];

  it.each(change)('%s is not packed', async (_, alter) => {
    const folder = bundleFolder(dga, dga, { [model]: '{}' });
    const from = await read(folder);
    alter(join(folder, model));
    const failure = await failureOf(packBundle(from, packOptions(dga)));
    expect(failure?.code).toBe('file-changed');
    expect(failure?.message).toContain(model);
  });

  it('away is not packed', async () => {
    const folder = bundleFolder(dga);
    const from = await read(folder);
    rmSync(join(folder, model));
    expect(await codeOf(packBundle(from, packOptions(dga)))).toBe('path-not-found');
    mkdirSync(join(folder, model));
    expect(await codeOf(packBundle(from, packOptions(dga)))).toBe('file-unreadable');
  });

  it('inside a zip is not packed', async () => {
    const path = join(temporaryFolder(), `${dga}.zip`);
    writeFileSync(path, await zipOf(await bundle(dga)));
    const from = await read(path);
    writeFileSync(path, await zipOf(await bundle(dga, dga, { [model]: '{}' })));
    expect((await failureOf(packBundle(from, packOptions(dga))))?.message).toContain(model);
    writeFileSync(path, 'no zip');
    expect(await codeOf(packBundle(from, packOptions(dga)))).toBe('file-changed');
  });
});

describe('what is packed beside the zip', () => {
  it('is checksums of zip and manifest, and what the index will say', async () => {
    const from = await bundle(dga);
    await packed(from, async ({ zip, manifest, checksums, known }) => {
      expect((await contentOf(checksums)).toString()).toBe(
        `${zip.sha256}  ${dga}.zip\n${manifest.sha256}  manifest-${dga}.json\n`,
      );
      expect(known).toMatchObject({ name: dga, manifestSha256: manifest.sha256, models: ['dga_1000_1.0'] });
      expect(known.entries.map(({ path }) => path)).toEqual(from.entries.map(({ path }) => path));
    });
  });
});
