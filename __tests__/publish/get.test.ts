import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { getRelease } from '../../src/publish/get.ts';
import { codeOf, failureOf } from '../contracts/assets.ts';
import { everything, temporaryFolder } from '../stores/directory/temporary.ts';
import { bundle, dga, limits, newStore, publish, read } from './workshop.ts';
import { tamper } from './written-store.ts';

async function published(files: Readonly<Record<string, string>> = {}) {
  const { root, store } = newStore();
  const from = await bundle(dga, dga, files);
  await publish(store, from);
  return { root, store, from };
}

describe('getting a release', () => {
  it('gives the bundle that was published', async () => {
    const { store, from } = await published({ 'deeper/notes.txt': 'x', 'empty.txt': '' });
    const into = join(temporaryFolder(), 'some', 'where');
    const { path, verification } = await getRelease(store, dga, into, { limits });
    expect(path).toBe(join(into, dga));
    expect(verification.problems).toEqual([]);
    const again = await read(path);
    expect(again.sha256).toBe(from.sha256);
    expect(everything(into)).toContain(`${dga}/deeper/notes.txt`);
    expect(readdirSync(into)).toEqual([dga]);
    expect(statSync(join(path, 'README.md')).mode & 0o111).toBe(0);
    expect(statSync(path).mode & 0o700).toBe(0o700);
  });

  it.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a file', (path: string) => writeFileSync(path, 'mine')],
    ['a link that leads nowhere', (path: string) => symlinkSync('nowhere', path)],
  ])('overwrites nothing: not %s', async (_, make) => {
    const { store } = await published();
    const into = temporaryFolder();
    make(join(into, dga));
    const before = everything(into);
    expect(await failureOf(getRelease(store, dga, into, { limits }))).toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining('exists already'),
    });
    expect(everything(into)).toEqual(before);
  });

  it.each([
    ['SHA256SUMS', /^.{8}/, '00000000'],
    [`manifest-${dga}.json`, /("zipped_sha256": ").{8}/, '$100000000'],
  ])('unpacks nothing of a release with a changed %s', async (asset, from, to) => {
    const { root, store } = await published();
    tamper(root, dga, asset, from, to);
    const into = temporaryFolder();
    expect(await codeOf(getRelease(store, dga, into, { limits }))).toBe('release-corrupt');
    expect(readdirSync(into)).toEqual([]);
  });

  it('unpacks nothing of what the newest index does not know', async () => {
    const { store } = await published();
    const known = { name: dga, manifestSha256: '0'.repeat(64), models: [], entries: [] };
    const into = temporaryFolder();
    expect(await codeOf(getRelease(store, dga, into, { limits, known }))).toBe('release-corrupt');
    expect(readdirSync(into)).toEqual([]);
  });

  it('makes no folder for a release that is not there', async () => {
    const { store } = await published();
    const into = join(temporaryFolder(), 'new');
    expect(await codeOf(getRelease(store, 'ML-DGA-20261122-3', into, { limits }))).toBe('release-not-found');
    expect(await codeOf(getRelease(store, '../x', into, { limits }))).toBe('usage');
    expect(existsSync(into)).toBe(false);
  });

  it('says where it cannot write', async () => {
    const { store } = await published();
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, 'mine');
    const code = await codeOf(getRelease(store, dga, file, { limits }));
    expect(code).toBe('write-failed');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});
