import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commitAll, git, repository } from './git.ts';
import { detections, dga, mldr, workFolder } from './mldr.ts';

function changed(folder: string, base = 'main', cwd = folder): string[] {
  const ran = mldr(cwd, ['validate', '--changed', base, '--report', 'json']);
  expect(ran.stderr).toBe('');
  const { subjects } = JSON.parse(ran.stdout);
  return subjects.map(({ path }: { path: string }) => path);
}

describe('validate --changed', () => {
  test('checks nothing where nothing differs, says so, and passes', () => {
    const folder = repository();
    const ran = mldr(folder, ['validate', '--changed', 'main']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/2 found, none checked/);
  });

  test('checks what is committed, staged, edited, new or removed in a bundle', () => {
    const ways: ((folder: string) => void)[] = [
      (folder) => {
        writeFileSync(join(folder, 'examples', dga, 'README.md'), 'committed');
        git(folder, 'commit', '--quiet', '-am', 'edit');
      },
      (folder) => {
        writeFileSync(join(folder, 'examples', dga, 'README.md'), 'staged');
        git(folder, 'add', '.');
      },
      (folder) => writeFileSync(join(folder, 'examples', dga, 'README.md'), 'edited'),
      (folder) => writeFileSync(join(folder, 'examples', dga, 'a new\nfile "x" ü.txt'), 'new'),
      (folder) => rmSync(join(folder, 'examples', dga, 'README.md')),
    ];
    for (const way of ways) {
      const folder = repository();
      way(folder);
      expect(changed(folder)).toEqual([`examples/${dga}`]);
    }
  });

  test('checks a bundle under its new name', () => {
    const folder = repository();
    renameSync(join(folder, 'examples', dga), join(folder, 'examples', 'ML-DGA-20261122-3'));
    git(folder, 'add', '-A');
    git(folder, 'commit', '--quiet', '-m', 'rename');
    expect(changed(folder)).toEqual(['examples/ML-DGA-20261122-3']);
  });

  test('leaves alone what others changed on the base since', () => {
    const folder = repository();
    writeFileSync(join(folder, 'examples', detections, 'README.md'), 'on the branch');
    git(folder, 'commit', '--quiet', '-am', 'ours');
    git(folder, 'checkout', '--quiet', 'main');
    writeFileSync(join(folder, 'examples', dga, 'README.md'), 'on main');
    git(folder, 'commit', '--quiet', '-am', 'theirs');
    git(folder, 'checkout', '--quiet', 'branch');
    expect(changed(folder)).toEqual([`examples/${detections}`]);
  });

  test('checks every bundle where the configuration differs, which may judge them otherwise', () => {
    const folder = repository();
    writeFileSync(join(folder, 'ml-detection-release.toml'), 'version = 1\n');
    commitAll(folder);
    expect(changed(folder)).toEqual([`examples/${dga}`, `examples/${detections}`]);
  });

  test('does not take a bundle for another whose name begins alike', () => {
    const folder = repository();
    cpSync(join(folder, 'examples', dga), join(folder, 'examples', `${dga}2`), { recursive: true });
    expect(changed(folder)).toEqual([`examples/${dga}2`]);
  });

  test('works from a folder below the repository, and on named bundles', () => {
    const folder = repository();
    writeFileSync(join(folder, 'examples', dga, 'README.md'), 'edited');
    expect(changed(folder, 'main', join(folder, 'examples'))).toEqual([dga]);
    const ran = mldr(folder, ['validate', `./examples/${dga}/`, `examples/${detections}`, '--changed', 'main']);
    expect(ran.stdout).toContain(dga);
    expect(ran.stdout).not.toContain(`${detections} ·`);
  });

  test.each(['nowhere', '--output=forged', 'main..branch~9'])('stops at the base %s', (base) => {
    const folder = repository();
    const ran = mldr(folder, ['validate', `--changed=${base}`]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('usage');
  });

  test('stops where there is no repository', () => {
    const folder = workFolder(dga);
    mkdirSync(join(folder, '.git'));
    expect(mldr(folder, ['validate', '--changed', 'main'])).toMatchObject({ code: 2 });
  });
});
