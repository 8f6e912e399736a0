import { describe, expect, it } from 'vitest';
import { knownFromManifest, readManifest } from '../../src/publish/read-manifest.ts';

const name = 'ML-DGA-20201111-1';
const modelSha = '897ff6135a593ab7bf8bfa29df8d9643372fd7eba835c54aec1c60b3aef4eb77';

function historicEntry(file: string, sha256: string, size: number): [string, unknown] {
  return [file, { compress_size: 1, created_at: '2020-11-11T13:32:14Z', name: file, sha256, size }];
}

/** The facts of the one real manifest that is known (elastic.md §3.3). */
const historic = {
  assets: {
    [`${name}.zip`]: {
      created_at: '2020-11-11T22:32:18Z',
      description: `${name}.zip`,
      entries: Object.fromEntries([
        historicEntry('dga_875109_1.0_model.json', modelSha, 23_894_228),
        historicEntry(
          'dga_875109_1.0_ingest_pipeline1.json',
          '670cf7573cbf0511a9af2165cf1f6cd9f955a4942b0cdef8b8edcf9737a0abc6',
          204,
        ),
      ]),
      relative_url: `https://github.com/elastic/detection-rules/releases/download/${name}/${name}.zip`,
      zipped_sha256: '4ce9439b21e9601e71e849bde842cb0c65760b40aff53ef6df0f04d2ae6fde84',
    },
  },
  assets_url: 'https://api.github.com/repos/elastic/detection-rules/releases/33828196/assets',
  author: 'brokensound77',
  created_at: '2020-10-30T17:19:50Z',
  description: 'model_name: dga_875109_1.0',
  html_url: `https://github.com/elastic/detection-rules/releases/tag/${name}`,
  id: 33828196,
  name,
  published_at: '2020-11-11T22:32:18Z',
  tag_name: name,
  url: 'https://api.github.com/repos/elastic/detection-rules/releases/33828196',
  zipball_url: `https://api.github.com/repos/elastic/detection-rules/zipball/${name}`,
};

const reading = (value: unknown, of = name) => readManifest(Buffer.from(JSON.stringify(value)), of);
const sha = (digit: string): string => digit.repeat(64);
const withEntries = (entries: unknown) => ({ assets: { 'a.zip': { entries } } });

describe('a manifest of the historic tool', () => {
  it('is read whole', () => {
    const { manifest, reasons } = reading(historic);
    expect(reasons).toEqual([]);
    expect(manifest).toMatchObject({ name, models: ['dga_875109_1.0'], modelFiles: [] });
    expect(manifest?.definitions).toBeUndefined();
    expect(manifest && knownFromManifest(manifest, sha('a'))).toEqual({
      name,
      manifestSha256: sha('a'),
      models: ['dga_875109_1.0'],
      entries: [
        { path: 'dga_875109_1.0_model.json', sha256: modelSha },
        {
          path: 'dga_875109_1.0_ingest_pipeline1.json',
          sha256: '670cf7573cbf0511a9af2165cf1f6cd9f955a4942b0cdef8b8edcf9737a0abc6',
        },
      ],
    });
  });

  it('is read with nothing but a name, a size and a digest', () => {
    const entry = { name: 'dga_900_1.0_model.json', sha256: sha('f'), size: 49697 };
    const { manifest, reasons } = reading(withEntries({ 'dga_900_1.0_model.json': entry }));
    expect({ models: manifest?.models, reasons }).toEqual({ models: ['dga_900_1.0'], reasons: [] });
  });

  it('is read through null fields', () => {
    const nulls = Object.fromEntries(Object.keys(historic).map((key) => [key, null]));
    expect(reading(nulls)).toMatchObject({ manifest: { assets: [], models: [] }, reasons: [] });
    expect(reading({ ...historic, name: null, description: null })).toMatchObject({ reasons: [] });
    expect(reading(withEntries(null))).toMatchObject({ manifest: { assets: [{ entries: [] }] }, reasons: [] });
  });

  it('counts every asset, not the last alone, and keeps two files of one name', () => {
    const { manifest } = reading({
      assets: {
        'a.zip': { entries: { 'dga_1_model.json': { sha256: sha('1') } } },
        'b.zip': {
          entries: { 'dga_1_model.json': { sha256: sha('2') }, 'problemchild_1.0_model.json': { sha256: sha('3') } },
        },
      },
    });
    expect(manifest && knownFromManifest(manifest, sha('0')).entries.map(({ sha256 }) => sha256)).toEqual([
      sha('1'),
      sha('2'),
      sha('3'),
    ]);
    expect(manifest?.models).toEqual(['dga_1', 'problemchild_1.0']);
  });
});

