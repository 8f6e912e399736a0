import AdmZip from 'adm-zip';
import { describe, expect, it } from 'vitest';
import type { Bundle } from '../../src/domain/bundle.ts';
import type { Kind } from '../../src/domain/kind.ts';
import { readBundle } from '../../src/formats/bundle/read.ts';
import { sha256Of } from '../../src/publish/asset.ts';
import { manifestAsset } from '../../src/publish/manifest.ts';
import { type PackOptions, packBundle } from '../../src/publish/pack.ts';
import { readManifest } from '../../src/publish/read-manifest.ts';
import { violations } from './schema.ts';
import { bundle, bundleFolder, detections, dga, limits, minute, packOptions } from './workshop.ts';

const topLevel = [
  'assets',
  'assets_url',
  'author',
  'created_at',
  'description',
  'html_url',
  'id',
  'name',
  'published_at',
  'tag_name',
  'url',
  'zipball_url',
];

async function bytesOf(asset: { open(): AsyncIterable<Uint8Array> }): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of asset.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function manifestOf(from: Bundle, more: Partial<PackOptions> = {}) {
  const packed = await packBundle(from, packOptions(from.name, more));
  const [text, zip] = [(await bytesOf(packed.manifest)).toString(), await bytesOf(packed.zip)];
  await packed.dispose();
  const manifest = JSON.parse(text);
  return { text, manifest, asset: manifest.assets[`${from.name}.zip`], zip };
}

