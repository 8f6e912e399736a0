import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDirectoryStore } from '../../../src/stores/directory/directory.ts';
import { codeOf, failureOf, request, threeAssets } from '../../contracts/assets.ts';
import { everything, temporaryFolder } from './temporary.ts';

const name = 'ML-DGA-20261122-2';
const { sums } = threeAssets('one');

describe('a commit', () => {
  it.each([
    ['a release with other bytes', 'x/y', 'release-exists'],
    ['a file', '', 'store-invalid'],
  ])('replaces nothing where %s came in the way, and can still be given up', async (_, inside, code) => {
    const root = join(temporaryFolder(), 'releases');
    const store = openDirectoryStore(root);
    const draft = await store.begin(request(name, 'run-1'));
    await store.put(draft, sums);
    await store.seal(draft, [sums]);
    if (inside === '') writeFileSync(join(root, name), 'kept');
    else {
      mkdirSync(join(root, name, 'x'), { recursive: true });
      writeFileSync(join(root, name, 'x', 'y'), 'kept');
    }
    expect(await codeOf(store.commit(draft))).toBe(code);
    await store.seal(draft, [sums]);
    await store.abandon(draft);
    expect(readFileSync(join(root, name, inside), 'utf8')).toBe('kept');
    expect(everything(root).filter((path) => path.startsWith('.'))).toEqual(['.claims/', '.drafts/']);
  });

  it('replaces an empty folder that came in the way', async () => {
    const root = join(temporaryFolder(), 'releases');
    const store = openDirectoryStore(root);
    const draft = await store.begin(request(name, 'run-1'));
    await store.put(draft, sums);
    await store.seal(draft, [sums]);
    mkdirSync(join(root, name));
    expect((await store.commit(draft)).assets).toEqual([{ name: 'SHA256SUMS', size: 214 }]);
  });
});

describe('a draft', () => {
  it('is not sealed with anything in it that nobody put', async () => {
    const root = join(temporaryFolder(), 'releases');
    const store = openDirectoryStore(root);
    const draft = await store.begin(request(name, 'run-1'));
    await store.put(draft, sums);
    const folder = join(root, '.drafts', 'run-1', name);
    for (const stranger of ['.hidden', 'release.json', 'folder/x']) {
      mkdirSync(join(folder, stranger, '..'), { recursive: true });
      writeFileSync(join(folder, stranger), '');
      expect((await failureOf(store.seal(draft, [sums])))?.message).toContain(stranger.split('/')[0]);
      rmSync(join(folder, stranger.split('/')[0] ?? ''), { recursive: true });
    }
    writeFileSync(join(folder, 'SHA256SUMS'), Buffer.alloc(214));
    expect(await codeOf(store.seal(draft, [sums]))).toBe('precondition-failed');
    rmSync(join(folder, 'SHA256SUMS'));
    symlinkSync('/dev/zero', join(folder, 'SHA256SUMS'));
    expect(await codeOf(store.seal(draft, [sums]))).toBe('store-invalid');
  });
});