describe('what cannot be used', () => {
  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['nothing', ''],
  ])('%s is a reason', (_, content) => {
    const { manifest, reasons } = readManifest(Buffer.from(content), name);
    expect(manifest).toBeUndefined();
    expect(reasons).toEqual(['the manifest is not a JSON object']);
  });

  it('a manifest of another release is a reason', () => {
    expect(reading(historic, 'ML-DGA-20201111-2').manifest).toBeUndefined();
    expect(reading({ tag_name: 'x\u001b[31m' }).reasons).toEqual([
      'the manifest says that it is that of `x\\u{1b}[31m`',
    ]);
  });

  it.each([[{ assets: [] }], [{ assets: 'a' }], [{ assets: 1 }]])('%j is a reason', (value) => {
    expect(reading(value)).toEqual({ reasons: ['`assets` is not an object'] });
  });

  it('of an asset or entry, it is named, and the rest is kept', () => {
    const { manifest, reasons } = reading({
      assets: {
        'a.zip': null,
        'b.zip': { entries: [] },
        'c.zip': {
          entries: {
            'no digest': { size: 1 },
            'null digest': { sha256: null },
            'wrong digest': { sha256: 'ABC' },
            number: 7,
            '': { sha256: sha('1') },
            good: { sha256: sha('2') },
          },
        },
      },
    });
    expect(manifest?.assets.flatMap(({ entries }) => entries.map(({ path }) => path))).toEqual(['good']);
    expect(reasons).toEqual([
      'asset `a.zip` is not an object',
      'the entries of `b.zip` are not an object',
      'file `no digest` has no sha256',
      'file `null digest` has no sha256',
      'file `wrong digest` has no sha256',
      'file `number` has no sha256',
      'file `` has no usable path',
    ]);
  });

  it('does not reach prototypes', () => {
    const text = `{"assets": {"__proto__": {"entries": {"__proto__": {"sha256": "${sha('1')}"}}}}, "__proto__": {"polluted": 1}}`;
    const { manifest } = readManifest(Buffer.from(text), name);
    expect(manifest?.assets.map((asset) => asset.name)).toEqual(['__proto__']);
    expect(manifest?.assets[0]?.entries).toEqual([{ path: '__proto__', sha256: sha('1') }]);
    expect('polluted' in {}).toBe(false);
    // Inherited members are none of the manifest's.
    expect(reading({ assets: { 'a.zip': {} } }).manifest?.kind).toBeUndefined();
  });

  it('is bounded', () => {
    const many = Object.fromEntries(Array.from({ length: 100_001 }, (_, index) => [`f${index}`, { sha256: sha('1') }]));
    expect(reading(withEntries(many))).toEqual({ reasons: ['the manifest lists more than 100000 files'] });
    expect(reading(withEntries({ ['x'.repeat(5000)]: { sha256: sha('1') } })).reasons[0]?.length).toBeLessThan(400);
    const deep = `{"assets": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(readManifest(Buffer.from(deep), name).reasons).toHaveLength(1);
  });

  it('of our own additions, it is named', () => {
    const own = {
      schema_version: 1,
      definitions: { job: ['a'], rule: [1], planet: ['earth'] },
      models: [1, { id: 'm' }],
    };
    const { manifest, reasons } = reading({ assets: { 'a.zip': own } });
    expect(manifest).toMatchObject({ definitions: { job: ['a'] }, models: [] });
    expect(manifest?.definitions).not.toHaveProperty('planet');
    expect(reasons).toEqual(['the ids of rule are not a list of texts']);
  });
});
