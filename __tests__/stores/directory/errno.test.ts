import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openDirectoryStore } from '../../../src/stores/directory/directory.ts';
import { publishAll, request, threeAssets } from '../../contracts/assets.ts';
import { bundledProgram, type Ended, run } from './processes.ts';
import { everything, temporaryFolder } from './temporary.ts';

const name = 'ML-DGA-20261122-2';
const other = 'ML-DGA-20261122-3';
const { sums, three } = threeAssets('one');
const program = bundledProgram('steps');
const nobody = 65534;

const locked: string[] = [];

// Runs before the folders are removed, which only root can do to what nobody may write.
afterEach(() => {
  for (const folder of locked.splice(0)) execFileSync('chmod', ['-R', 'u+rwX', folder]);
});

/** What became of each step; fails where the program did not get that far. */
function outcomes(ended: Ended): unknown[] {
  expect(ended.code, ended.stderr).toBe(0);
  return JSON.parse(ended.stdout);
}

/** Does steps as a user who is not root: root reads and writes everything. */
async function asOther(path: string, release: string, ...steps: string[]): Promise<unknown[]> {
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  return outcomes(await run(process.execPath, [program(), path, release, ...steps], { ...user, cwd: '/' }));
}

/** A store that everybody may read, with one release. */
async function sharedStore(): Promise<string> {
  const folder = temporaryFolder();
  locked.push(folder);
  chmodSync(folder, 0o755);
  const path = join(folder, 'releases');
  await publishAll(openDirectoryStore(path), request(name, 'run-0'), three);
  return path;
}

describe('another user', () => {
  it('reads a store that is not theirs, and cannot write to it', async () => {
    const path = await sharedStore();
    chmodSync(path, 0o555);
    chmodSync(join(path, '.claims'), 0o555);
    const before = everything(path);
    expect(await asOther(path, name, 'list', 'claims', 'read SHA256SUMS')).toEqual([[name], [], sums.sha256]);
    const [begun, claims] = await asOther(path, other, 'begin run-1', 'claims');
    expect(begun).toMatch(/^write-failed: Cannot write `\/\.claims\/.*`: EACCES: permission denied\.$/);
    expect(claims).toEqual([]);
    expect(everything(path)).toEqual(before);
  });

  it('cannot make a store where they may not write, nor is anything left', async () => {
    const folder = temporaryFolder();
    locked.push(folder);
    chmodSync(folder, 0o555);
    const [begun] = await asOther(join(folder, 'releases'), name, 'begin run-1');
    expect(begun).toMatch(/^write-failed: .*EACCES/);
    expect(everything(folder)).toEqual([]);
  });

  it('is told of a store, a release or an asset that they may not read', async () => {
    const path = await sharedStore();
    chmodSync(join(path, name, 'bundle.zip'), 0o000);
    const [list, zip, kept] = await asOther(path, name, 'list', 'read bundle.zip', 'read SHA256SUMS');
    expect([list, kept]).toEqual([[name], sums.sha256]);
    expect(zip).toMatch(new RegExp(`^file-unreadable: Cannot read \`/${name}/bundle.zip\`: EACCES`));
    chmodSync(join(path, name), 0o000);
    const [still, details, read] = await asOther(path, name, 'list', 'details', 'read SHA256SUMS');
    expect(still).toEqual([name]);
    for (const outcome of [details, read]) expect(outcome).toMatch(/^file-unreadable: .*EACCES/);
    chmodSync(path, 0o000);
    for (const outcome of await asOther(path, name, 'list', 'claims', 'details', 'read SHA256SUMS')) {
      expect(outcome).toMatch(/^file-unreadable: .*EACCES/);
    }
  });

  it('publishes into a store that they may write to, beside what is not theirs', async () => {
    const path = await sharedStore();
    for (const folder of ['', '.claims', '.drafts']) {
      if (process.getuid?.() === 0) chownSync(join(path, folder), nobody, nobody);
    }
    const steps = ['begin run-1', 'put a=1000', 'seal', 'commit', 'list', 'claims'];
    expect((await asOther(path, other, ...steps)).slice(3)).toEqual([['a'], [name, other], []]);
  });
});

