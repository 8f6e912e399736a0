import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '../../src/publish/asset.ts';
import { readHistory, readManifests } from '../../src/publish/history.ts';
import { publishRelease } from '../../src/publish/publish.ts';
import { rebuildIndex, writeIndex } from '../../src/publish/reindex.ts';
import { indexLine, type MadeFrom, readIndex } from '../../src/publish/release-index.ts';
import { openDirectoryStore } from '../../src/stores/directory/directory.ts';
import type { ReleaseStore } from '../../src/stores/store.ts';
import { failureOf } from '../contracts/assets.ts';
import { temporaryFolder } from '../stores/directory/temporary.ts';
import { bundle, detections, dga, limits, minute, newStore, prepare, publish } from './workshop.ts';
import { counting, tamper, writeHistoric, writeIndexOf } from './written-store.ts';

/** A store of so many releases of two families in turn, each published a minute after the one before. */
async function chain(count: number) {
  let clock = 0;
  const { root, store } = newStore(() => minute(clock));
  const names: string[] = [];
  for (let number = 0; number < count; number += 1) {
    clock = number;
    const [example, family] = number % 2 === 0 ? [dga, 'ML-DGA'] : [detections, 'ML-experimental-detections'];
    const name = `${family}-20261122-${Math.floor(number / 2) + 1}`;
    await publish(store, await bundle(example, name, { 'README.md': `Release ${number}.\n` }), {
      run: `run-${number}`,
    });
    names.push(name);
  }
  return { root, store, names };
}

function indexOf(root: string, name: string) {
  const index = readIndex(readFileSync(join(root, name, 'index.json')));
  if ('reason' in index) throw new Error(index.reason);
  return index;
}

/** Makes SHA256SUMS of a release agree with its index again, as somebody who is careful would. */
function cover(root: string, name: string): void {
  const sums = readFileSync(join(root, name, 'SHA256SUMS'), 'utf8');
  const now = sha256Of(readFileSync(join(root, name, 'index.json')));
  writeFileSync(join(root, name, 'SHA256SUMS'), sums.replace(/^.{64} {2}index\.json$/m, `${now}  index.json`));
}

const fallback = (store: ReleaseStore) => readHistory(store, { onCorruptIndex: 'read-manifests' });

describe('the chain of indexes', () => {
  it('lists every release, over 30 releases of two families, and each is made from the one before', async () => {
    const { root, store, names } = await chain(30);
    for (const [position, name] of names.entries()) {
      const { releases, madeFrom } = indexOf(root, name);
      expect(releases.map((release) => release.name)).toEqual(names.slice(0, position + 1).sort());
      expect(madeFrom.map(({ release }) => release)).toEqual(names.slice(Math.max(0, position - 1), position));
    }
    const { store: counted, reads } = counting(store);
    const history = await readHistory(counted, { family: 'ML-DGA' });
    expect(history.releases).toHaveLength(30);
    expect(history.remarks).toEqual([]);
    expect(reads).toHaveLength(5);
  });

  it('is the same whether it is read from the newest index or from all manifests', async () => {
    const { store } = await chain(7);
    const [fromIndex, fromManifests] = [await readHistory(store), await readManifests(store)];
    expect(fromManifests.releases.map(indexLine)).toEqual(fromIndex.releases.map(indexLine));
    expect(fromManifests.madeFrom).toEqual([]);
  });

  it('unites what was published at once, and is made from all of it', async () => {
    const { root, store } = newStore(() => minute(100));
    const first = writeHistoric(root, 'ML-DGA-20261122-1', 1, ['a.json']);
    const from = await writeIndexOf(root, first.name, [first]);
    const rivals = [2, 3, 4].map((number) => writeHistoric(root, `ML-DGA-20261122-${number}`, 10, [`${number}.json`]));
    const heads: MadeFrom[] = [];
    for (const rival of rivals) heads.push(await writeIndexOf(root, rival.name, [first, rival], [from]));
    const history = await readHistory(store);
    expect(history.releases).toHaveLength(4);
    expect(history.madeFrom).toEqual(heads);
    await publish(store, await bundle(dga, 'ML-DGA-20261122-5'));
    expect(indexOf(root, 'ML-DGA-20261122-5').madeFrom).toEqual(heads);
    const { store: counted, reads } = counting(store);
    expect((await readHistory(counted)).releases).toHaveLength(5);
    // The newest itself (3), and the three that it was made from.
    expect(reads).toHaveLength(6);
  });
});

