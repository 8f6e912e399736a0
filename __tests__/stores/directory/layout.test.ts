import { mkdirSync, readFileSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDirectoryStore } from '../../../src/stores/directory/directory.ts';
import { asset, codeOf, digestAt, failureOf, publishAll, request, threeAssets } from '../../contracts/assets.ts';
import { everything, filledStore, temporaryFolder } from './temporary.ts';

const name = 'ML-DGA-20261122-2';
const { sums, three } = threeAssets('one');
const now = (): Date => new Date('2026-11-22T18:00:00.123Z');

describe('a published release', () => {
  it('is a folder with its assets and a description that a person can read', async () => {
    const root = join(temporaryFolder(), 'deep', 'releases');
    const details = await publishAll(openDirectoryStore(root, { now }), request(name, 'run-1'), three.toReversed());
    const files = [...three.map((wanted) => wanted.name), 'release.json'];
    expect(everything(root)).toEqual(['.claims/', '.drafts/', `${name}/`, ...files.map((file) => `${name}/${file}`)]);
    expect(details.url).toBe(join(root, name));
    expect(readFileSync(join(root, name, 'release.json'), 'utf8')).toBe(
      `{
  "version": 1,
  "name": "ML-DGA-20261122-2",
  "published_at": "2026-11-22T18:00:00.123Z",
  "notes": "Notes of ML-DGA-20261122-2\\nby run-1",
  "commit": "0123456789abcdef0123456789abcdef01234567",
  "run": "run-1",
  "digest": "${request(name, 'run-1').digest}",
  "assets": [
${three
  .map(
    (wanted) => `    {
      "name": "${wanted.name}",
      "size": ${wanted.size},
      "sha256": "${wanted.sha256}"
    }`,
  )
  .join(',\n')}
  ]
}
`,
    );
  });

  it('is told step by step', async () => {
    const root = join(temporaryFolder(), 'releases');
    const told: string[] = [];
    const observe = (step: string, detail: string): void => void told.push(`${step} ${detail.replace(root, '')}`);
    const store = openDirectoryStore(root, { observe });
    await publishAll(store, request(name, 'run-1'), [sums]);
    await store.abandon(await store.begin(request('ML-DGA-20261122-3', 'run-2')));
    expect(told).toEqual([
      `claim /.claims/${name}.1`,
      `draft /.drafts/run-1/${name}`,
      'put SHA256SUMS',
      `seal /.drafts/run-1/${name}`,
      `commit /${name}`,
      'claim /.claims/ML-DGA-20261122-3.1',
      'draft /.drafts/run-2/ML-DGA-20261122-3',
      'abandon /.drafts/run-2/ML-DGA-20261122-3',
    ]);
  });

  it('is addressed as the user named the store', () => {
    expect(openDirectoryStore('releases').address).toBe('dir:releases');
    expect(openDirectoryStore('/somewhere/releases', { address: 'dir:releases' }).address).toBe('dir:releases');
  });
});