/** Runs the steps where a small disk is mounted, in a name space of mounts that ends with the process. */
async function onSmallDisk(options: string, ...steps: string[]): Promise<unknown[]> {
  const folder = temporaryFolder();
  const inside = `mount -t tmpfs -o size=256k small "$0" && mkdir "$0/releases" && ${options}exec "$@"`;
  const command = ['sh', '-c', inside, folder, process.execPath, program(), join(folder, 'releases'), name, ...steps];
  for (const [first = '', ...before] of [
    ['unshare', '-m'],
    ['unshare', '-r', '-m'],
    ['sudo', '-n', 'unshare', '-m'],
  ]) {
    const probe = await run(first, [...before, 'mount', '-t', 'tmpfs', 'none', folder]).catch(() => undefined);
    if (probe?.code === 0) return outcomes(await run(first, [...before, ...command]));
  }
  throw new Error(
    'This test fills a real disk: it needs `unshare` and the right to mount a tmpfs (root, user name spaces or sudo).',
  );
}

describe('a full disk', () => {
  it('fails a put, keeps nothing of it, and lets the draft be given up or gone on with', async () => {
    const steps = ['begin run-1', 'put a=60000', 'put b=400000', 'files', 'put c=1000', 'seal', 'commit', 'list'];
    const [begun, a, b, files, ...rest] = await onSmallDisk('', ...steps);
    expect([begun, a]).toEqual([[], 'done']);
    expect(b).toMatch(/^disk-full: Cannot write .*b`: ENOSPC: no space left on device\.$/);
    expect(files).toEqual([`.claims/${name}.1`, `.drafts/run-1/${name}/a`]);
    expect(rest).toEqual(['done', 'done', ['a', 'c'], [name]]);
  });

  it('fails a begin and leaves no claim, and a commit and leaves the draft', async () => {
    const steps = ['fill', 'begin run-1', 'claims', 'empty', 'begin run-1', 'put a=1000', 'seal', 'fill', 'commit'];
    const then = ['list', 'claims', 'empty', 'seal', 'commit', 'files'];
    const [, begun, none, , , , , , commit, list, claims, , seal, committed, files] = await onSmallDisk(
      '',
      ...steps,
      ...then,
    );
    expect(begun).toMatch(/^disk-full: .*ENOSPC/);
    expect(none).toEqual([]);
    expect(commit).toMatch(/^disk-full: .*ENOSPC/);
    expect([list, claims]).toEqual([[], [name]]);
    expect([seal, committed]).toEqual(['done', ['a']]);
    expect(files).toEqual([`${name}/a`, `${name}/release.json`]);
  });

  it('can be freed by giving a draft up', async () => {
    const steps = ['begin run-1', 'put a=60000', 'fill', 'put b=9', 'abandon', 'files', 'begin run-2', 'put b=9'];
    const [, , , b, abandoned, files, again, put] = await onSmallDisk('', ...steps);
    expect(b).toMatch(/^disk-full: .*ENOSPC/);
    expect(abandoned).toBe(true);
    expect((files as string[]).filter((file) => !file.startsWith('.filler'))).toEqual([]);
    expect([again, put]).toEqual([[], 'done']);
  });

  it('is not the same as one that may only be read', async () => {
    const [list, begun] = await onSmallDisk('mount -o remount,bind,ro "$0" && ', 'list', 'begin run-1');
    expect(list).toEqual([]);
    expect(begun).toMatch(/^write-failed: .*EROFS/);
  });

  it('is the same as a limit of the process', async () => {
    const path = join(temporaryFolder(), 'releases');
    // In blocks of 512 bytes.
    const limited = ['-c', 'ulimit -f 100 && exec "$0" "$@"', process.execPath, program(), path, name];
    const ended = await run('sh', [
      ...limited,
      'begin run-1',
      'put a=1000',
      'put b=90000',
      'files',
      'abandon',
      'files',
    ]);
    const [, , b, files, , after] = outcomes(ended);
    expect(b).toMatch(/^disk-full: .*EFBIG/);
    expect(files).toEqual([`.claims/${name}.1`, `.drafts/run-1/${name}/a`]);
    expect(after).toEqual([]);
  });
});
