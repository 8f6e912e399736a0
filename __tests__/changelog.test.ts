import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { root } from './architecture/sources.ts';

const changelog = `# Changelog

## [Unreleased]

## [1.4.2] - 2026-11-22

### Fixed

- A thing.

## [1.4.1] - 2026-11-01

- Another.

[1.4.2]: https://example.test/v1.4.2
`;

/** Runs the script in a repository of some version. */
function printed(tag: string, version: string): { status: number | null; stdout: string; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'changelog-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'scripts'));
  for (const name of ['changelog.mjs', 'outputs.mjs']) {
    cpSync(join(root, 'scripts', name), join(folder, 'scripts', name));
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }));
  writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/changelog.mjs', tag], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it("prints the version's section alone", () => {
  expect(printed('v1.4.2', '1.4.2')).toEqual({ status: 0, stdout: '### Fixed\n\n- A thing.\n', stderr: '' });
  expect(printed('v1.4.1', '1.4.1')).toEqual({ status: 0, stdout: '- Another.\n', stderr: '' });
});

it.each([
  ['a tag of another version', 'v1.4.2', '1.4.1', 'The tag is v1.4.2'],
  ['a tag without its letter', '1.4.2', '1.4.2', 'The tag is 1.4.2'],
  ['a version without a section', 'v1.5.0', '1.5.0', 'no section [1.5.0]'],
])('refuses %s', (_, tag, version, message) => {
  expect(printed(tag, version)).toEqual({ status: 1, stdout: '', stderr: expect.stringContaining(message) });
});
