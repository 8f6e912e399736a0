import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import {
  createExclusively,
  makeFolder,
  putInPlace,
  removeEmptyFolder,
  writeAside,
  writeWhole,
} from '../../src/stores/durable.ts';
import { codeOf } from '../contracts/assets.ts';
import { everything, temporaryFolder } from './directory/temporary.ts';

const text = 'some text\n'.repeat(1000);

it('writes a file whole, over an older one, and leaves nothing beside it', async () => {
  const folder = temporaryFolder();
  await writeWhole(join(folder, 'a'), 'older');
  await writeWhole(join(folder, 'a'), text);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe(text);
  expect(readdirSync(folder)).toEqual(['a']);
});

it('replaces a link and does not write through it', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'elsewhere'), 'kept');
  symlinkSync('elsewhere', join(folder, 'a'));
  await writeWhole(join(folder, 'a'), text);
  expect(readFileSync(join(folder, 'elsewhere'), 'utf8')).toBe('kept');
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe(text);
});

it('leaves nothing where a file cannot get its name or its content', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'a', 'full'), { recursive: true });
  expect(await codeOf(writeWhole(join(folder, 'a'), text))).toBe('write-failed');
  await expect(writeAside(folder, () => Promise.reject(new Error('no content')))).rejects.toThrow('no content');
  const aside = await writeAside(folder, (handle) => handle.writeFile(text));
  await expect(putInPlace(aside, join(folder, 'missing', 'b'))).rejects.toThrow('ENOENT');
  expect(everything(folder)).toEqual(['a/', 'a/full/']);
  // Named as it was asked for, and not as the file that was to be written beside it.
  const asked = join(folder, 'missing', 'b');
  await expect(writeWhole(asked, text)).rejects.toMatchObject({
    code: 'write-failed',
    message: `Cannot write \`${asked}\`: ENOENT: no such file or directory.`,
  });
});

it.each([
  ['links', undefined],
  ['a file system without links', () => Promise.reject(Object.assign(new Error('EPERM: link'), { code: 'EPERM' }))],
])('creates a file for one of many at once, with %s', async (_, makeLink) => {
  const folder = temporaryFolder();
  const path = join(folder, 'claim');
  const made = await Promise.all(
    Array.from({ length: 20 }, (_value, index) => createExclusively(path, `${index}\n${text}`, makeLink)),
  );
  expect(made.filter(Boolean)).toEqual([true]);
  expect(readFileSync(path, 'utf8')).toBe(`${made.indexOf(true)}\n${text}`);
  expect(await createExclusively(path, 'late', makeLink)).toBe(false);
  expect(readdirSync(folder)).toEqual(['claim']);
});

it('says that it did not create where its file was swept away before it was named', async () => {
  const folder = temporaryFolder();
  const swept = (): Promise<never> => Promise.reject(Object.assign(new Error('ENOENT'), { code: 'ENOENT' }));
  expect(await createExclusively(join(folder, 'claim'), text, swept)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

it('does not take another error of link for a missing ability', async () => {
  const folder = temporaryFolder();
  const failing = (): Promise<never> => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }));
  await expect(createExclusively(join(folder, 'claim'), text, failing)).rejects.toThrow('EIO');
  expect(readdirSync(folder)).toEqual([]);
});

it('makes folders while others take the empty ones away', async () => {
  const folder = temporaryFolder();
  let over = false;
  const taking = (async () => {
    while (!over) await Promise.all([rmdir(join(folder, 'run')).catch(() => undefined), setTimeout(1)]);
  })();
  for (let index = 0; index < 200; index++) await makeFolder(join(folder, 'run', `${index}`));
  over = true;
  await taking;
  expect(readdirSync(join(folder, 'run')).length).toBe(200);
});

it('gives up where a folder above can never be made', async () => {
  const folder = temporaryFolder();
  symlinkSync('nowhere', join(folder, 'dangling'));
  await expect(makeFolder(join(folder, 'dangling', 'a', 'b'))).rejects.toThrow('ENOENT');
  writeFileSync(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file', 'a'), true)).rejects.toThrow('ENOTDIR');
});

it('removes a folder only when it is empty', async () => {
  const folder = temporaryFolder();
  await makeFolder(join(folder, 'a', 'b'), true);
  await removeEmptyFolder(join(folder, 'a'));
  expect(everything(folder)).toEqual(['a/', 'a/b/']);
  await removeEmptyFolder(join(folder, 'a', 'b'));
  await removeEmptyFolder(join(folder, 'a', 'b'));
  expect(everything(folder)).toEqual(['a/']);
  writeFileSync(join(folder, 'file'), '');
  await expect(removeEmptyFolder(join(folder, 'file'))).rejects.toThrow('ENOTDIR');
});
