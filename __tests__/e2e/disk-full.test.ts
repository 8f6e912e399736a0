import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cli, dga, environment, mldr, noStack, type Ran, workFolder } from './mldr.ts';

const bundle = `examples/${dga}`;

/** What stands in a folder besides empty folders with a leading dot, which are no release. */
function shown(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : [];
}

function expectFull(ran: Ran): void {
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('failed   disk-full');
  expect(noStack(ran)).toBe(true);
}

/** Runs with a limit on the size of files, in blocks of 512 bytes: the system answers EFBIG at the byte. */
function limited(folder: string, blocks: number, words: readonly string[]): Ran {
  const program = `ulimit -f ${blocks}; exec "$0" "$@"`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', program, process.execPath, cli, ...words], {
    cwd: folder,
    env: environment(),
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

describe('files that may not grow', () => {
  test.each([1, 4, 8, 15])('at %i blocks: nothing is published, and with room the same command succeeds', (blocks) => {
    const folder = workFolder(dga);
    expectFull(limited(folder, blocks, ['release', bundle]));
    expect(shown(join(folder, 'releases'))).toEqual([]);
    expect(mldr(folder, ['list']).stdout).toContain('no release yet');
    expect(mldr(folder, ['release', bundle])).toMatchObject({ code: 0 });
    expect(mldr(folder, ['verify', dga])).toMatchObject({ code: 0 });
  });

  test('a pack leaves no folder, a report no file', () => {
    const folder = workFolder(dga);
    expectFull(limited(folder, 4, ['pack', bundle, '--out', 'packed']));
    expectFull(limited(folder, 1, ['validate', bundle, '--report', 'json=report.json']));
    expectFull(limited(folder, 1, ['release', bundle, '--dry-run', '--plan-out', 'plan.json', '--quiet']));
    expect(readdirSync(folder)).toEqual(['examples']);
  });

  test('a release whose report finds no room is published, and the exit code says that something is left', () => {
    const folder = workFolder(dga);
    const words = ['release', bundle, '--report', 'json=report.json'];
    const ran = limited(folder, 20, [...words, '--report', 'markdown=none.md', '--report', 'sarif=sarif.json']);
    expect(existsSync(join(folder, 'releases', dga))).toBe(true);
    if (ran.code !== 0) {
      expect(ran.code).toBe(3);
      expect(ran.stderr).toContain('failed   report-lost');
      expect(ran.stdout).toContain(`published ${dga}`);
    }
    expect(mldr(folder, words)).toMatchObject({ code: 0 });
  });
});

const disks: string[] = [];

/** A file system of some kibibytes, where this user may mount one. */
function smallDisk(folder: string, kibibytes: number): string | undefined {
  const place = join(folder, 'disk');
  mkdirSync(place);
  const { status } = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', place]);
  if (status !== 0) return undefined;
  disks.push(place);
  return place;
}

const mayMount = smallDisk(workFolder(), 4) !== undefined;

afterAll(() => {
  for (const disk of disks) spawnSync('/bin/umount', [disk]);
});

describe.runIf(mayMount)('a file system that is full', () => {
  test.each([4, 8, 12, 16, 20, 24, 28])(
    'of %i KiB: all or nothing, and with room the same command succeeds',
    (size) => {
      const folder = workFolder(dga);
      const store = smallDisk(folder, size) ?? '';
      const words = ['release', bundle, '--store', 'dir:disk'];
      const ran = mldr(folder, words);
      if (ran.code === 0) {
        expect(shown(store)).toEqual([dga]);
      } else {
        expectFull(ran);
        expect(shown(store)).toEqual([]);
        spawnSync('/bin/mount', ['-o', 'remount,size=1m', store]);
        expect(mldr(folder, words)).toMatchObject({ code: 0 });
      }
      expect(mldr(folder, ['verify', dga, '--store', 'dir:disk'])).toMatchObject({ code: 0 });
    },
  );

  test('for the report alone: the release stands, and the last words say how to get the report', () => {
    const folder = workFolder(dga);
    const disk = smallDisk(folder, 4) ?? '';
    writeFileSync(join(disk, 'fill'), 'x'.repeat(4096));
    const ran = mldr(folder, ['release', bundle, '--report', 'json=disk/report.json']);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('failed   report-lost');
    expect(ran.stderr).toContain('same command again');
    expect(readdirSync(disk)).toEqual(['fill']);
    expect(mldr(folder, ['verify', dga])).toMatchObject({ code: 0 });
    spawnSync('/bin/mount', ['-o', 'remount,size=1m', disk]);
    expect(mldr(folder, ['release', bundle, '--report', 'json=disk/report.json'])).toMatchObject({ code: 0 });
    expect(readdirSync(disk).sort()).toEqual(['fill', 'report.json']);
  });
});
