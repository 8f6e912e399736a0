import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { environment, mldr, workFolder } from './mldr.ts';

const pipeline = 'examples/ML-DGA-20261122-2/dga_1000_1.0_ingest_pipeline2.json';

/** The DGA example with a misspelt script. */
function broken(): string {
  const folder = workFolder('ML-DGA-20261122-2', 'ML-experimental-detections-20261122-1');
  const path = join(folder, pipeline);
  writeFileSync(path, readFileSync(path, 'utf8').replace('dga_ngrams_create', 'dga_ngram_create'));
  return folder;
}

/** A report without its duration. */
function timeless(text: string): string {
  return text.replace(/\d+\.\d\d s$/m, '');
}

function schema(path: string) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

describe('--report', () => {
  it('writes JSON that its schema allows, SARIF that the published schema allows, and Markdown, all in one run', () => {
    const folder = broken();
    const words = ['--report', 'json=out.json', '--report', 'sarif=out.sarif', '--report', 'markdown=out.md'];
    const { code, stdout } = mldr(folder, ['validate', ...words]);
    expect(code).toBe(1);
    expect(stdout).toContain('reference-unresolved');
    const report = schema(join(folder, 'out.json'));
    const json = new Ajv2020({ strict: false }).compile(schema('src/schemas/report.v1.json'));
    expect([json(report), json.errors]).toEqual([true, null]);
    expect(report.counts.error).toBe(1);
    const sarif = new Ajv({ strict: false, validateFormats: false }).compile(
      schema('__tests__/fixtures/schemas/sarif-2.1.0.json'),
    );
    expect([sarif(schema(join(folder, 'out.sarif'))), sarif.errors]).toEqual([true, null]);
    expect(readFileSync(join(folder, 'out.md'), 'utf8')).toContain('| **error** |');
  });

  it('is the same JSON each time but for the duration', () => {
    const folder = broken();
    const once = () => JSON.parse(mldr(folder, ['validate', '--report', 'json']).stdout);
    expect(once()).toEqual(once());
  });

  it('refuses what it does not know', () => {
    const folder = workFolder();
    expect(mldr(folder, ['list', '--report', 'jsno'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('`json`'),
    });
    expect(mldr(folder, ['list', '--report', 'json='])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('names no file'),
    });
  });
});

describe('colour', () => {
  const colourCode = '\u001b[';
  const validated = (env: Record<string, string>, ...words: string[]) =>
    mldr(workFolder('ML-DGA-20261122-2'), ['validate', ...words], { env: environment(env) }).stdout;

  it('is used where it is demanded, and only there', () => {
    expect(validated({})).not.toContain(colourCode);
    expect(validated({ FORCE_COLOR: '1' })).toContain(colourCode);
    expect(validated({ FORCE_COLOR: '1' }, '--no-color')).not.toContain(colourCode);
    expect(validated({ FORCE_COLOR: '0', NO_COLOR: '' })).not.toContain(colourCode);
  });
});

describe('validate --changed', () => {
  it('checks the bundles that a branch touches: in commits, in the working tree, and new ones', () => {
    const folder = workFolder('ML-DGA-20261122-2', 'ML-experimental-detections-20261122-1');
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...words], {
        cwd: folder,
        stdio: 'pipe',
      });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'first');
    expect(mldr(folder, ['validate', '--changed', 'main']).stdout).toContain(
      'No bundle differs from main: 2 found, none checked.',
    );
    writeFileSync(join(folder, 'examples/ML-DGA-20261122-2/README.md'), '# changed\n');
    const touched = mldr(folder, ['validate', '--changed', 'main']).stdout;
    expect(touched).toContain('ML-DGA-20261122-2');
    expect(touched).not.toContain('ML-experimental');
    git('switch', '-q', '-c', 'topic');
    git('commit', '-qam', 'second');
    const committed = mldr(folder, ['validate', '--changed', 'main']).stdout;
    expect(timeless(committed)).toBe(timeless(touched));
    expect(mldr(folder, ['validate', '--changed', 'nowhere'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('fetch-depth'),
    });
    expect(mldr(folder, ['validate', '--changed', '--output=x'])).toMatchObject({ code: 2 });
  });
});

describe('init', () => {
  it('writes files that pass, and leaves alone what is there', () => {
    const folder = workFolder();
    writeFileSync(join(folder, 'ml-detection-release.toml'), '# mine\n');
    const { code, stdout } = mldr(folder, ['init']);
    expect(code).toBe(0);
    expect(stdout).toContain('kept   ml-detection-release.toml');
    expect(readFileSync(join(folder, 'ml-detection-release.toml'), 'utf8')).toBe('# mine\n');
    expect(mldr(folder, ['validate', '--fail-on', 'warning'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('no findings'),
    });
    expect(mldr(folder, ['init']).stdout).not.toContain('wrote');
  });
});
