import { appendFileSync, chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { dga, mldr, noStack, type Ran, workFolder } from './mldr.ts';
import { asNobody, sharedFolder } from './other-user.ts';
import { start } from './started.ts';

const bundle = `examples/${dga}`;
const model = `${bundle}/dga_1000_1.0_model.json`;

/** A run that failed as the table of failures says, without a word of the program's inside. */
function expectFailure(ran: Ran, code: string, exit = 2): void {
  expect(ran.stderr.split('\n').some((line) => line === `failed   ${code}`) ? code : ran.stderr).toBe(code);
  expect(ran.code).toBe(exit);
  expect(noStack(ran)).toBe(true);
}

describe('what is not there', () => {
  test.each([['validate'], ['release'], ['pack'], ['scan']])('%s of a missing path', (command) => {
    const folder = workFolder();
    const ran = mldr(folder, [command, 'nowhere/ML-DGA-20261122-2']);
    expectFailure(ran, 'path-not-found');
    expect(ran.stderr).toContain('nowhere/ML-DGA-20261122-2');
    expect(readdirSync(folder)).toEqual(['examples'].filter((name) => existsSync(join(folder, name))));
  });

  test('a release', () => {
    for (const words of [
      ['verify', dga],
      ['get', dga],
      ['diff', dga, dga],
    ])
      expectFailure(mldr(workFolder(), words), 'release-not-found');
  });

  test('any bundle at all', () => {
    expectFailure(mldr(workFolder(), ['validate']), 'path-not-found');
  });
});

describe('what may not be read or written', () => {
  test('a file', () => {
    const folder = sharedFolder();
    chmodSync(join(folder, model), 0o000);
    for (const command of ['validate', 'release']) {
      const ran = asNobody(folder, [command, bundle]);
      expectFailure(ran, 'file-unreadable');
      expect(ran.stderr).toContain('dga_1000_1.0_model.json');
    }
    expect(existsSync(join(folder, 'releases'))).toBe(false);
  });

  test('a folder', () => {
    const folder = sharedFolder();
    chmodSync(join(folder, bundle), 0o000);
    for (const command of ['validate', 'release', 'pack'])
      expectFailure(asNobody(folder, [command, bundle]), 'file-unreadable');
    chmodSync(join(folder, bundle), 0o755);
  });

  test('a configuration', () => {
    const folder = sharedFolder();
    writeFileSync(join(folder, 'ml-detection-release.toml'), '');
    chmodSync(join(folder, 'ml-detection-release.toml'), 0o000);
    expectFailure(asNobody(folder, ['list']), 'file-unreadable');
  });

  test('the store: a release, and then the claim of the next one', () => {
    const folder = sharedFolder();
    expect(asNobody(folder, ['release', bundle])).toMatchObject({ code: 0 });
    const store = join(folder, 'releases');
    chmodSync(join(store, dga, `manifest-${dga}.json`), 0o000);
    expectFailure(asNobody(folder, ['verify', dga]), 'file-unreadable');
    chmodSync(join(store, dga, `manifest-${dga}.json`), 0o644);
    for (const name of ['', '.claims', '.drafts']) chmodSync(join(store, name), 0o555);
    writeFileSync(join(folder, bundle, 'README.md'), 'Other words.\n');
    const before = readdirSync(store);
    expectFailure(asNobody(folder, ['release', bundle, '--next', '--accept-warnings']), 'write-failed');
    expect(readdirSync(store)).toEqual(before);
    for (const name of ['', '.claims', '.drafts']) chmodSync(join(store, name), 0o755);
  });

  test('a report, whose place is looked at before anything is published', () => {
    const folder = workFolder(dga);
    for (const place of ['nowhere/report.json', 'examples', `${model}/report.json`]) {
      const ran = mldr(folder, ['release', bundle, '--report', `json=${place}`]);
      expectFailure(ran, 'write-failed');
      expect(ran.stderr).toContain(place);
      expectFailure(mldr(folder, ['release', bundle, '--plan-out', place]), 'write-failed');
    }
    expect(readdirSync(folder)).toEqual(['examples']);
  });
});

describe('a store that is none', () => {
  test.each([['releases'], ['releases/below']])('%s', (place) => {
    const folder = workFolder(dga);
    writeFileSync(join(folder, 'releases'), 'a file\n');
    for (const words of [['list'], ['release', bundle], ['verify', dga], ['next-name', 'ml-dga'], ['reindex']])
      expectFailure(mldr(folder, [...words, '--store', `dir:${place}`]), 'store-invalid');
    expect(readdirSync(folder).sort()).toEqual(['examples', 'releases']);
  });

  test('a validation goes on without its history, and says so', () => {
    const folder = workFolder(dga);
    writeFileSync(join(folder, 'releases'), 'a file\n');
    const ran = mldr(folder, ['validate', bundle]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/skipped[\s\S]*the store dir:releases cannot be read/);
  });

  test('a link in the place of a release, and a file', () => {
    const folder = workFolder(dga);
    mkdirSync(join(folder, 'releases'));
    symlinkSync(join(folder, 'examples'), join(folder, 'releases', dga));
    expectFailure(mldr(folder, ['release', bundle]), 'store-invalid');
    const other = workFolder(dga);
    mkdirSync(join(other, 'releases'));
    writeFileSync(join(other, 'releases', dga), 'a file\n');
    expectFailure(mldr(other, ['release', bundle]), 'store-invalid');
  });

  test.each(['dir:', 'ftp:releases', 'releases'])('%s', (address) => {
    expectFailure(mldr(workFolder(), ['list', '--store', address]), 'store-unsupported');
  });
});

describe('a file that changes while it is read', () => {
  test.each([['validate'], ['release']])('stops %s', async (command) => {
    const folder = workFolder(dga);
    const file = join(folder, bundle, 'README.md');
    // Long to read, so that the writer beside it is never between two runs.
    writeFileSync(file, createRandom(3).bytes(20_000_000).toString('hex'));
    const writer = setInterval(() => appendFileSync(file, 'more '), 1);
    const ran = await start(folder, [command, bundle]).ended;
    clearInterval(writer);
    expectFailure(ran, 'file-changed');
    expect(ran.stderr).toContain('README.md');
    expect(existsSync(join(folder, 'releases'))).toBe(false);
    // Where the writer has stopped, it is a bundle like any other.
    expect(mldr(folder, [command, bundle])).toMatchObject({ code: 0 });
  });

  test('stops scan too', async () => {
    const folder = workFolder();
    const file = join(folder, 'job.json');
    writeFileSync(file, `{"x": "${'word '.repeat(8_000_000)}"}`);
    const writer = setInterval(() => appendFileSync(file, ' '), 1);
    const ran = await start(folder, ['scan', 'job.json']).ended;
    clearInterval(writer);
    expectFailure(ran, 'file-changed');
  });
});
