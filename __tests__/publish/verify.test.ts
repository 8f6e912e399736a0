import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AdmZip from 'adm-zip';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '../../src/publish/asset.ts';
import { readKnown } from '../../src/publish/history.ts';
import { verifyRelease } from '../../src/publish/verify.ts';
import type { ReleaseStore } from '../../src/stores/store.ts';
import { codeOf, failureOf } from '../contracts/assets.ts';
import { bundle, bundleFolder, detections, dga, limits, newStore, publish } from './workshop.ts';
import { counting, tamper, write } from './written-store.ts';

const manifest = `manifest-${dga}.json`;
const problemsOf = async (store: ReleaseStore) => (await verifyRelease(store, dga, { limits })).problems.join(' ');

async function published() {
  const { root, store } = newStore();
  await publish(store, await bundle(dga));
  return { root, store };
}

/** Changes the zip of a release by way of another tool. */
function rezip(root: string, change: (zip: AdmZip) => void): Buffer {
  const path = join(root, dga, `${dga}.zip`);
  const zip = new AdmZip(readFileSync(path));
  change(zip);
  const bytes = zip.toBuffer();
  writeFileSync(path, bytes);
  return bytes;
}

/** Makes manifest and checksums say of the zip what it is now: only its content is left to tell. */
function cover(root: string, zip: Buffer): void {
  tamper(root, dga, manifest, /("zipped_sha256": ").{64}/, `$1${sha256Of(zip)}`);
  const now = sha256Of(readFileSync(join(root, dga, manifest)));
  tamper(root, dga, 'SHA256SUMS', /^.{64}( {2}ML.*)$/m, `${sha256Of(zip)}$1`);
  tamper(root, dga, 'SHA256SUMS', /^.{64}( {2}manifest.*)$/m, `${now}$1`);
}

describe('a release that is as it was published', () => {
  it('has no problem, and every asset was read once', async () => {
    const { store } = await published();
    const counted = counting(store);
    const read: string[] = [];
    const result = await verifyRelease(counted.store, dga, { limits, onAsset: ({ name }) => read.push(name) });
    expect(result).toMatchObject({ name: dga, kind: 'ml-dga', problems: [], unproven: [] });
    expect(result.models).toEqual([{ id: 'dga_1000_1.0', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    const names = [`${dga}.zip`, 'SHA256SUMS', 'index.json', manifest].sort();
    expect(read.sort()).toEqual(names);
    expect(counted.reads.sort()).toEqual(names.map((name) => `${dga}/${name}`));
  });

  it('that is not there is a failure', async () => {
    const { store } = await published();
    expect(await codeOf(verifyRelease(store, 'ML-DGA-20261122-3', { limits }))).toBe('release-not-found');
    expect(await codeOf(verifyRelease(store, '../releases', { limits }))).toBe('release-not-found');
  });
});

describe('what was changed is found', () => {
  it.each([
    ['SHA256SUMS', 'SHA256SUMS', /^./, '', 'line 1 is no checksum'],
    ['a digest in SHA256SUMS', 'SHA256SUMS', /^.{8}/, '00000000', 'SHA256SUMS says 00000000'],
    ['a line taken out of SHA256SUMS', 'SHA256SUMS', /^.*index\.json\n/m, '', '`index.json` is not in SHA256SUMS'],
    [
      'a line more in SHA256SUMS',
      'SHA256SUMS',
      /$/,
      `${'0'.repeat(64)}  more.bin\n`,
      '`more.bin` is in SHA256SUMS and not',
    ],
    ['the index', 'index.json', '"models":["dga_1000_1.0"]', '"models":[]', 'index.json says of the release what'],
    ['the name in the index', 'index.json', `"name":"${dga}"`, '"name":"other"', 'does not list the release itself'],
    ['the version of the index', 'index.json', '"version":1', '"version":7', 'use a newer tool'],
    ['white space in the manifest', manifest, '"name": ', '"name":  ', '`manifest-ML-DGA-20261122-2.json` has sha256'],
    ['the name in the manifest', manifest, `"tag_name": "${dga}"`, '"tag_name": "x"', 'says that it is that of `x`'],
    ['the syntax of the manifest', manifest, '{', '[', 'the manifest is not a JSON object'],
    ['an entry of the manifest', manifest, /("sha256": ").{8}/, '$100000000', 'the manifest says 00000000'],
    [
      'a path in the manifest',
      manifest,
      '"path": "README.md"',
      '"path": "ReadMe.md"',
      '`ReadMe.md` is in the manifest and not',
    ],
    [
      'the zip of the manifest',
      manifest,
      `"${dga}.zip": {`,
      '"other.zip": {',
      '`other.zip` is in the manifest and not',
    ],
    ['the digest of the zip', manifest, /("zipped_sha256": ").{8}/, '$100000000', 'the manifest says 00000000'],
  ])('%s', async (_, asset, from, to, message) => {
    const { root, store } = await published();
    tamper(root, dga, asset, from, to);
    expect(await problemsOf(store)).toContain(message);
  });

  it.each(['SHA256SUMS', 'index.json', manifest, `${dga}.zip`])('%s that is missing', async (asset) => {
    const { root, store } = await published();
    rmSync(join(root, dga, asset));
    expect(await problemsOf(store)).toMatch(/It has no|is in SHA256SUMS and not in the release/);
  });

  it('an asset more', async () => {
    const { root, store } = await published();
    write(root, dga, 'more.bin', 'x');
    expect(await problemsOf(store)).toBe('`more.bin` is not in SHA256SUMS.');
  });

  it('every single byte of the zip', async () => {
    const { root, store } = await published();
    const path = join(root, dga, `${dga}.zip`);
    const sound = readFileSync(path);
    for (let at = 0; at < sound.length; at += Math.ceil(sound.length / 40)) {
      const bytes = Buffer.from(sound);
      bytes.writeUInt8((bytes.readUInt8(at) + 1) % 256, at);
      writeFileSync(path, bytes);
      expect(await problemsOf(store)).not.toBe('');
    }
    writeFileSync(path, sound);
    expect(await problemsOf(store)).toBe('');
  });

  it.each([
    [
      'a file with other bytes',
      (zip: AdmZip) => void zip.updateFile(`${dga}/README.md`, Buffer.from('x')),
      'the manifest says',
    ],
    ['a file more', (zip: AdmZip) => void zip.addFile(`${dga}/more.json`, Buffer.from('{}')), '`more.json` is in'],
    ['a file less', (zip: AdmZip) => void zip.deleteFile(`${dga}/README.md`), '`README.md` is in the manifest and not'],
    ['a file outside', (zip: AdmZip) => void zip.addFile('outside.txt', Buffer.from('x')), 'outside the folder'],
    [
      'a path that leads out',
      (zip: AdmZip) => {
        zip.addFile('x', Buffer.from('x'));
        for (const entry of zip.getEntries()) if (entry.entryName === 'x') entry.entryName = `${dga}/../../x`;
      },
      '..',
    ],
  ])('in the zip, with all digests made to fit: %s', async (_, change, message) => {
    const { root, store } = await published();
    cover(root, rezip(root, change));
    expect(await problemsOf(store)).toContain(message);
  });

  it('an asset that is too large to be one', async () => {
    const { root, store } = await published();
    writeFileSync(join(root, dga, 'SHA256SUMS'), Buffer.alloc(1024 * 1024 + 1, 'x'));
    expect(await codeOf(verifyRelease(store, dga, { limits }))).toBe('release-corrupt');
    const small = { ...limits, archiveBytes: 100 };
    expect(await failureOf(verifyRelease(store, dga, { limits: small }))).toMatchObject({ code: 'release-corrupt' });
  });

  it('a whole release that was exchanged, by the index of a later one', async () => {
    const { root, store } = await published();
    await publish(store, await bundle(detections), { run: 'run-2' });
    const other = newStore();
    await publish(other.store, await bundle(dga, dga, { 'README.md': 'exchanged' }));
    rmSync(join(root, dga), { recursive: true });
    cpSync(join(other.root, dga), join(root, dga), { recursive: true });
    expect(await problemsOf(store)).toBe('');
    const { problems } = await verifyRelease(store, dga, { limits, ...(await readKnown(store, dga)) });
    expect(problems).toEqual(['Its manifest is not the one that the newest index lists.']);
  });

  it('says where the newest index cannot bear witness', async () => {
    const { root, store } = await published();
    expect(await readKnown(store, 'ML-DGA-20261122-9')).toEqual({});
    tamper(root, dga, 'index.json', '"version":1', '"version":2');
    const testimony = await readKnown(store, dga);
    expect(testimony).toEqual({ doubt: expect.stringContaining('its SHA256SUMS says') });
    expect((await verifyRelease(store, dga, { limits, ...testimony })).unproven).toEqual([
      `That it is the release of then: ${testimony.doubt}`,
    ]);
  });

  it('a tag that stands on another commit than the one it was made from', async () => {
    const [one, two] = ['1'.repeat(40), '2'.repeat(40)];
    const { store } = newStore();
    await publish(store, await bundle(dga), { commit: one });
    const details = async (name: string) => {
      const found = await store.details(name);
      return found === undefined ? undefined : { ...found, commit: two };
    };
    expect((await verifyRelease(store, dga, { limits })).problems).toEqual([]);
    expect((await verifyRelease({ ...store, details }, dga, { limits })).problems).toEqual([
      `Its tag stands on commit ${two}; its manifest says that it was made from ${one}.`,
    ]);
  });
});

describe('a release of the historic tool', () => {
  const name = 'ML-DGA-20201111-1';

  function historic() {
    const { root, store } = newStore();
    const zip = new AdmZip();
    zip.addFile(`${name}/`, Buffer.alloc(0));
    zip.addLocalFolder(bundleFolder(dga), name, (path) => path.endsWith('.json'));
    const bytes = zip.toBuffer();
    const entries = Object.fromEntries(
      zip
        .getEntries()
        .filter(({ isDirectory }) => !isDirectory)
        .map((entry) => [entry.name, { name: entry.name, sha256: sha256Of(entry.getData()), size: 1 }]),
    );
    const assets = { [`${name}.zip`]: { entries, zipped_sha256: sha256Of(bytes) } };
    write(root, name, `${name}.zip`, bytes);
    write(root, name, `manifest-${name}.json`, JSON.stringify({ assets, name, tag_name: name }));
    return { root, store };
  }

  it('is proven as far as its manifest goes, and says what is not', async () => {
    const { store } = historic();
    const { problems, unproven } = await verifyRelease(store, name, { limits });
    expect(problems).toEqual([]);
    expect(unproven).toEqual(['It has no SHA256SUMS.', 'It has no index.json.']);
  });

  it('with a changed file is found out', async () => {
    const { root, store } = historic();
    tamper(root, name, `manifest-${name}.json`, /("sha256":").{8}/, '$100000000');
    expect((await verifyRelease(store, name, { limits })).problems).toHaveLength(1);
  });

  it('without a manifest is not sound', async () => {
    const { root, store } = historic();
    rmSync(join(root, name, `manifest-${name}.json`));
    const { problems } = await verifyRelease(store, name, { limits });
    expect(problems).toEqual(['It has no manifest: nothing of it can be compared.']);
  });
});
