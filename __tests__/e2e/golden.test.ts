import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dga, mldr, workFolder } from './mldr.ts';

const rows = '__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl';
const inBundle = `examples/${dga}/dga_1000_1.0_reserved_golden.jsonl`;

/** A clone whose bundle carries golden predictions. */
function withGolden(change: (text: string) => string = (text) => text): string {
  const folder = workFolder(dga);
  writeFileSync(join(folder, inBundle), change(readFileSync(rows, 'utf8')));
  return folder;
}

const bundle = `examples/${dga}`;

test('validate says that all rows agree, and how much they see', () => {
  const { code, stdout } = mldr(withGolden(), ['validate', bundle]);
  expect(code).toBe(0);
  expect(stdout).toContain('golden   240 rows agree · 110 of 120 leaves reached (91.7 %)');
});

test('a bundle without golden predictions is told nothing of them', () => {
  expect(mldr(workFolder(dga), ['validate', bundle]).stdout).not.toContain('golden');
});

describe('a row that the model contradicts', () => {
  const wrong = withGolden((text) => text.replace('"malicious_prediction":1', '"malicious_prediction":0'));

  test('is an error at its value, with what was expected and what came', () => {
    const { code, stdout } = mldr(wrong, ['validate', bundle, '--report', 'json']);
    const { subjects } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(subjects[0].diagnostics.map((each: { message: string }) => each.message)).toEqual([
      '1 of 240 golden rows differ from the model.',
      '`malicious_prediction` of `take-lobsters.example` is 0 here, and the model gives 1.',
    ]);
    expect(subjects[0].diagnostics[1]).toMatchObject({ line: 1, column: 58, endColumn: 59 });
    expect(subjects[0].facts[0].data).toMatchObject({ rows: 240, differing: 1, leaves: 120, reached: 110 });
  });

  test('stops a release before anything is written', () => {
    const { code, stdout } = mldr(wrong, ['release', bundle]);
    expect(code).toBe(1);
    expect(stdout).toContain('golden-mismatch');
    expect(mldr(wrong, ['list']).stdout).not.toContain(dga);
  });
});

describe('--golden', () => {
  test('takes rows from beside the bundle', () => {
    const folder = workFolder(dga);
    mkdirSync(join(folder, 'rows'));
    copyFileSync(rows, join(folder, 'rows/dga_1000_1.0_golden.jsonl'));
    const { code, stdout } = mldr(folder, ['validate', bundle, '--golden', 'rows/dga_1000_1.0_golden.jsonl']);
    expect(stdout).toContain('240 rows agree');
    expect(code).toBe(0);
  });

  test('names its file and line where a row is wrong', () => {
    const folder = workFolder(dga);
    writeFileSync(join(folder, 'dga_1000_1.0_golden.jsonl'), '{"domain":"a.example"}\n');
    const { code, stdout } = mldr(folder, ['validate', bundle, '--golden', 'dga_1000_1.0_golden.jsonl']);
    expect(code).toBe(1);
    expect(stdout).toContain('  dga_1000_1.0_golden.jsonl:1:1');
  });

  test('of a file that is not there is a failure', () => {
    const { code, stderr } = mldr(workFolder(dga), ['validate', bundle, '--golden', 'none.jsonl']);
    expect(code).toBe(2);
    expect(stderr).toContain('path-not-found');
  });
});

describe('--min-coverage', () => {
  test.each([
    ['0.9', 0],
    ['90%', 0],
    ['0.95', 1],
  ])('%s', (share, expected) => {
    const { code, stdout } = mldr(withGolden(), ['validate', bundle, '--min-coverage', share]);
    expect(code).toBe(expected);
    expect(stdout.includes('error    golden-coverage-low')).toBe(expected === 1);
  });

  test.each(['2', 'much', '-1', '101%'])('%s is refused', (share) => {
    const { code, stderr } = mldr(withGolden(), ['validate', bundle, `--min-coverage=${share}`]);
    expect(code).toBe(2);
    expect(stderr).toContain('is no share');
  });
});

test('a release records what its rows see, in the manifest and in its description', () => {
  const folder = withGolden();
  expect(mldr(folder, ['release', bundle, '--accept-warnings']).code).toBe(0);
  const manifest = JSON.parse(readFileSync(join(folder, 'releases', dga, `manifest-${dga}.json`), 'utf8'));
  const seen = { rows: 240, differing: 0, largest: 0, leaves: 120, reached: 110 };
  expect(manifest.assets[`${dga}.zip`].facts).toEqual({ golden: seen });
  expect(manifest.description).toContain('\ngolden: 240 rows agree · 110 of 120 leaves reached (91.7 %)\n');
  expect(mldr(folder, ['verify', dga]).code).toBe(0);
  expect(mldr(folder, ['release', bundle, '--accept-warnings']).stdout).toContain('unchanged');
});