describe('an index that was tampered with', () => {
  const second = 'ML-experimental-detections-20261122-1';

  it.each([
    [
      'its bytes',
      second,
      'index.json',
      '"models":["dga_1000_1.0"]',
      '"models":["dga_1001_1.0"]',
      'its SHA256SUMS says',
    ],
    ['its checksum', second, 'SHA256SUMS', /^.{8}(.*index)/m, '00000000$1', 'its SHA256SUMS says 00000000'],
    ['its line in SHA256SUMS', second, 'SHA256SUMS', 'index.json', 'other.json', 'its SHA256SUMS says nothing'],
    [
      'a source',
      dga.replace(/2$/, '1'),
      'index.json',
      '"entries":[["README.md","',
      '"entries":[["README.md","0000',
      'was made from',
    ],
  ])('%s: it shows', async (_, name, asset, from, to, message) => {
    const { root, store } = await chain(2);
    tamper(root, name, asset, from, to);
    const failure = await failureOf(readHistory(store));
    expect(failure).toMatchObject({ code: 'index-corrupt', message: expect.stringContaining(message) });
    expect(failure?.help).toContain('reindex');
    const history = await fallback(store);
    expect(history.releases.map((release) => release.name)).toEqual(['ML-DGA-20261122-1', second]);
    expect(history.remarks).toEqual([`${failure?.message} Every manifest was read instead.`]);
    expect(history.madeFrom).toEqual([]);
  });

  it.each([
    [
      'changes an entry of an earlier release',
      /(\["README\.md",")....(?=[^\n]*\n\{"name":"ML-exp)/,
      '$10000',
      'says otherwise of',
    ],
    ['drops an earlier release', /\{"name":"ML-DGA[^\n]*\n/, '', 'leaves out'],
    [
      'hides where it was made from',
      /"made_from":\[.*\]/,
      `"made_from":[{"release":"ML-DGA-20261122-1","sha256":"${'0'.repeat(64)}"}]`,
      'was made from',
    ],
  ])('with a checksum that fits, one that %s shows by the index it was made from', async (_, from, to, message) => {
    const { root, store } = await chain(2);
    tamper(root, second, 'index.json', from, to);
    cover(root, second);
    expect(await failureOf(readHistory(store))).toMatchObject({
      code: 'index-corrupt',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    [
      'lists another manifest than its own',
      /(ML-exp[^\n]*"manifest_sha256":")..../,
      '$10000',
      'its manifest is not as the index says',
    ],
    ['does not list itself', /,\n\{"name":"ML-exp[^\n]*/, '', 'does not list itself'],
    ['is no index', /^.*$/s, '{}', 'it is no index of version 1'],
  ])('with a checksum that fits, one that %s shows', async (_, from, to, message) => {
    const { root, store } = await chain(2);
    tamper(root, second, 'index.json', from, to);
    cover(root, second);
    expect(await failureOf(readHistory(store))).toMatchObject({
      code: 'index-corrupt',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['the manifest of the newest', second],
    ["the manifest of the family's last", 'ML-DGA-20261122-1'],
  ])('%s that was changed shows', async (_, name) => {
    const { root, store } = await chain(2);
    tamper(root, name, `manifest-${name}.json`, '"size": ', '"size":  ');
    expect(await failureOf(readHistory(store, { family: 'ML-DGA' }))).toMatchObject({
      code: 'index-corrupt',
      message: `\`${name}\` is not what was published: its manifest is not as the index says.`,
    });
  });

  it('a description of the newest release that cannot be read is no dead end', async () => {
    const { root, store } = await chain(2);
    writeFileSync(join(root, second, 'release.json'), '{');
    expect((await failureOf(readHistory(store)))?.code).toBe('index-corrupt');
    expect((await fallback(store)).releases).toHaveLength(2);
  });

  it('two indexes that disagree on a release show', async () => {
    const { root, store } = newStore();
    const [a, b] = ['ML-A-20261122-1', 'ML-B-20261122-1'].map((name) => writeHistoric(root, name, 1, ['a.json']));
    if (a === undefined || b === undefined) throw new Error('Two.');
    const gone = { ...a, name: 'ML-C-20261122-1' };
    await writeIndexOf(root, a.name, [a, gone]);
    await writeIndexOf(root, b.name, [b, { ...gone, models: ['other'] }]);
    expect(await failureOf(readHistory(store))).toMatchObject({
      code: 'index-corrupt',
      message: expect.stringContaining('`ML-C-20261122-1` is not what was published'),
    });
  });

  it('publishing goes on from a rebuilt one, and later readers trust the new chain', async () => {
    const { root, store, names } = await chain(3);
    const newest = names.at(-1) ?? '';
    tamper(root, newest, 'index.json', '"models":["dga_1000_1.0"]', '"models":[]');
    const third = await bundle(detections, 'ML-experimental-detections-20261122-2');
    await expect(publish(store, third)).rejects.toMatchObject({ code: 'index-corrupt' });
    const file = join(temporaryFolder(), 'index.json');
    await writeIndex(file, (await rebuildIndex(store)).index);
    const later = openDirectoryStore(root, { now: () => minute(100) });
    const prepared = await prepare(third, await readHistory(later, { start: readFileSync(file) }));
    await publishRelease(later, prepared, { limits });
    expect(indexOf(root, third.name).madeFrom).toEqual([]);
    expect((await readHistory(later)).releases.map((release) => release.name)).toEqual([...names, third.name].sort());
  });

  it('an index file to start from that is none is refused', async () => {
    const { store } = await chain(1);
    expect(await failureOf(readHistory(store, { start: Buffer.from('{}') }))).toMatchObject({
      code: 'index-corrupt',
      help: 'Write it with `mldr reindex --index FILE`.',
    });
  });

  it('a release that is taken away with its index is no tampering', async () => {
    const { root, store, names } = await chain(4);
    rmSync(join(root, names[2] ?? ''), { recursive: true });
    expect((await readHistory(store)).removed).toEqual([names[2]]);
  });
});
