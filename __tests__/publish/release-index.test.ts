import { describe, expect, it } from 'vitest';
import type { KnownRelease } from '../../src/domain/history.ts';
import { indexAsset, indexLine, readIndex } from '../../src/publish/release-index.ts';
import { violations } from './schema.ts';

const sha = (digit: string): string => digit.repeat(64);
const release = (name: string, more: Partial<KnownRelease> = {}): KnownRelease => ({
  name,
  manifestSha256: sha('a'),
  models: ['m'],
  entries: [
    { path: 'b.json', sha256: sha('b') },
    { path: 'a_model.json', sha256: sha('c'), canonicalSha256: sha('d') },
  ],
  ...more,
});
const index = {
  madeFrom: [
    { release: 'ML-B-20261122-1', sha256: sha('2') },
    { release: 'ML-A-20261122-1', sha256: sha('1') },
  ],
  releases: [release('ML-B-20261122-2'), release('ML-A-20261122-1', { models: [] })],
};

async function textOf(content: typeof index): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of indexAsset(content).open()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('the index', () => {
  it('is one line a release, sorted, and valid against the schema that is shipped', async () => {
    const text = await textOf(index);
    expect(text).toBe(`{"version":1,
"made_from":[{"release":"ML-A-20261122-1","sha256":"${sha('1')}"},
{"release":"ML-B-20261122-1","sha256":"${sha('2')}"}],
"releases":[
{"name":"ML-A-20261122-1","manifest_sha256":"${sha('a')}","models":[],"entries":[["a_model.json","${sha('c')}","${sha('d')}"],["b.json","${sha('b')}"]]},
{"name":"ML-B-20261122-2","manifest_sha256":"${sha('a')}","models":["m"],"entries":[["a_model.json","${sha('c')}","${sha('d')}"],["b.json","${sha('b')}"]]}
]}
`);
    expect(violations('index.v1.json', JSON.parse(text))).toEqual([]);
  });

  it('is the same whatever the order it was gathered in', async () => {
    const turned = { madeFrom: index.madeFrom.toReversed(), releases: index.releases.toReversed() };
    expect(await textOf(turned)).toBe(await textOf(index));
  });

  it('reads back as it was written', async () => {
    const read = readIndex(Buffer.from(await textOf(index)));
    expect('reason' in read).toBe(false);
    if ('reason' in read) return;
    expect(read.releases.map(indexLine)).toEqual(index.releases.toReversed().map(indexLine));
    expect(read.madeFrom).toEqual(index.madeFrom.toReversed());
  });

  it('gives equal lines for equal content only', () => {
    const [a, b] = [
      { path: 'a', sha256: sha('1') },
      { path: 'b', sha256: sha('2') },
    ];
    const line = (entries: KnownRelease['entries'], more = {}) =>
      indexLine(release('ML-A-20261122-1', { entries, ...more }));
    expect(line([a, b])).toBe(line([b, a]));
    expect(line([a])).not.toBe(line([b]));
    expect(line([a])).not.toBe(line([{ ...a, canonicalSha256: sha('1') }]));
    expect(line([a])).not.toBe(line([a], { manifestSha256: sha('e') }));
    expect(line([a])).not.toBe(line([a], { models: [] }));
  });

  it('takes less than 800 bytes for a release of five files', () => {
    const five = ['model', 'ngrams_create', 'ngrams_transform_delete', 'ingest_pipeline1', 'ingest_pipeline2'];
    const releases = Array.from({ length: 2500 }, (_, number) =>
      release(`ML-DGA-20261122-${number + 1}`, {
        models: [`dga_${number}_1.0`],
        entries: five.map((role) => ({
          path: `dga_${number}_1.0_${role}.json`,
          sha256: sha('b'),
          ...(role === 'model' ? { canonicalSha256: sha('c') } : {}),
        })),
      }),
    );
    const { size } = indexAsset({ madeFrom: [], releases });
    expect(size / 2500).toBeLessThan(800);
  });
});

describe('an index that is not ours', () => {
  const line = JSON.parse(indexLine(release('ML-A-20261122-1')));
  const whole = { version: 1, made_from: [], releases: [line] };
  const reasonOf = (value: unknown): string => {
    const read = readIndex(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
    return 'reason' in read ? read.reason : 'sound';
  };

  it('is told from one that is', () => {
    expect(reasonOf(whole)).toBe('sound');
  });

  it.each([
    ['no JSON', '{', 'it is no index of version 1'],
    ['a list', [], 'it is no index of version 1'],
    ['a later version', { ...whole, version: 2 }, 'it has version 2: use a newer tool'],
    ['no list of releases', { ...whole, releases: {} }, '`made_from` or `releases` is no list'],
    ['no list of sources', { version: 1, releases: [] }, '`made_from` or `releases` is no list'],
    [
      'a source without digest',
      { ...whole, made_from: [{ release: 'a' }] },
      'a line of `made_from` is not of its form',
    ],
    [
      'sources without end',
      { ...whole, made_from: Array.from({ length: 65 }, () => ({ release: 'a', sha256: sha('1') })) },
      'it was made from more than 64 indexes',
    ],
    ['a release twice', { ...whole, releases: [line, line] }, 'it lists `ML-A-20261122-1` twice'],
    ['a null', { ...whole, releases: [null] }, 'release 1 in it is not of its form'],
    [
      'a name without end',
      { ...whole, releases: [{ ...line, name: 'x'.repeat(256) }] },
      'release 1 in it is not of its form',
    ],
    [
      'no digest of the manifest',
      { ...whole, releases: [{ ...line, manifest_sha256: 'x' }] },
      'release 1 in it is not of its form',
    ],
    ['models that are none', { ...whole, releases: [{ ...line, models: [1] }] }, 'release 1 in it is not of its form'],
    [
      'an entry too short',
      { ...whole, releases: [{ ...line, entries: [['a']] }] },
      'release 1 in it is not of its form',
    ],
    [
      'an entry too long',
      { ...whole, releases: [line, { ...line, name: 'b', entries: [['a', sha('1'), sha('1'), 1]] }] },
      'release 2 in it is not of its form',
    ],
    [
      'an entry with a null',
      { ...whole, releases: [{ ...line, entries: [['a', sha('1'), null]] }] },
      'release 1 in it is not of its form',
    ],
    [
      'an entry that is an object',
      { ...whole, releases: [{ ...line, entries: [{}] }] },
      'release 1 in it is not of its form',
    ],
  ])('%s is a reason', (_, value, reason) => {
    expect(reasonOf(value)).toBe(reason);
  });

  it('takes what it says from its own members only', () => {
    expect(reasonOf('{"__proto__": {"version": 1, "made_from": [], "releases": []}}')).toBe(
      'it is no index of version 1',
    );
    expect(reasonOf(`{"version":1,"made_from":[],"releases":[{"__proto__":${JSON.stringify(line)}}]}`)).toBe(
      'release 1 in it is not of its form',
    );
  });
});
