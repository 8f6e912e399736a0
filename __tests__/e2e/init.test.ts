import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startGitHub } from '../github-server/server.ts';
import { commitSha, emptyRepository } from '../github-server/state.ts';
import { environment, mldr, temporary, workFolder } from './mldr.ts';
import { filesOf, snapshot } from './snapshot.ts';

const example = 'ML-experimental-detections-20261122-1';

describe('init', () => {
  const folder = workFolder();
  const first = mldr(folder, ['init']);

  test('writes a configuration, workflows and a bundle', () => {
    expect(first).toMatchObject({ code: 0 });
    const files = filesOf(folder);
    expect(files).toContain('ml-detection-release.toml');
    expect(files.filter((path) => path.startsWith('.github/workflows/')).length).toBeGreaterThanOrEqual(2);
    expect(files.some((path) => path.startsWith(`bundles/${example}/`))).toBe(true);
    for (const path of files) expect(first.stdout).toContain(path);
  });

  test('whose workflows name an exact version, and say how its commit is learnt', () => {
    for (const name of ['validate', 'release']) {
      const text = readFileSync(join(folder, '.github/workflows', `${name}-detections.yml`), 'utf8');
      expect(text).toMatch(/uses: \S+@(v\d+\.\d+\.\d+) # its commit: git ls-remote https:\S+ '\1\^\{\}'$/m);
    }
  });

  test('whose bundle passes every check, and is released', () => {
    const validated = mldr(folder, ['validate', '--fail-on', 'warning']);
    expect(validated.code).toBe(0);
    expect(validated.stdout).toContain('no findings');
    expect(mldr(folder, ['release'])).toMatchObject({ code: 0 });
    expect(mldr(folder, ['verify', example])).toMatchObject({ code: 0 });
  });

  test('whose configuration leaves a step of the action with the releases of its repository', async () => {
    const other = workFolder();
    mldr(other, ['init']);
    const token = ['ghs', 'x'.repeat(36)].join('_');
    const server = await startGitHub(emptyRepository(), { tokens: { [token]: 'write' } });
    onTestFinished(() => server.close());
    const env = environment({
      GITHUB_WORKSPACE: other,
      GITHUB_REPOSITORY: 'blue-team/detections',
      GITHUB_API_URL: server.apiUrl,
      GITHUB_SHA: commitSha,
      RUNNER_TEMP: temporary(),
      INPUT_COMMAND: 'release',
      INPUT_TOKEN: token,
    });
    // Not by `step`: the server answers in this process.
    await promisify(execFile)(process.execPath, [resolve('dist/index.cjs')], { cwd: other, env });
    expect(server.repository.releases).toMatchObject([{ tag: example, draft: false }]);
    expect(existsSync(join(other, 'releases'))).toBe(false);
  });

  test('again keeps every file as it is', () => {
    writeFileSync(join(folder, 'ml-detection-release.toml'), 'version = 1\n');
    const before = snapshot(folder);
    const again = mldr(folder, ['init']);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).not.toContain('wrote');
    expect(snapshot(folder)).toEqual(before);
  });

  test('writes what is missing alone', () => {
    const other = workFolder();
    writeFileSync(join(other, 'ml-detection-release.toml'), 'mine = 1\n');
    expect(mldr(other, ['init', '--config', join(folder, 'ml-detection-release.toml')])).toMatchObject({ code: 0 });
    expect(readFileSync(join(other, 'ml-detection-release.toml'), 'utf8')).toBe('mine = 1\n');
    expect(existsSync(join(other, 'bundles', example))).toBe(true);
  });

  test('--out makes the folder, and says how to go on there', () => {
    const other = workFolder();
    const ran = mldr(other, ['init', '--out', 'team/detections']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('cd team/detections && mldr validate');
    expect(mldr(join(other, 'team/detections'), ['validate'])).toMatchObject({ code: 0 });
  });

  test('stops where a file stands in the way of a folder', () => {
    const other = workFolder();
    writeFileSync(join(other, 'bundles'), 'a file\n');
    const ran = mldr(other, ['init']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('write-failed');
  });

  test('dates the bundle today', () => {
    const other = workFolder();
    mldr(other, ['init'], { env: environment({ SOURCE_DATE_EPOCH: '1806624000' }) });
    expect(existsSync(join(other, 'bundles', 'ML-experimental-detections-20270402-1'))).toBe(true);
  });
});