describe('a folder that others filled', () => {
  it('is not touched by reading, nor made', async () => {
    const root = join(temporaryFolder(), 'releases');
    const store = openDirectoryStore(root);
    expect([await store.list(), await store.claims(), await store.details(name)]).toEqual([[], [], undefined]);
    expect(everything(join(root, '..'))).toEqual([]);
  });

  it('lists every folder of the past, and neither files nor dot folders nor links of other names', async () => {
    const root = filledStore({
      'ML-DGA-2020-1/x': '',
      'v1.0 (old)/x': '',
      '.git/x': '',
      'README.md': '',
      'ML-DGA-20201122-1': '',
    });
    symlinkSync('ML-DGA-2020-1', join(root, 'latest'));
    const listed = await openDirectoryStore(root).list();
    expect(listed).toEqual([{ name: 'ML-DGA-2020-1' }, { name: 'v1.0 (old)' }]);
  });

  it('reads a mirrored release of the historic tool by its manifest, or by the time of its newest file', async () => {
    const manifest = { name: 'old', description: 'Old notes', published_at: '2020-10-30T22:32:18Z' };
    const root = filledStore({
      'old/manifest-old.json': JSON.stringify(manifest),
      'old/old.zip': 'zip',
      'bare/a.zip': 'a',
      'bare/b.zip': 'bb',
      'odd/manifest-odd.json': '{"published_at": 7, "description": ["x"]',
      'odd/.DS_Store': 'x',
      'odd/folder/c': 'c',
    });
    for (const [file, time] of [
      ['bare/a.zip', 1000],
      ['bare/b.zip', 2000],
      ['odd/manifest-odd.json', 3000],
    ] as const) {
      utimesSync(join(root, file), time, time);
    }
    const store = openDirectoryStore(root);
    expect(await store.details('old')).toMatchObject({ publishedAt: '2020-10-30T22:32:18.000Z', notes: 'Old notes' });
    const assets = [
      { name: 'a.zip', size: 1 },
      { name: 'b.zip', size: 2 },
    ];
    const url = join(root, 'bare');
    expect(await store.details('bare')).toEqual({
      name: 'bare',
      publishedAt: '1970-01-01T00:33:20.000Z',
      notes: '',
      assets,
      url,
    });
    expect(await store.details('odd')).toMatchObject({
      publishedAt: '1970-01-01T00:50:00.000Z',
      notes: '',
      assets: [{ name: 'manifest-odd.json', size: 40 }],
    });
    expect(await codeOf(store.begin(request('old', 'run-1')))).toBe('release-exists');
  });

  it('may hold an empty file', async () => {
    const store = openDirectoryStore(temporaryFolder(), { now });
    const empty = asset('empty.txt', Buffer.alloc(0));
    await publishAll(store, request(name, 'run-1'), [empty]);
    expect(await digestAt(store, name, 'empty.txt')).toBe(empty.sha256);
  });

  it('takes an empty folder for no release, and puts one there', async () => {
    const root = filledStore({});
    mkdirSync(join(root, name), { recursive: true });
    const store = openDirectoryStore(root);
    expect(await store.details(name)).toBeUndefined();
    await publishAll(store, request(name, 'run-1'), three);
    expect((await store.details(name))?.assets.length).toBe(3);
  });

  it('has no asset in its own description, in folders and in dot files', async () => {
    const root = filledStore({ 'old/folder/x': 'x', 'old/.hidden': 'x', 'old/a': 'a' });
    const store = openDirectoryStore(root);
    await publishAll(store, request(name, 'run-1'), [sums]);
    for (const [release, file] of [
      [name, 'release.json'],
      ['old', 'folder'],
      ['old', '.hidden'],
    ] as const) {
      expect(await store.read(release, file)).toBeUndefined();
    }
    expect(await digestAt(store, 'old', 'a')).toBe(asset('a', Buffer.from('a')).sha256);
    const draft = await store.begin(request('ML-DGA-20261122-3', 'run-1'));
    for (const reserved of ['release.json', 'Release.JSON', '.hidden', 'C:x']) {
      expect(await codeOf(store.put(draft, asset(reserved, Buffer.from('x'))))).toBe('write-failed');
    }
  });

  it.each([
    'not json',
    '[]',
    '{}',
    '{"version": 2}',
    `{"version": 1, "name": "another", "published_at": "2026-01-01T00:00:00Z", "notes": "", "run": "r"}`,
  ])('says that a release whose description is %s is corrupt', async (text) => {
    const root = filledStore({ [`${name}/release.json`]: text });
    const failure = await failureOf(openDirectoryStore(root).details(name));
    expect(failure?.code).toBe('release-corrupt');
    expect(failure?.message).toContain(`${name}/release.json`);
    expect((await openDirectoryStore(root).list()).length).toBe(1);
  });
});
