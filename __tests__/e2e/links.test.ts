import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Step, step } from './action.ts';
import { dga, mldr, noStack, temporary, workFolder } from './mldr.ts';

const file = 'ml-detection-release.toml';
const secret = 'CLUSTER_PASSWORD=correct-horse-battery-staple';
const named = 'ML-DGA-20261122-3';

/** A folder outside of the workspace: a file with a secret, and a bundle that holds it too. */
function outside(): string {
  const folder = temporary();
  writeFileSync(join(folder, 'environ'), secret);
  writeFileSync(join(folder, 'sound.toml'), 'version = 1\n');
  cpSync(join('examples', dga), join(folder, named), { recursive: true });
  writeFileSync(join(folder, named, 'private-name.txt'), secret);
  return folder;
}

function everythingSaid({ stdout, stderr, summary, outputs, report }: Step): string {
  return [stdout, stderr, summary, JSON.stringify(outputs), JSON.stringify(report ?? {})].join('\n');
}

function expectRefused(done: Step): void {
  expect(done.code).toBe(2);
  expect(done.outputs).toMatchObject({ outcome: 'failed' });
  const said = everythingSaid(done);
  expect(said).toContain('path-refused');
  expect(said).not.toMatch(/correct-horse|CLUSTER_PASSWORD|private-name/);
}

describe('a step of the action', () => {
  test.each([
    ['a broken one', 'environ'],
    ['a sound one', 'sound.toml'],
  ])('reads no configuration that is a link out of the workspace: %s', (_, target) => {
    const folder = workFolder(dga);
    symlinkSync(join(outside(), target), join(folder, file));
    expectRefused(step(folder, { store: 'dir:releases' }));
    expectRefused(step(folder, { store: 'dir:releases', config: file }));
  });

  test('reads no configuration below a folder that leads out, nor one that is named there', () => {
    const folder = workFolder(dga);
    const other = outside();
    symlinkSync(other, join(folder, 'settings'));
    expectRefused(step(folder, { store: 'dir:releases', config: 'settings/environ' }));
    expectRefused(step(folder, { store: 'dir:releases', config: join(other, 'environ') }));
  });

  test.each([
    ['found', {}],
    ['named', { bundle: named }],
    ['named by a pattern', { bundle: 'ML-*' }],
    ['named below a folder that leads out', { bundle: `way/${named}` }],
    ['scanned', { command: 'scan', file: 'way/environ' }],
  ])('reads no bundle that is a link out of the workspace: %s', (_, inputs) => {
    const folder = workFolder(dga);
    const other = outside();
    symlinkSync(join(other, named), join(folder, named));
    symlinkSync(other, join(folder, 'way'));
    expectRefused(step(folder, { store: 'dir:releases', ...inputs }));
  });

  test('compares no release with a bundle that is a link out of the workspace', () => {
    const folder = workFolder(dga);
    expect(mldr(folder, ['release', `examples/${dga}`])).toMatchObject({ code: 0 });
    symlinkSync(join(outside(), named), join(folder, named));
    expectRefused(step(folder, { command: 'diff', store: 'dir:releases', release: dga, other: named }));
  });

  test.each([
    ['notes', { 'notes-file': 'way/environ' }],
    ['notes by a whole path', { 'notes-file': join(outside(), 'environ') }],
    ['an index', { index: 'way/environ' }],
  ])('publishes nothing with %s from out of the workspace', (_, inputs) => {
    const folder = workFolder(dga);
    symlinkSync(outside(), join(folder, 'way'));
    const release = { command: 'release', store: 'dir:releases', bundle: `examples/${dga}` };
    expectRefused(step(folder, { ...release, ...inputs }));
    expect(existsSync(join(folder, 'releases', dga))).toBe(false);
    writeFileSync(join(folder, 'notes.md'), 'Of the workspace.\n');
    expect(step(folder, { ...release, 'notes-file': 'notes.md' })).toMatchObject({ code: 0 });
  });

  test('finds nothing behind a folder that leads out', () => {
    const folder = workFolder(dga);
    symlinkSync(outside(), join(folder, 'way'));
    const done = step(folder, { store: 'dir:releases' });
    expect(done).toMatchObject({ code: 0, outputs: { outcome: 'passed' } });
    expect(everythingSaid(done)).not.toContain(named);
  });

  test('reads links that stay inside, and a workspace that is reached by one', () => {
    const folder = workFolder(dga);
    mkdirSync(join(folder, 'settings'));
    writeFileSync(join(folder, 'settings', 'own.toml'), 'version = 1\n');
    symlinkSync(join('settings', 'own.toml'), join(folder, file));
    symlinkSync(join('examples', dga), join(folder, named));
    const way = join(temporary(), 'workspace');
    symlinkSync(folder, way);
    const done = step(way, { store: 'dir:releases', bundle: `examples/${dga}` });
    expect(done).toMatchObject({ code: 0 });
    expect(step(way, { store: 'dir:releases', bundle: named })).toMatchObject({ code: 0 });
  });
});

describe('the command line', () => {
  test('takes a link that somebody names for a bundle, and none that it finds', () => {
    const folder = temporary();
    symlinkSync(join(outside(), named), join(folder, named));
    const given = mldr(folder, ['validate', named]);
    expect(given.stdout).toContain('private-name.txt');
    const found = mldr(folder, ['validate']);
    expect(found).toMatchObject({ code: 2, stdout: '' });
    expect(found.stderr).toContain('path-refused');
    expect(found.stderr).not.toContain('private-name');
    expect(noStack(found)).toBe(true);
  });

  test('takes a configuration that is a link out of its folder where it is named, and not otherwise', () => {
    const folder = workFolder();
    symlinkSync(join(outside(), 'environ'), join(folder, file));
    const refused = mldr(folder, ['list']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/path-refused[\s\S]*--config/);
    expect(refused.stderr).not.toContain('correct-horse');
    expect(mldr(folder, ['list', '--config', file]).stderr).toContain('configuration-invalid');
  });

  test('takes a link to a configuration beside it', () => {
    const folder = workFolder();
    writeFileSync(join(folder, 'own.toml'), 'x = 1\n');
    symlinkSync('own.toml', join(folder, file));
    expect(mldr(folder, ['list']).stderr).toContain(`${file}:1:1: `);
  });
});

describe.skipIf(process.platform === 'win32')('a configuration that is no regular file', () => {
  const folder = workFolder(dga);
  expect(spawnSync('mkfifo', [join(folder, 'pipe')]).status).toBe(0);
  mkdirSync(join(folder, 'folder'));

  test.each(['pipe', 'folder', '/dev/zero'])('%s is refused at once', (config) => {
    const refused = mldr(folder, ['list', '--config', config], { timeout: 20_000 });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('file-unreadable');
    expect(noStack(refused)).toBe(true);
  });

  test('a pipe under the usual name too, in the action', () => {
    const place = workFolder(dga);
    expect(spawnSync('mkfifo', [join(place, file)]).status).toBe(0);
    const done = step(place, { store: 'dir:releases' });
    expect(done.code).toBe(2);
    expect(everythingSaid(done)).toContain('file-unreadable');
  });
});
