import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { brokenBundles, buildBroken } from '../broken.ts';
import { corpusRows } from '../corpus.ts';
import { detections, dga, mldr, temporary, workFolder } from './mldr.ts';

const schema = (path: string): object => JSON.parse(readFileSync(path, 'utf8'));
const options = { strict: false, allErrors: true, validateFormats: false };
const report = new Ajv2020(options).compile(schema('src/schemas/report.v1.json'));
const sarif = new Ajv(options).compile(schema('__tests__/fixtures/schemas/sarif-2.1.0.json'));

/** A folder in which every command has something to say. */
function place(): string {
  const folder = workFolder(dga, detections);
  mldr(folder, ['release', `examples/${dga}`]);
  mkdirSync(join(folder, 'broken'));
  for (const broken of brokenBundles.slice(0, 4)) buildBroken(broken, join(folder, 'broken', broken.variant));
  return folder;
}

const folder = place();
const corpus = corpusRows('archive-zip').map(({ file }) => join(process.cwd(), '__tests__/fixtures/corpus', file));

const commands: readonly (readonly string[])[] = [
  ['validate', `examples/${dga}`, `examples/${detections}`],
  ['validate', ...brokenBundles.slice(0, 4).map(({ variant, bundle }) => `broken/${variant}/${bundle}`)],
  ['release', `examples/${detections}`, '--dry-run'],
  ['release', `examples/${dga}`],
  ['pack', `examples/${detections}`],
  ['verify', dga],
  ['get', dga, '--out', 'got'],
  ['list'],
  ['which', 'dga_1000_1.0'],
  ['which', 'nothing'],
  ['diff', dga, `examples/${detections}`],
  ['next-name', 'ml-dga'],
  ['reindex'],
  ['scan', ...corpus],
  ['init', '--out', 'team'],
  ['explain', 'json-syntax'],
];

describe.each(commands.map((words) => [words.slice(0, 2).join(' '), words] as const))('%s', (_, words) => {
  // All at once: a second run of some of these has nothing left to do.
  const files = ['json', 'sarif', 'markdown'].map((format) => `${words[0]}-${commands.indexOf(words)}.${format}`);
  const [json = '', log = '', markdown = ''] = files;
  const flags = ['--report', `json=${json}`, '--report', `sarif=${log}`, '--report', `markdown=${markdown}`];
  const ran = mldr(folder, [...words, ...flags]);
  const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

  test('prints for a person what it writes for machines', () => {
    expect([0, 1]).toContain(ran.code);
    expect(ran.stdout).not.toBe('');
  });

  test('its JSON report is one of version 1, and its outcome the exit code', () => {
    const value = JSON.parse(textOf(json));
    expect(report(value) ? [] : report.errors).toEqual([]);
    expect(value).toMatchObject({ version: 1, command: words[0], outcome: ran.code === 0 ? 'passed' : 'failed' });
  });

  test('its SARIF log is one of 2.1.0, with a result for each finding', () => {
    const value = JSON.parse(textOf(log));
    expect(sarif(value) ? [] : sarif.errors).toEqual([]);
    const { counts } = JSON.parse(textOf(json));
    expect(value.runs[0].results).toHaveLength(counts.error + counts.warning + counts.note);
  });

  test('its Markdown has a heading, and ends in a line break', () => {
    expect(textOf(markdown)).toMatch(/^## .+\n/);
    expect(textOf(markdown).endsWith('\n')).toBe(true);
  });
});

describe('--report', () => {
  test('may be given any number of times; no file is standard output, and files are told of by nobody', () => {
    const ran = mldr(folder, [
      'list',
      '--report',
      'json',
      '--report',
      'json=list.json',
      '--report',
      'terminal=list.txt',
    ]);
    expect(ran.stdout).toBe(readFileSync(join(folder, 'list.json'), 'utf8'));
    expect(readFileSync(join(folder, 'list.txt'), 'utf8')).toContain(dga);
  });

  test('of one run to another is the same text', () => {
    const words = [
      'validate',
      ...brokenBundles.slice(0, 4).map(({ variant, bundle }) => `broken/${variant}/${bundle}`),
    ];
    for (const format of ['json', 'sarif']) {
      const [first, second] = [1, 2].map(() => mldr(folder, [...words, '--report', format]).stdout);
      expect(first).toBe(second);
    }
  });

  test.each(['html', 'jsn=x.json', 'json='])('refuses %s', (value) => {
    expect(mldr(folder, ['list', '--report', value])).toMatchObject({ code: 2 });
  });

  test('replaces an older report whole', () => {
    const other = temporary();
    writeFileSync(join(other, 'report.json'), 'x'.repeat(100_000));
    mldr(other, ['list', '--report', 'json=report.json']);
    expect(() => JSON.parse(readFileSync(join(other, 'report.json'), 'utf8'))).not.toThrow();
  });

  test('--quiet prints findings and answers alone', () => {
    expect(mldr(folder, ['validate', `examples/${dga}`, '--quiet'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(mldr(folder, ['verify', dga, '--quiet']).stderr).toBe('');
    expect(mldr(folder, ['next-name', 'ml-dga', '--quiet']).stdout).toMatch(/^ML-DGA-\d{8}-\d+\n$/);
  });
});
