import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '../../src/publish/asset.ts';
import { readHistory } from '../../src/publish/history.ts';
import { findReleases, queryOf, queryOfFile } from '../../src/publish/which.ts';
import { codeOf } from '../contracts/assets.ts';
import { temporaryFolder } from '../stores/directory/temporary.ts';
import { bundle, detections, dga, limits, newStore, publish } from './workshop.ts';
import { write } from './written-store.ts';

const model = 'dga_1000_1.0_model.json';

async function store() {
  const opened = newStore();
  await publish(opened.store, await bundle(dga));
  await publish(opened.store, await bundle(detections), { run: 'run-2' });
  return opened;
}

describe('which', () => {
  it('finds a model by its id', async () => {
    const history = await readHistory((await store()).store);
    expect(findReleases(history, queryOf('dga_1000_1.0'))).toEqual([{ release: dga, by: 'model' }]);
    expect(findReleases(history, queryOf('dga_1000'))).toEqual([]);
  });

  it('finds a file by its digest, in whatever case, and a manifest too', async () => {
    const history = await readHistory((await store()).store);
    const known = history.releases.find(({ name }) => name === dga);
    const file = known?.entries.find(({ path }) => path === model);
    const upper = (file?.sha256 ?? '').toUpperCase();
    expect(findReleases(history, queryOf(upper))).toEqual([{ release: dga, path: model, by: 'sha256' }]);
    expect(findReleases(history, queryOf(known?.manifestSha256 ?? ''))).toEqual([{ release: dga, by: 'manifest' }]);
    expect(findReleases(history, queryOf('0'.repeat(64)))).toEqual([]);
  });

  it('finds a file on the disk by its bytes', async () => {
    const history = await readHistory((await store()).store);
    const { path } = await bundle(dga);
    expect(findReleases(history, await queryOfFile(join(path, model), limits))).toEqual([
      { release: dga, path: model, by: 'sha256' },
    ]);
    expect(await queryOfFile(join(path, 'README.md'), limits)).toMatchObject({ digests: [expect.any(String)] });
  });

  it('finds a model that the historic tool re-saved', async () => {
    const { root, store: opened } = await store();
    const historic = 'ML-DGA-20201111-1';
    const canonical = 'e42654aece58ec997ae2e1661b9f989b2b09807de4ddf21d3a8e4ca8cc02a512';
    const entries = { 'dga_1_model.json': { sha256: canonical } };
    write(root, historic, `manifest-${historic}.json`, JSON.stringify({ assets: { 'a.zip': { entries } } }));
    const path = join(temporaryFolder(), 'dga_1_model.json');
    const text = '{"z":1,"u":"é","input":{"field_names":["a"]},"g":1e-05,"f":1.0,"compressed_definition":"x"}';
    writeFileSync(path, text);
    const query = await queryOfFile(path, limits);
    expect(query).toEqual({ digests: [sha256Of(text), canonical] });
    expect(findReleases(await readHistory(opened), query)).toEqual([
      { release: historic, path: 'dga_1_model.json', by: 'sha256' },
    ]);
  });

  it('takes a file that is no JSON, or too deep, by its bytes alone', async () => {
    const path = join(temporaryFolder(), 'a.json');
    for (const text of ['{', `${'['.repeat(100_000)}${']'.repeat(100_000)}`]) {
      writeFileSync(path, text);
      expect(await queryOfFile(path, limits)).toEqual({ digests: [sha256Of(text)] });
    }
    expect(await codeOf(queryOfFile(join(path, 'missing'), limits))).toBe('path-not-found');
  });
});