describe('the manifest', () => {
  it.each([dga, detections])('of %s has exactly the historic fields at the top, sorted', async (name) => {
    const { manifest } = await manifestOf(await bundle(name));
    expect(Object.keys(manifest)).toEqual(topLevel);
    expect(manifest).toMatchObject({ id: 0, name, tag_name: name, description: `Notes of ${name}.\n`, url: '' });
    expect(Object.keys(manifest.assets)).toEqual([`${name}.zip`]);
  });

  it.each([dga, detections])('of %s is valid against the schema that is shipped', async (name) => {
    const commit = '0123456789abcdef0123456789abcdef01234567';
    const more = { commit, author: 'somebody', builtOn: 'ML-DGA-20261101-1' };
    const { manifest } = await manifestOf(await bundle(name), more);
    expect(violations('manifest.v1.json', manifest)).toEqual([]);
    expect(manifest).toMatchObject({ author: 'somebody' });
    expect(manifest.assets[`${name}.zip`]).toMatchObject({
      source: { commit },
      built_on: 'ML-DGA-20261101-1',
      tool: { name: 'ml-detection-release', version: '1.2.3' },
    });
    expect(violations('manifest.v1.json', { ...manifest, more: 1 })).not.toEqual([]);
    expect(violations('manifest.v1.json', { ...manifest, created_at: '2026-11-22T10:00:00' })).not.toEqual([]);
  });

  it('holds what the zip really is, as another reader sees it', async () => {
    const { asset, zip } = await manifestOf(await bundle(dga));
    expect(asset).toMatchObject({ zipped_sha256: sha256Of(zip), size: zip.length, relative_url: `${dga}.zip` });
    const members = new AdmZip(zip).getEntries();
    expect(members.map(({ entryName }) => entryName)).toEqual(
      Object.keys(asset.entries).map((name) => `${dga}/${name}`),
    );
    for (const member of members) {
      expect(asset.entries[member.name]).toMatchObject({
        name: member.name,
        path: member.name,
        compress_size: member.header.compressedSize,
        size: member.header.size,
        sha256: sha256Of(member.getData()),
      });
    }
  });

  it('lists what the files define, and the models without their aliases', async () => {
    const { asset: model } = await manifestOf(await bundle(dga));
    expect(model.definitions).toEqual({
      model: ['dga_1000_1.0'],
      pipeline: ['dns_dga_inference_enrich_pipeline', 'dns_enrich_pipeline'],
      script: ['dga_ngrams_create', 'dga_ngrams_transform_delete'],
    });
    const file = 'dga_1000_1.0_model.json';
    expect(model.models).toEqual([{ id: 'dga_1000_1.0', file, sha256: model.entries[file].sha256 }]);
    const { asset: rules } = await manifestOf(await bundle(detections));
    expect(rules.models).toEqual([]);
    expect(rules.definitions.job).toEqual([
      'experimental-dns-client-outliers',
      'experimental-high-sum-dga-probability',
      'experimental-rare-dga-domain',
    ]);
    expect(rules.definitions.datafeed).toEqual(['datafeed-experimental-high-sum-dga-probability']);
    expect(rules.definitions.rule).toHaveLength(3);
    expect(rules.definitions['rule-id']).toHaveLength(3);
  });

  it('holds object digests that white space, key order and server fields do not change', async () => {
    const job = (text: string) => bundle(detections, detections, { 'a.json': text });
    const digest = async (text: string) => (await manifestOf(await job(text))).asset.entries['a.json'].object_sha256;
    const written = '{"name":"a","type":"anomaly_detection","body":{"b":1.0,"a":[1,2]}}';
    const dumped =
      '{\n "type": "anomaly_detection", "body": {"create_time": 1, "_meta": {}, "a": [1, 2], "b": 1}, "name": "other"}';
    expect(await digest(written)).toBe(sha256Of('{"a":[1,2],"b":1}'));
    expect(await digest(dumped)).toBe(await digest(written));
    expect(await digest(written.replace('[1,2]', '[2,1]'))).not.toBe(await digest(written));
  });

  it('of a rule digests its [rule] table, of a readme nothing', async () => {
    const { asset } = await manifestOf(
      await bundle(detections, detections, {
        'a.toml': '[metadata]\nmaturity = "x"\n[rule]\nname = "a"\nversion = 3\n',
      }),
    );
    expect(asset.entries['a.toml'].object_sha256).toBe(sha256Of('{"name":"a"}'));
    expect(asset.entries['README.md']).not.toHaveProperty('object_sha256');
  });

  it('holds the historic canonical digest of model files (vector of the historic tool)', async () => {
    const model =
      '{"z": 1, "u": "é", "input": {"field_names": ["a"]}, "g": 1e-05, "f": 1.0, "compressed_definition": "x"}';
    const { asset } = await manifestOf(await bundle(dga, dga, { 'dga_1000_1.0_model.json': model }));
    expect(asset.entries['dga_1000_1.0_model.json'].canonical_sha256).toBe(
      'e42654aece58ec997ae2e1661b9f989b2b09807de4ddf21d3a8e4ca8cc02a512',
    );
    expect(asset.entries['dga_1000_1.0_ingest_pipeline1.json']).not.toHaveProperty('canonical_sha256');
  });

  it('keys entries by base name, and by path only where two share one', async () => {
    const nested: Kind = {
      id: 'nested',
      family: 'ML-Nested',
      title: 'Nested',
      unexpected: 'error',
      roles: [{ id: 'any', pattern: '*', format: 'opaque', count: 'any' }],
    };
    const files = { 'a/same.txt': '1', 'b/same.txt': '2', 'c/alone.txt': '3', 'top.txt': '4', 'd/top.txt': '5' };
    const folder = bundleFolder(detections, 'ML-Nested-20261122-1', files);
    const from = await readBundle(folder, { limits, kindOf: () => nested });
    const { asset, manifest } = await manifestOf(from);
    const keys = Object.keys(asset.entries).filter((key) => key.endsWith('.txt'));
    expect(keys).toEqual(['a/same.txt', 'alone.txt', 'b/same.txt', 'd/top.txt', 'top.txt']);
    for (const key of keys) expect(asset.entries[key].name).toBe(key.split('/').at(-1));
    expect(asset.entries['alone.txt'].path).toBe('c/alone.txt');
    expect(violations('manifest.v1.json', manifest)).toEqual([]);
  });

  it('keeps files whose names are those of prototypes', async () => {
    const from = await bundle(detections);
    const named: Bundle = {
      ...from,
      entries: from.entries.map((entry, index) => (index === 0 ? { ...entry, path: '__proto__' } : entry)),
    };
    const zip = { name: 'a.zip', size: 1, sha256: '0'.repeat(64), compressedSizes: new Map() };
    const bytes = await bytesOf(manifestAsset(named, from.name, zip, '', packOptions(from.name)));
    const { manifest, reasons } = readManifest(bytes, from.name);
    expect(reasons).toEqual([]);
    expect(manifest?.assets[0]?.entries.map(({ path }) => path)).toContain('__proto__');
  });

  it('is the same bytes for the same input, and says UTC whatever the time zone', async () => {
    const from = await bundle(dga);
    const zone = process.env.TZ;
    try {
      process.env.TZ = 'America/Anchorage';
      const first = await manifestOf(from, { now: minute(754) });
      process.env.TZ = 'Asia/Kolkata';
      const second = await manifestOf(from, { now: minute(754) });
      expect(second.text).toBe(first.text);
      expect(second.zip.equals(first.zip)).toBe(true);
      expect(first.manifest.created_at).toBe('2026-11-22T22:34:00Z');
      expect(first.asset.entries['dga_1000_1.0_model.json'].created_at).toBe('2026-11-22T22:34:00Z');
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('takes the addresses that are known before the upload', async () => {
    const links = { html: 'https://forge.example/releases/1', zip: 'https://forge.example/1.zip' };
    const { manifest, asset } = await manifestOf(await bundle(dga), { links });
    expect(manifest.html_url).toBe(links.html);
    expect(asset.relative_url).toBe(links.zip);
  });

  it('reads back as what was packed', async () => {
    const from = await bundle(dga);
    const { text, asset } = await manifestOf(from, { builtOn: 'ML-DGA-20261101-1' });
    const { manifest, reasons } = readManifest(Buffer.from(text), dga);
    expect(reasons).toEqual([]);
    expect(manifest).toMatchObject({
      name: dga,
      kind: 'ml-dga',
      builtOn: 'ML-DGA-20261101-1',
      models: ['dga_1000_1.0'],
    });
    expect(manifest?.definitions).toEqual(asset.definitions);
    expect(manifest?.assets[0]?.entries.map(({ path, sha256 }) => ({ path, sha256 }))).toEqual(
      from.entries.map(({ path, sha256 }) => ({ path, sha256 })),
    );
  });
});
