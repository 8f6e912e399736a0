import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHistory } from '../../src/publish/history.ts';
import { bundle, detections, dga, minute, newStore, publish } from './workshop.ts';
import { counting, write, writeHistoric, writeIndexOf } from './written-store.ts';

const families = ['ML-DGA', 'ML-ProblemChild', 'ML-experimental-detections'];
const nameOf = (number: number): string => {
  const family = families[number % families.length] ?? '';
  return `${family}-20261122-${Math.floor(number / families.length) + 1}`;
};

/** A store of many releases, the last two with an index, as if each before had been read by the one after. */
async function storeOf(count: number) {
  const { root, store } = newStore();
  const known = Array.from({ length: count }, (_, number) =>
    writeHistoric(root, nameOf(number), number, ['dga_1_model.json', 'b.json', 'c.json']),
  );
  const before = await writeIndexOf(root, nameOf(count - 2), known.slice(0, -1));
  await writeIndexOf(root, nameOf(count - 1), known, [before]);
  return { root, store, known };
}

describe('reading a history', () => {
  it('of an empty store gives nothing', async () => {
    expect(await readHistory(newStore().store)).toEqual({
      store: 'dir:releases',
      names: [],
      releases: [],
      withoutManifest: [],
      unreadable: [],
      removed: [],
      partial: [],
      remarks: [],
      madeFrom: [],
    });
  });

  it('reads as many files of 2,500 releases as of 1,000', async () => {
    const read = async (count: number) => {
      const { store, known } = await storeOf(count);
      const counted = counting(store);
      const history = await readHistory(counted.store, { family: 'ML-ProblemChild' });
      expect(history.releases.map(({ name }) => name)).toEqual(known.map(({ name }) => name).sort());
      return { reads: counted.reads.length, details: counted.details.length };
    };
    const small = await read(1000);
    const large = await read(2500);
    expect(large).toEqual(small);
    // Index, SHA256SUMS and manifest of the newest, the index it was made from, and the manifest of the family's last.
    expect(small).toEqual({ reads: 5, details: 3 });
  });

  it('adds the manifests of the releases that the newest index does not list', async () => {
    const { root, store } = await storeOf(30);
    writeHistoric(root, nameOf(30), 30, ['new.json']);
    writeHistoric(root, nameOf(31), 31, ['newer.json']);
    const counted = counting(store);
    const history = await readHistory(counted.store);
    expect(history.releases).toHaveLength(32);
    expect(history.releases.find(({ name }) => name === nameOf(31))?.entries[0]?.path).toBe('newer.json');
    expect(counted.reads.filter((file) => file.includes('manifest-')).sort()).toEqual(
      [29, 30, 31].map((number) => `${nameOf(number)}/manifest-${nameOf(number)}.json`).sort(),
    );
    expect(history.madeFrom.map(({ release }) => release)).toEqual([nameOf(29)]);
  });

  it('reads every manifest where there is no index', async () => {
    const { root, store } = newStore();
    for (let number = 0; number < 20; number += 1) writeHistoric(root, nameOf(number), number, ['a.json']);
    write(root, 'ML-DGA-20200101-1-rc', 'notes.txt', 'irregular, and without a manifest');
    write(root, 'somebody-elses', 'a.zip', 'x');
    write(root, 'ML-DGA-20261122-99', 'manifest-ML-DGA-20261122-99.json', '{"assets": []}');
    const history = await readHistory(store);
    expect(history.names).toHaveLength(23);
    expect(history.releases).toHaveLength(20);
    expect(history.withoutManifest).toEqual(['ML-DGA-20200101-1-rc', 'somebody-elses']);
    expect(history.unreadable).toEqual([{ name: 'ML-DGA-20261122-99', reason: '`assets` is not an object' }]);
    expect(history.madeFrom).toEqual([]);
  });

  it('finds an index under a release that the historic tool published later', async () => {
    const { root, store } = newStore();
    const first = writeHistoric(root, 'ML-DGA-20261122-1', 1, ['a.json']);
    await writeIndexOf(root, 'ML-DGA-20261122-1', [first]);
    writeHistoric(root, 'ML-DGA-20261122-2', 2, ['b.json']);
    const history = await readHistory(store);
    expect(history.madeFrom.map(({ release }) => release)).toEqual(['ML-DGA-20261122-1']);
    expect(history.releases).toHaveLength(2);
  });

  it('finds an index under an irregular name only where nothing else has one', async () => {
    const { root, store } = newStore();
    const odd = writeHistoric(root, 'ML-DGA-20260101-1-rc', 50, ['a.json']);
    await writeIndexOf(root, 'ML-DGA-20260101-1-rc', [odd]);
    writeHistoric(root, 'ML-DGA-20261122-1', 1, ['b.json']);
    expect((await readHistory(store)).madeFrom.map(({ release }) => release)).toEqual(['ML-DGA-20260101-1-rc']);
  });

  it('takes the latest published of all families for the newest, and the later name of two at once', async () => {
    const { root, store } = newStore();
    const known = ['ML-A-20261122-1', 'ML-B-20261122-1', 'ML-C-20261122-1'].map((name, index) =>
      writeHistoric(root, name, [1, 2, 2][index] ?? 0, ['a.json']),
    );
    for (const { name } of known) await writeIndexOf(root, name, known);
    const counted = counting(store);
    await readHistory(counted.store);
    expect(counted.reads.some((file) => file.startsWith('ML-C-'))).toBe(true);
    expect(counted.reads.every((file) => file.startsWith('ML-C-'))).toBe(true);
  });

  it('keeps what was taken out of the store, and says so', async () => {
    const { root, store } = await storeOf(12);
    rmSync(join(root, nameOf(3)), { recursive: true });
    rmSync(join(root, nameOf(10)), { recursive: true });
    const history = await readHistory(store);
    expect(history.removed).toEqual([nameOf(3), nameOf(10)].sort());
    expect(history.names).toContain(nameOf(3));
    expect(history.releases.map(({ name }) => name)).toContain(nameOf(3));
    expect(history.remarks).toEqual([
      `The index of ${nameOf(11)} was made from that of ${nameOf(10)}, which is no longer there.`,
    ]);
  });

  it('does not list a release of which a part cannot be read, so that each reader learns of it', async () => {
    const { root, store } = newStore(() => minute(100));
    const entries = { 'good.json': { sha256: 'a'.repeat(64) }, 'bad.json': { sha256: null } };
    const name = 'ML-DGA-20261122-1';
    write(root, name, `manifest-${name}.json`, JSON.stringify({ assets: { 'a.zip': { entries } } }));
    const remark = [`A part of the manifest of ${name} cannot be used: file \`bad.json\` has no sha256.`];
    expect(await readHistory(store)).toMatchObject({ partial: [name], remarks: remark, releases: [{ name }] });
    await publish(store, await bundle(dga));
    expect(await readHistory(store)).toMatchObject({ partial: [name], remarks: remark });
  });

  it('gives the definitions of the last release of the family, and not of the bundle itself', async () => {
    const { store } = newStore(() => minute(100));
    await publish(store, await bundle(detections));
    await publish(
      store,
      await bundle(detections, 'ML-experimental-detections-20261122-2', { 'x.json': job('second') }),
    );
    await publish(store, await bundle(dga));
    const defining = async (options: { family?: string; name?: string }) =>
      (await readHistory(store, options)).releases
        .filter(({ definitions }) => definitions !== undefined)
        .map(({ name, definitions }) => [name, definitions?.job?.includes('second')]);
    const family = 'ML-experimental-detections';
    expect(await defining({})).toEqual([]);
    expect(await defining({ family })).toEqual([[`${family}-20261122-2`, true]]);
    expect(await defining({ family, name: `${family}-20261122-2` })).toEqual([[`${family}-20261122-1`, false]]);
    expect(await defining({ family: 'ML-Other' })).toEqual([]);
  });
});

describe('a store that cannot be read', () => {
  it('is a failure of the store, not an empty history', async () => {
    const { root, store } = newStore();
    writeFileSync(root, 'a file');
    await expect(readHistory(store)).rejects.toMatchObject({ code: 'store-invalid' });
  });
});

function job(name: string): string {
  return JSON.stringify({ name, type: 'anomaly_detection', body: {} });
}
