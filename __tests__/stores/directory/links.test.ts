import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDirectoryStore } from '../../../src/stores/directory/directory.ts';
import { codeOf, failureOf, publishAll, request, threeAssets } from '../../contracts/assets.ts';
import { everything, filledStore } from './temporary.ts';

const name = 'ML-DGA-20261122-2';
const { three } = threeAssets('one');

describe('what is no plain folder or file', () => {
  const outside = (root: string): string => {
    const folder = join(root, '..', 'outside');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'secret'), 'secret');
    return folder;
  };

  it('fails where a release is a link, which is listed', async () => {
    const root = filledStore({ 'old/x': '' });
    symlinkSync(outside(root), join(root, name));
    const store = openDirectoryStore(root);
    expect(await store.list()).toEqual([{ name }, { name: 'old' }]);
    const works = [
      () => store.details(name),
      () => store.read(name, 'secret'),
      () => store.begin(request(name, 'run-1')),
    ];
    for (const work of works) {
      const failure = await failureOf(work());
      expect(failure?.code).toBe('store-invalid');
      expect(failure?.message).toContain(join(root, name));
    }
    expect(await store.claims()).toEqual([]);
  });

  it('fails where an asset is a link or a pipe, and does not wait for the pipe', async () => {
    const root = filledStore({ 'old/x': '', 'piped/x': '' });
    symlinkSync(join(outside(root), 'secret'), join(root, 'old', 'link'));
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, 'piped', 'pipe')]);
    const store = openDirectoryStore(root);
    for (const [release, file] of [
      ['old', 'link'],
      ['piped', 'pipe'],
    ] as const) {
      expect(await codeOf(store.details(release))).toBe('store-invalid');
      expect(await codeOf(store.read(release, file))).toBe('store-invalid');
    }
  });

  it('fails where an asset becomes a link between the question and the reading', async () => {
    const root = filledStore({ 'old/x': 'x' });
    const stream = await openDirectoryStore(root).read('old', 'x');
    rmSync(join(root, 'old', 'x'));
    symlinkSync(join(outside(root), 'secret'), join(root, 'old', 'x'));
    const reading = (async () => {
      for await (const chunk of stream ?? []) expect(chunk).toBeUndefined();
    })();
    expect(await codeOf(reading)).toBe('store-invalid');
  });

  it.each(['.claims', '.drafts', '.drafts/run-1', `.drafts/run-1/${name}`])(
    'writes and removes nothing through a link %s',
    async (link) => {
      const root = filledStore({ 'old/x': '' });
      const folder = outside(root);
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'kept'), 'kept');
      mkdirSync(join(root, link, '..'), { recursive: true });
      symlinkSync(folder, join(root, link));
      const outcome = await codeOf(openDirectoryStore(root).begin(request(name, 'run-1')));
      // A link that stands where a draft would is removed itself.
      expect(outcome).toBe(link.endsWith(name) ? 'done' : 'store-invalid');
      expect(everything(folder)).toEqual([`${name}/`, `${name}/kept`, 'secret']);
    },
  );

  it('fails where the store, or the place of a release, is a file', async () => {
    const root = filledStore({ store: 'a file', [name]: 'a file' });
    const file = openDirectoryStore(join(root, 'store'));
    expect(await codeOf(file.list())).toBe('store-invalid');
    expect(await codeOf(file.claims())).toBe('store-invalid');
    expect(await codeOf(file.details(name))).toBe('store-invalid');
    expect(await codeOf(file.read(name, 'x'))).toBe('store-invalid');
    expect(await codeOf(file.begin(request(name, 'run-1')))).toBe('store-invalid');
    expect(await codeOf(openDirectoryStore(join(root, 'store', 'below')).begin(request(name, 'r')))).toBe(
      'store-invalid',
    );
    const store = openDirectoryStore(root);
    expect(await store.list()).toEqual([]);
    expect(await codeOf(store.begin(request(name, 'run-1')))).toBe('store-invalid');
    expect(readFileSync(join(root, name), 'utf8')).toBe('a file');
  });

  it('takes a link to a folder for the store, and none that leads nowhere', async () => {
    const root = filledStore({});
    mkdirSync(join(root, '..', 'real'));
    symlinkSync('real', join(root, '..', 'link'));
    symlinkSync('nowhere', join(root, '..', 'dangling'));
    await publishAll(openDirectoryStore(join(root, '..', 'link')), request(name, 'run-1'), three);
    expect((await openDirectoryStore(join(root, '..', 'real')).list()).length).toBe(1);
    expect(await codeOf(openDirectoryStore(join(root, '..', 'dangling')).begin(request(name, 'r')))).toBe(
      'store-invalid',
    );
  });
});
