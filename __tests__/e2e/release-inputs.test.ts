import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detections, dga, environment, mldr, noStack, workFolder } from './mldr.ts';
import { asNobody, sharedFolder } from './other-user.ts';
import { snapshot } from './snapshot.ts';

const commit = '1234567890abcdef1234567890abcdef12345678';

/** What the store wrote of a release. */
function released(folder: string, name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, 'releases', name, 'release.json'), 'utf8'));
}

describe('--next', () => {
  const folder = workFolder(dga);
  renameSync(join(folder, 'examples', dga), join(folder, 'candidate'));
  const words = ['release', 'candidate', '--kind', 'ml-dga', '--next'];

  test('asks for the kind where the name of the folder does not tell', () => {
    const asked = mldr(folder, ['release', 'candidate', '--next']);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('--kind');
    expect(existsSync(join(folder, 'releases'))).toBe(false);
  });

  test('mints the first name of the family', () => {
    expect(mldr(folder, words)).toMatchObject({ code: 0 });
    expect(mldr(folder, ['verify', 'ML-DGA-20261122-1'])).toMatchObject({ code: 0 });
  });

  test('again finds the same files published, and mints none', () => {
    const before = snapshot(join(folder, 'releases'));
    const again = mldr(folder, words);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('unchanged ML-DGA-20261122-1');
    expect(snapshot(join(folder, 'releases'))).toEqual(before);
  });

  test('with --date and other files mints the next number under that day', () => {
    writeFileSync(join(folder, 'candidate', 'README.md'), 'Other words.\n');
    const next = mldr(folder, [...words, '--date', '20261123', '--accept-warnings']);
    expect(next.code).toBe(0);
    expect(next.stdout).toContain('published ML-DGA-20261123-2');
    expect(mldr(folder, ['next-name', 'ml-dga', '--date', '20261124']).stdout).toBe('ML-DGA-20261124-3\n');
  });

  test('takes no day that is none', () => {
    expect(mldr(folder, [...words, '--date', '20260230'])).toMatchObject({ code: 2 });
  });
});

describe('--expected-sha256', () => {
  const folder = workFolder(dga);
  const packed = mldr(folder, ['pack', `examples/${dga}`]);
  const [sha256 = ''] = packed.stdout.match(/[0-9a-f]{64}(?= {2}ML-DGA)/) ?? [];

  test('stops at another digest, and publishes nothing', () => {
    expect(packed.code).toBe(0);
    const wrong = mldr(folder, ['release', `examples/${dga}`, '--expected-sha256', '0'.repeat(64)]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('precondition-failed');
    expect(wrong.stderr).toContain(sha256);
    expect(existsSync(join(folder, 'releases'))).toBe(false);
  });

  test('refuses what is no digest', () => {
    expect(mldr(folder, ['release', `examples/${dga}`, '--expected-sha256', 'abc'])).toMatchObject({ code: 2 });
  });

  test('goes on with the packed folder, and with the right digest in either case', () => {
    const words = ['release', join('out', dga), '--expected-sha256', sha256.toUpperCase()];
    expect(mldr(folder, words)).toMatchObject({ code: 0 });
    expect(mldr(folder, ['release', `examples/${dga}`, '--expected-sha256', sha256]).stdout).toContain('unchanged');
  });

  test('a packed folder in which a byte changed is refused', () => {
    const other = workFolder(dga);
    mldr(other, ['pack', `examples/${dga}`]);
    const zip = join(other, 'out', dga, `${dga}.zip`);
    const bytes = readFileSync(zip);
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    writeFileSync(zip, bytes);
    const refused = mldr(other, ['release', join('out', dga)]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('SHA256SUMS');
    expect(existsSync(join(other, 'releases'))).toBe(false);
  });
});

describe('--expected-commit', () => {
  const folder = workFolder(dga);
  const words = ['release', `examples/${dga}`, '--expected-commit'];

  test('refuses what is no full id', () => {
    expect(mldr(folder, [...words, commit.slice(0, 12)])).toMatchObject({ code: 2 });
  });

  test('stops where the runner stands on another', () => {
    const env = environment({ GITHUB_SHA: 'f'.repeat(40) });
    const stopped = mldr(folder, [...words, commit], { env });
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toContain('precondition-failed');
    expect(existsSync(join(folder, 'releases'))).toBe(false);
  });

  test('is recorded where it is the same', () => {
    expect(mldr(folder, [...words, commit], { env: environment({ GITHUB_SHA: commit }) })).toMatchObject({ code: 0 });
    expect(released(folder, dga)['commit']).toBe(commit);
    expect(readFileSync(join(folder, 'releases', dga, `manifest-${dga}.json`), 'utf8')).toContain(commit);
  });
});

describe('--release', () => {
  test('is the name that the bundle must have', () => {
    const folder = workFolder(dga);
    expect(mldr(folder, ['release', `examples/${dga}`, '--release', 'ML-DGA-20261122-3'])).toMatchObject({ code: 2 });
    expect(existsSync(join(folder, 'releases'))).toBe(false);
    expect(mldr(folder, ['release', `examples/${dga}`, '--release', dga])).toMatchObject({ code: 0 });
  });
});

describe('the description', () => {
  test('--notes-file stands in it, and a missing file stops', () => {
    const folder = workFolder(dga);
    writeFileSync(join(folder, 'notes.md'), 'What is *new*: everything.\n');
    const missing = mldr(folder, ['release', `examples/${dga}`, '--notes-file', 'none.md']);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('none.md');
    expect(existsSync(join(folder, 'releases'))).toBe(false);
    expect(mldr(folder, ['release', `examples/${dga}`, '--notes-file', 'notes.md'])).toMatchObject({ code: 0 });
    expect(released(folder, dga)['notes']).toContain('What is *new*: everything.');
  });

  test('--built-on names a release of the store, or stops', () => {
    const folder = workFolder(dga, detections);
    mldr(folder, ['release', `examples/${dga}`]);
    const words = ['release', `examples/${detections}`, '--built-on'];
    const wrong = mldr(folder, [...words, 'ML-DGA-20261122-9']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('release-not-found');
    expect(mldr(folder, [...words, dga])).toMatchObject({ code: 0 });
    expect(released(folder, detections)['notes']).toContain(`DGA release: ${dga}`);
  });
});

describe('the folder of the bundle', () => {
  test('is never written to: nothing in it has another time, and one that nobody may write is as good', () => {
    const folder = sharedFolder();
    const bundle = join(folder, 'examples', dga);
    chmodSync(bundle, 0o555);
    const before = snapshot(bundle);
    const ran = asNobody(folder, ['release', `examples/${dga}`]);
    expect(ran).toMatchObject({ code: 0 });
    expect(noStack(ran)).toBe(true);
    expect(snapshot(bundle)).toEqual(before);
    chmodSync(bundle, 0o755);
  });
});
