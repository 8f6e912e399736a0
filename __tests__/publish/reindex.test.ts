import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rebuildIndex, writeIndex } from '../../src/publish/reindex.ts';
import { readIndex } from '../../src/publish/release-index.ts';
import { codeOf } from '../contracts/assets.ts';
import { fingerprint, temporaryFolder } from '../stores/directory/temporary.ts';
import { violations } from './schema.ts';
import { bundle, detections, dga, newStore, publish } from './workshop.ts';
import { contentOf, tamper, write, writeHistoric } from './written-store.ts';

async function two() {
  const opened = newStore();
  await publish(opened.store, await bundle(dga));
  await publish(opened.store, await bundle(detections), { run: 'run-2' });
  return opened;
}

describe('reindex', () => {
  it('of a sound store finds no difference, and writes nothing', async () => {
    const { root, store } = await two();
    const before = fingerprint(root);
    const { differences, newest, corrupt, index } = await rebuildIndex(store);
    expect({ differences, newest, corrupt }).toEqual({ differences: [], newest: detections, corrupt: undefined });
    expect(fingerprint(root)).toEqual(before);
    const value: unknown = JSON.parse((await contentOf(index)).toString());
    expect(violations('index.v1.json', value)).toEqual([]);
    expect(value).toMatchObject({ made_from: [] });
  });

  it('of an empty store gives an empty index', async () => {
    const { differences, newest, history } = await rebuildIndex(newStore().store);
    expect({ differences, newest, names: history.names }).toEqual({ differences: [], newest: undefined, names: [] });
  });

  it('says what differs from the newest index', async () => {
    const { root, store } = await two();
    writeHistoric(root, 'ML-DGA-20261122-3', 9, ['later.json']);
    tamper(root, dga, `manifest-${dga}.json`, '"kind": "ml-dga"', '"kind": "ml-dgb"');
    expect((await rebuildIndex(store)).differences).toEqual([
      { release: dga, what: 'changed' },
      { release: 'ML-DGA-20261122-3', what: 'unlisted' },
    ]);
    rmSync(join(root, dga), { recursive: true });
    expect((await rebuildIndex(store)).differences).toEqual([
      { release: dga, what: 'gone' },
      { release: 'ML-DGA-20261122-3', what: 'unlisted' },
    ]);
  });

  it('says why the newest index is not to be trusted, and what was changed in it', async () => {
    const { root, store } = await two();
    tamper(root, detections, 'index.json', '"models":["dga_1000_1.0"]', '"models":[]');
    const { differences, newest, corrupt } = await rebuildIndex(store);
    expect(newest).toBe(detections);
    expect(corrupt).toContain('its SHA256SUMS says');
    expect(differences).toEqual([{ release: dga, what: 'changed' }]);
  });

  it('goes on where the newest index cannot be read or told', async () => {
    const { root, store } = await two();
    tamper(root, detections, 'index.json', '{', '[');
    expect(await rebuildIndex(store)).toMatchObject({ newest: detections, differences: [] });
    tamper(root, detections, 'release.json', '{', '[');
    const { newest, corrupt, history } = await rebuildIndex(store);
    expect(newest).toBeUndefined();
    expect(corrupt).toContain('The newest index cannot be told');
    expect(history.releases).toHaveLength(2);
  });

  it('leaves out what cannot be read whole, and names it', async () => {
    const { root, store } = await two();
    const name = 'ML-DGA-20201111-1';
    const entries = { good: { sha256: '0'.repeat(64) }, bad: {} };
    write(root, name, `manifest-${name}.json`, JSON.stringify({ assets: { 'a.zip': { entries } } }));
    const { index, history } = await rebuildIndex(store);
    expect(history.partial).toEqual([name]);
    expect((await contentOf(index)).toString()).not.toContain(name);
  });

  it('writes the file whole, over an older one', async () => {
    const { store } = await two();
    const { index } = await rebuildIndex(store);
    const file = join(temporaryFolder(), 'index.json');
    await writeIndex(file, index);
    await writeIndex(file, index);
    expect('reason' in readIndex(readFileSync(file))).toBe(false);
    expect(await codeOf(writeIndex(join(file, 'below'), index))).toBe('write-failed');
  });
});
