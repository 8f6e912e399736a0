import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detections, dga, mldr, noStack, workFolder } from './mldr.ts';
import { snapshot } from './snapshot.ts';

describe('an index that somebody changed', () => {
  const folder = workFolder(dga, detections);
  const store = join(folder, 'releases');
  mldr(folder, ['release', `examples/${dga}`]);
  const index = join(store, dga, 'index.json');
  const honest = readFileSync(index, 'utf8');
  writeFileSync(index, honest.replace('dga_1000_1.0_model.json', 'dga_1001_1.0_model.json'));

  test('stops a release, which names it and what to do, and touches nothing', () => {
    const before = snapshot(store);
    const stopped = mldr(folder, ['release', `examples/${detections}`]);
    expect(stopped.code).toBe(2);
    expect(stopped.stderr).toContain('index-corrupt');
    expect(stopped.stderr).toContain(dga);
    expect(stopped.stderr).toContain('reindex');
    expect(noStack(stopped)).toBe(true);
    expect(snapshot(store)).toEqual(before);
  });

  test('is reported by validate, which reads the manifests instead', () => {
    const { code, stdout } = mldr(folder, ['validate', `examples/${detections}`, '--report', 'json']);
    const [subject] = JSON.parse(stdout).subjects;
    const said = subject.diagnostics.find(({ check }: { check: string }) => check === 'history-irregular');
    expect(said.message).toContain(dga);
    expect(said.message).toMatch(/index/);
    expect(code).toBe(0);
  });

  test('fails verify of that release', () => {
    const verified = mldr(folder, ['verify', dga]);
    expect(verified.code).toBe(1);
    expect(verified.stdout).toContain('index.json');
  });

  test('reindex says so and writes another, from which the release goes on', () => {
    const rebuilt = mldr(folder, ['reindex', '--index', 'rebuilt.json']);
    expect(rebuilt.code).toBe(0);
    expect(rebuilt.stdout).toContain('not to be trusted');
    expect(existsSync(join(folder, 'rebuilt.json'))).toBe(true);
    const released = mldr(folder, ['release', `examples/${detections}`, '--index', 'rebuilt.json']);
    expect(released).toMatchObject({ code: 0 });
    const next = JSON.parse(readFileSync(join(store, detections, 'index.json'), 'utf8'));
    const named = JSON.stringify(next);
    expect(named).toContain(dga);
    expect(named).toContain(detections);
    expect(named).not.toContain('dga_1001_1.0_model.json');
  });

  test('the release after that needs nothing of the kind', () => {
    writeFileSync(join(folder, 'examples', detections, 'README.md'), 'New words.\n');
    const words = ['release', `examples/${detections}`, '--next', '--accept-warnings'];
    expect(mldr(folder, words)).toMatchObject({ code: 0 });
  });

  test('an --index that is no index stops', () => {
    writeFileSync(join(folder, 'other.json'), '{}');
    const stopped = mldr(folder, ['release', `examples/${detections}`, '--next', '--index', 'other.json']);
    expect(stopped.code).toBe(2);
    expect(stopped.stderr).toContain('index-corrupt');
  });
});
