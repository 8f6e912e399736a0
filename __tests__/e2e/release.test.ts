import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detections, dga, environment, mldr, noStack, temporary, workFolder } from './mldr.ts';
import { filesOf, snapshot } from './snapshot.ts';

const model = 'dga_1000_1.0_model.json';

/** Turns one byte of a file into another, so that the file stays what it is. */
function changeByte(file: string): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf('"description"') + 20;
  bytes[at] = bytes[at] === 0x78 ? 0x79 : 0x78;
  writeFileSync(file, bytes);
}

describe('release, twice', () => {
  const folder = workFolder(dga);
  const store = join(folder, 'releases');
  const first = mldr(folder, ['release', `examples/${dga}`]);

  test('publishes five files into a folder that was not there', () => {
    expect(first).toMatchObject({ code: 0 });
    expect(filesOf(store)).toEqual(
      [`${dga}.zip`, 'SHA256SUMS', 'index.json', `manifest-${dga}.json`, 'release.json']
        .map((name) => `${dga}/${name}`)
        .sort(),
    );
    expect(first.stdout.split('\n')[0]).toBe('to dir:releases');
    expect(first.stdout.trimEnd().split('\n').at(-1)).toBe(`  to releases/${dga}`);
  });

  test('the second time says that nothing changes, and touches nothing at all', () => {
    const before = snapshot(store);
    const second = mldr(folder, ['release', `examples/${dga}`]);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toContain(`✓ unchanged ${dga}`);
    expect(snapshot(store)).toEqual(before);
  });

  test('the zip of the release is the same bundle: unchanged too', () => {
    const before = snapshot(store);
    cpSync(join(store, dga, `${dga}.zip`), join(folder, `${dga}.zip`));
    expect(mldr(folder, ['release', `${dga}.zip`]).stdout).toContain(`✓ unchanged ${dga}`);
    expect(snapshot(store)).toEqual(before);
  });

  test('with one byte changed it is refused with the name to take, and touches nothing', () => {
    const before = snapshot(store);
    changeByte(join(folder, 'examples', dga, model));
    const refused = mldr(folder, ['release', `examples/${dga}`, '--accept-warnings']);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(/release-number-taken[\s\S]*with other files[\s\S]*`ML-DGA-20261122-3`/);
    expect(snapshot(store)).toEqual(before);
  });

  test('and that is no matter of the check alone', () => {
    const before = snapshot(store);
    const refused = mldr(folder, ['release', `examples/${dga}`, '--severity', 'release-number-taken=off']);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('release-exists');
    expect(refused.stderr).toContain(model);
    expect(noStack(refused)).toBe(true);
    expect(snapshot(store)).toEqual(before);
    expect(mldr(folder, ['verify', dga])).toMatchObject({ code: 0 });
  });
});

describe('warnings', () => {
  const folder = workFolder(detections);
  writeFileSync(join(folder, 'examples', detections, 'stray.txt'), 'not of any role\n');

  test('stop where nobody can answer, and publish nothing', () => {
    const stopped = mldr(folder, ['release', `examples/${detections}`]);
    expect(stopped.code).toBe(1);
    expect(stopped.stdout).toContain('file-role-unknown');
    expect(stopped.stdout).toContain('--accept-warnings');
    expect(readdirSync(folder)).toEqual(['examples']);
  });

  test('stop a pack as well', () => {
    expect(mldr(folder, ['pack', `examples/${detections}`])).toMatchObject({ code: 1 });
    expect(readdirSync(folder)).toEqual(['examples']);
  });

  test('go through with --accept-warnings', () => {
    expect(mldr(folder, ['release', `examples/${detections}`, '--accept-warnings'])).toMatchObject({ code: 0 });
    expect(mldr(folder, ['verify', detections])).toMatchObject({ code: 0 });
  });

  test('fail the run with --fail-on warning, whatever was accepted before', () => {
    expect(mldr(folder, ['validate', `examples/${detections}`])).toMatchObject({ code: 0 });
    expect(mldr(folder, ['validate', `examples/${detections}`, '--fail-on', 'warning'])).toMatchObject({ code: 1 });
  });
});

describe('the path of a bundle', () => {
  test.each(['.', './', `../${dga}`, `../${dga}/`])('may be %s', (path) => {
    const folder = workFolder(dga);
    const bundle = join(folder, 'examples', dga);
    const ran = mldr(bundle, ['release', path, '--store', 'dir:../../releases']);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toContain(`published ${dga}`);
    expect(mldr(folder, ['verify', dga])).toMatchObject({ code: 0 });
  });
});

describe('errors', () => {
  test('stop even with --accept-warnings', () => {
    const folder = workFolder(dga);
    appendFileSync(join(folder, 'examples', dga, model), '}');
    const stopped = mldr(folder, ['release', `examples/${dga}`, '--accept-warnings']);
    expect(stopped.code).toBe(1);
    expect(stopped.stdout).toContain('json-syntax');
    expect(existsSync(join(folder, 'releases'))).toBe(false);
  });
});

describe('--dry-run', () => {
  const folder = workFolder(dga, detections);
  const home = temporary();
  const env = environment({ TMPDIR: home, HOME: home });
  mldr(folder, ['release', `examples/${dga}`]);
  const before = snapshot(folder);
  const elsewhere = snapshot(home);

  test('writes nothing anywhere', () => {
    const dry = mldr(folder, ['release', `examples/${detections}`, '--dry-run'], { env });
    expect(dry).toMatchObject({ code: 0 });
    expect(dry.stdout).toContain('would publish');
    expect(snapshot(folder)).toEqual(before);
    expect(snapshot(home)).toEqual(elsewhere);
  });

  test('makes no store where there is none', () => {
    const store = join(home, 'none');
    expect(mldr(folder, ['release', `examples/${dga}`, '--dry-run', '--store', `dir:${store}`]).code).toBe(0);
    expect(existsSync(store)).toBe(false);
  });

  test('with --plan-out and --report writes these files and nothing else', () => {
    const words = ['--dry-run', '--plan-out', 'plan.json', '--report', 'json=report.json', '--report', 'markdown=r.md'];
    expect(mldr(folder, ['release', `examples/${detections}`, ...words], { env }).code).toBe(0);
    const after = snapshot(folder);
    const added = Object.keys(after).filter((path) => !(path in before));
    expect(added.sort()).toEqual(['plan.json', 'r.md', 'report.json']);
    // The folder that holds them has another time now.
    const rest = Object.fromEntries(Object.entries(after).filter(([path]) => path !== '.' && !added.includes(path)));
    const { '.': _, ...unchanged } = before;
    expect(rest).toEqual(unchanged);
    expect(snapshot(home)).toEqual(elsewhere);
    const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'));
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
    expect(report.subjects[0].plan).toEqual(plan);
    expect(plan).toMatchObject({ version: 1, store: 'dir:releases', release: detections });
    expect(plan.operations.map((operation: { do: string }) => operation.do)).toEqual([
      'claim',
      'put',
      'put',
      'put',
      'put',
      'commit',
    ]);
  });

  test('what it plans is what a release then publishes', () => {
    const dry = JSON.parse(mldr(folder, ['release', `examples/${detections}`, '--dry-run', '--report', 'json']).stdout);
    expect(mldr(folder, ['release', `examples/${detections}`]).code).toBe(0);
    const listed = JSON.parse(readFileSync(join(folder, 'releases', detections, 'release.json'), 'utf8'));
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect(listed.assets).toEqual([...dry.subjects[0].release.assets].sort(byName));
  });
});
