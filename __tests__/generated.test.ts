import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { repositoryFiles, root } from './architecture/sources.ts';

/** Runs `build --check` of a copy of the repository: exit code, and the lines that name what is out of date. */
function check(folder: string): { status: number | null; lines: string[] } {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs', '--check'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, lines: stderr.split('\n').filter((line) => line !== '') };
}

function copyOfRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'repository-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  for (const path of repositoryFiles().filter((file) => !file.startsWith('__tests__/'))) {
    cpSync(join(root, path), join(copy, path));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

it('every generated file is what its source generates', () => {
  expect(check(root)).toEqual({ status: 0, lines: [] });
});

it('a generated file that was changed, and one that nothing makes any more, are named', () => {
  const copy = copyOfRepository();
  expect(check(copy)).toEqual({ status: 0, lines: [] });
  appendFileSync(join(copy, 'src/version.ts'), '// by hand\n');
  appendFileSync(join(copy, 'src/schemas/generated/configuration.js'), '// by hand\n');
  writeFileSync(join(copy, 'src/schemas/generated/gone.js'), '');
  const { status, lines } = check(copy);
  expect(status).toBe(1);
  expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual([
    'src/schemas/generated/configuration.js',
    'src/schemas/generated/gone.js',
    'src/version.ts',
  ]);
});
